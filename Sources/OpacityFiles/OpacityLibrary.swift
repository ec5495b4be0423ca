package import Atmospheres
import ContentHash
import Foundation
import Glibc
package import Observations
import PosixFiles
import SystemPackage

/// The opacity tables of a directory.
package struct OpacityLibrary: Sendable {
  private let distributions: [KDistribution]
  private let exoGAN2018Distributions: [KDistribution]
  private let pairs: [CollisionInducedAbsorption]
  private let exoGAN2018Collisions: [CollisionInducedAbsorption]
  package let grid: SpectralGrid
  /// SHA-256 over the names and contents of the tables: names what a training set was computed with.
  package let hash: String

  /// Bytes; our own have a few millions.
  private static let largestTable = 1 << 30

  /// Reads every file of the directory whose name ends in `.fits`, in the order of their names.
  /// - Throws: at the first file that is no opacity table, and where a gas has two.
  package init(directory: String, grid: SpectralGrid = .standard) throws(OpacityFileError) {
    let names: [String]
    do {
      names = try PosixFiles.names(in: FilePath(directory)).map(\.string).filter { $0.hasSuffix(".fits") }
        .sorted()
    } catch {
      throw OpacityFileError(.unreadable, file: directory, "cannot be listed: \(error.reason)")
    }
    guard !names.isEmpty else {
      throw OpacityFileError(.unreadable, file: directory, "holds no opacity tables (*.fits)")
    }
    var distributions: [KDistribution] = []
    var exoGAN2018Distributions: [KDistribution] = []
    var pairs: [CollisionInducedAbsorption] = []
    var whole: [CollisionInducedAbsorption] = []
    var parts: [String] = []
    for name in names {
      let bytes: [UInt8]
      do {
        bytes = try PosixFiles.read(
          FilePath(directory).appending(name), limit: Self.largestTable, followingLinks: true)
      } catch {
        throw OpacityFileError(.unreadable, file: name, "cannot be read: \(error.reason)")
      }
      parts.append("\(name) \(SHA256Digest(of: bytes).hexadecimal)")
      switch try OpacityFileContent(bytes, name: name, grid: grid) {
      case .distribution(let table):
        guard !distributions.contains(where: { $0.species == table.species }) else {
          throw OpacityFileError(.badTable, file: name, "another file holds \(table.species) already")
        }
        distributions.append(table)
      case .exoGAN2018(let table):
        guard !exoGAN2018Distributions.contains(where: { $0.species == table.species }) else {
          throw OpacityFileError(
            .badTable, file: name, "another file holds \(table.species) for exogan-2018 already")
        }
        exoGAN2018Distributions.append(table)
      case .collisions(let table):
        if table.pair == nil { whole.append(table) } else { pairs.append(table) }
      }
    }
    self.distributions = distributions
    self.exoGAN2018Distributions = exoGAN2018Distributions
    self.pairs = pairs
    exoGAN2018Collisions = whole
    self.grid = grid
    hash = SHA256Digest(of: parts.joined(separator: "\n")).hexadecimal
  }

  package var species: [Species] { distributions.map(\.species) }

  /// A model on these tables. With undiluted fill gas it is that of the ExoGAN training set: tables made for it stand
  /// before others of the same gas, and collision-induced absorption has the mixing ratios in it; else it is taken
  /// pair by pair.
  package func model(_ configuration: ModelConfiguration) throws(AtmosphereError) -> SpectrumModel {
    let isUndiluted = if case .undiluted = configuration.fill { true } else { false }
    let own = isUndiluted ? exoGAN2018Distributions : []
    return try SpectrumModel(
      configuration: configuration, grid: grid,
      opacities: Opacities(
        distributions: own + distributions.filter { table in !own.contains { $0.species == table.species } },
        collisions: isUndiluted ? exoGAN2018Collisions : pairs))
  }
}

func exponentials(_ logarithms: [Double]) -> [Double] { logarithms.map { exp($0) } }
