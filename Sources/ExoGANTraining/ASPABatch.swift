package import ExoGAN
import NumericalMethods
import Observations
package import TrainingSets

extension ExoGANTrainingSet {
  /// A planet's spectrum and parameters as a picture.
  package func picture(_ row: Int) -> ASPA {
    let bins = SpectralGrid.standard.count
    return ASPA(
      depth: depth[row * bins..<(row + 1) * bins].map(Double.init),
      isObserved: [Bool](repeating: true, count: bins), parameters: parameters(row))
  }

  package func parameters(_ row: Int) -> [ASPAParameter: Double] {
    let width = ExoGANPrior.parameters.count
    return Dictionary(
      uniqueKeysWithValues: zip(ExoGANPrior.parameters, parameters[row * width..<(row + 1) * width])
        .compactMap { parameter, value in ASPAParameter(rawValue: parameter.name).map { ($0, value) } })
  }

  /// Rows in the order in which a pass sees them.
  static func order(_ rows: Range<Int>, seed: UInt64, pass: Int) -> [Int] {
    var random = SeededRandom(seed: seed, stream: 0xE0_0000_0000 + UInt64(pass))
    return rows.shuffled(using: &random)
  }
}
