package import NeuralNetworks
import Observations

/// Where everything stands in an ASPA ("atmospheric spectra and parameters array"), the picture of 33 x 33 that ExoGAN sees;
/// <doc:ExoGAN> has a drawing. Cells are counted row by row.
///
/// ```
/// rows 0..22, columns 0..22    the square: 529 cells, in the order of the published grid, from long to short
///                              wavelengths: 115 times the level, 400 bins (bin 399 first), 14 times the level
/// rows 0..22, columns 23..29   pieces 0..6, a column each: 12 cells the maximum, 11 the minimum
/// rows 23..29, columns 0..22   pieces 7..13, a row each, likewise
/// rows 0..22, columns 30..32   CO2, CO, CH4, a column each
/// rows 30..32, columns 0..22   mass, radius, temperature, a row each
/// rows 23..32, columns 23..32  H2O
/// ```
///
/// The pieces are the published ones: 14, parted at 0.63, 0.77, 0.88, 1.0, 1.1, 1.25, 1.8, 2.13, 3.96, 4.56, 6.33, 7.21 and 10 um,
/// piece 0 the one of the longest wavelengths. Read off the code that ExoGAN's authors published (ExoGAN_public, `util.py`), whose
/// grid reaches from 0.3 to 50 um. Ours departs from it thus:
/// - our grid ends at 16 um: the 115 cells beyond hold the level, as its last 14 do;
/// - the piece of the shortest wavelengths has all its bins (there, four stay 0 and one belongs to no piece);
/// - H2O is read where it is written, in all of 10 x 10 cells (there, in 3 x 3), and every stripe over its own 23 cells (there,
///   one of two readers takes 30).
package enum ASPALayout {
  package static let side = 33
  package static let count = side * side
  package static let image = ImageShape(height: side, width: side, channels: 1)
  /// Cells a side of the square that holds the spectrum.
  static let square = 23
  /// Cells of a stripe that hold a piece's maximum; the others hold its minimum.
  static let maximumCells = 12

  /// Bins of the published grid; ours are its last 400.
  private static let publishedBins = 515
  /// The published grid's bins at which pieces begin, from long to short wavelengths.
  private static let publishedStarts = [0, 162, 195, 208, 241, 255, 318, 334, 371, 384, 394, 406, 420, 440]

  /// Bins of the standard grid, ascending, of each piece.
  package static let pieces: [Range<Int>] = publishedStarts.indices.map { k in
    let end = k + 1 < publishedStarts.count ? publishedStarts[k + 1] : publishedBins
    return publishedBins - end..<min(publishedBins - publishedStarts[k], SpectralGrid.standard.count)
  }

  /// The piece of each bin.
  package static let piece: [Int] = {
    var piece = [Int](repeating: 0, count: SpectralGrid.standard.count)
    for (k, bins) in pieces.enumerated() { for i in bins { piece[i] = k } }
    return piece
  }()

  /// The cell of each bin.
  package static let bins: [Int] = (0..<SpectralGrid.standard.count).map {
    let place = publishedBins - 1 - $0
    return place / square * side + place % square
  }

  /// Cells that hold the mean of the spectrum.
  static let level: [Int] = {
    let ofBins = Set(bins)
    return cells(0..<square, 0..<square).filter { !ofBins.contains($0) }
  }()

  /// Cells of each piece's maximum and minimum.
  static let maximum: [[Int]] = pieces.indices.map {
    Array(stripe(square + $0 % 7, isColumn: $0 < 7)[..<maximumCells])
  }
  static let minimum: [[Int]] = pieces.indices.map {
    Array(stripe(square + $0 % 7, isColumn: $0 < 7)[maximumCells...])
  }

  /// Cells of each parameter, in the order of `ASPAParameter.allCases`.
  static let parameters: [[Int]] = ASPAParameter.allCases.map { parameter in
    switch parameter {
    case .log10CO2: stripe(30, isColumn: true)
    case .log10CO: stripe(31, isColumn: true)
    case .log10CH4: stripe(32, isColumn: true)
    case .planetMass: stripe(30, isColumn: false)
    case .planetRadius: stripe(31, isColumn: false)
    case .temperature: stripe(32, isColumn: false)
    case .log10H2O: cells(square..<side, square..<side)
    }
  }

  private static func stripe(_ line: Int, isColumn: Bool) -> [Int] {
    isColumn ? cells(0..<square, line..<line + 1) : cells(line..<line + 1, 0..<square)
  }

  private static func cells(_ rows: Range<Int>, _ columns: Range<Int>) -> [Int] {
    rows.flatMap { row in columns.map { row * side + $0 } }
  }
}
