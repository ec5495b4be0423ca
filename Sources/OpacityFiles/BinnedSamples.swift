import MolecularBands
import NumericalMethods

/// How samples of a spectrum over wavenumber fall into the bins of a grid: each sample stands for the stretch to the
/// middles between it and its neighbours, and what of that lies in a bin counts there.
struct BinnedSamples {
  /// Samples of each bin, none where they do not reach.
  private let samples: [Range<Int>]
  /// Their widths inside the bin, cm-1.
  private let widths: [[Double]]
  /// The share of each bin that samples cover, 0...1.
  let coverage: [Double]

  /// With fewer samples than quadrature points nothing is known of the distribution: the bin has one cross-section.
  private static let fewest = KQuadrature.weights.count
  /// A sliver of a stretch below this share of it is left to the bin that has the rest: two writings of the same
  /// grid differ by as much where one takes arithmetic and one geometric middles.
  private static let sliver = 0.01

  /// - Parameter wavenumbers: cm-1, ascending, two or more.
  init(wavenumbers: [Double], grid: SamplingGrid) {
    let last = wavenumbers.count - 1
    func edge(_ index: Int) -> Double {
      switch index {
      case 0: 1.5 * wavenumbers[0] - 0.5 * wavenumbers[1]
      case last + 1: 1.5 * wavenumbers[last] - 0.5 * wavenumbers[last - 1]
      default: 0.5 * (wavenumbers[index - 1] + wavenumbers[index])
      }
    }
    var samples: [Range<Int>] = []
    var widths: [[Double]] = []
    var coverage: [Double] = []
    for bin in 0..<grid.binCount {
      let (low, high) = (1e4 / grid.edge(bin + 1), 1e4 / grid.edge(bin))
      var first = BinnedSamples.firstIndex(of: wavenumbers, notBelow: low)
      if first > 0 { first -= 1 }
      var inside: Range<Int>?
      var stretches: [Double] = []
      var index = first
      while index <= last, edge(index) < high {
        let (start, end) = (edge(index), edge(index + 1))
        let overlap = min(end, high) - max(start, low)
        if overlap > BinnedSamples.sliver * (end - start) {
          inside = (inside?.lowerBound ?? index)..<index + 1
          stretches.append(overlap)
        }
        index += 1
      }
      samples.append(inside ?? 0..<0)
      coverage.append(min(1, stretches.reduce(0, +) / (high - low)))
      widths.append(stretches)
    }
    self.samples = samples
    self.widths = widths
    self.coverage = coverage
  }

  /// The samples that most bins with any have.
  var typicalCount: Int {
    upperMedian(samples.map(\.count).filter { $0 > 0 }) ?? 0
  }

  /// Cross-sections at the quadrature points of a bin; nil where less than half of it is covered.
  func values(_ spectrum: [Double], bin: Int) -> [Double]? {
    guard coverage[bin] >= 0.5 else { return nil }
    let range = samples[bin]
    if range.count >= Self.fewest {
      return KQuadrature.values(of: spectrum[range], widths: widths[bin][...])
    }
    let total = widths[bin].reduce(0, +)
    let mean = zip(range, widths[bin]).reduce(0.0) { $0 + spectrum[$1.0] * $1.1 } / total
    return KQuadrature.weights.map { _ in mean }
  }

  private static func firstIndex(of values: [Double], notBelow limit: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
