import Atmospheres
import Foundation
import Observations
import OpacityFiles
import SpectralPrior

@testable import Retrieval

/// A clear hot giant with water and some carbon dioxide, and what it takes to observe it.
enum HotGiant {
  static let space = AtmosphereSpace(.transmission)
  static let depth = 0.0144

  static func row(carbonDioxide: Double) throws -> [Double] {
    var row = AtmosphereSpace.row(mass: 0.6 * 1.898e27, radius: 1.2 * 6.9911e7, temperature: 1300)
    for variable in space.variables.dropFirst(3) {
      switch variable.key {
      case "log10H2O": row.append(-3.5)
      case "log10CO2": row.append(carbonDioxide)
      case "cloudTop": row.append(variable.range.upperBound)
      default: row.append(variable.range.lowerBound)
      }
    }
    return row
  }

  static func forward() throws -> SpectrumModel {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Etc/opacity").standardized
    return try OpacityLibrary(directory: folder.path).model(space.configuration)
  }

  /// - Parameters:
  ///   - lower: of the points, m.
  ///   - ppm: error of each.
  static func observation(
    _ lower: [Double], _ upper: [Double], _ values: [Double], ppm: Double
  ) -> SpectralObservation {
    let errors = values.map { _ in ppm * 1e-6 }
    return SpectralObservation(
      kind: .transmission, lower: lower, upper: upper, values: values, upperErrors: errors,
      lowerErrors: errors, instruments: values.map { _ in 0 }, instrumentNames: ["any"])
  }

  static func target(_ observation: SpectralObservation, _ forward: SpectrumModel) throws -> RetrievalTarget {
    try RetrievalTarget(
      coordinates: RetrievalCoordinates(space, observation, level: depth, inflatesErrors: false),
      observation: observation, forward: forward, threads: 2)
  }

  static func state(_ row: [Double]) -> RetrievalCoordinates.State {
    .init(row: row, depth: depth, starRadius: 7e8, inflation: 1, logPrior: 0, logContext: 0)
  }
}
