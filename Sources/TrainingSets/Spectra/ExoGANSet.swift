package import Atmospheres
import JSONText
import NeuralNetworks
package import NumericalMethods
import Observations
import Retrieval
package import TrainingRuns
import Units

/// The planets of ExoGAN's training set (Zingales & Waldmann 2018, AJ 156, 268), drawn continuously where the published set has a grid
/// of ten values a parameter: mass 0.8-2 and radius 0.8-1.5 Jupiter's, 1000-2000 K, log10 of the mixing ratios of H2O, CO, CO2 and
/// CH4 from -8 to -1, all uniform. Jupiter's mass and radius are the published code's.
package enum ExoGANPrior {
  package static let name = "exogan-2018"
  package static let gases = AtmosphereSpace(.exoGAN2018).gases
  /// Mass (kg), radius (m), temperature (K), log10 of the mixing ratios, each with its range.
  package static let parameters: [(name: String, range: ClosedRange<Double>)] =
    Array(zip(["planetMass", "planetRadius", "temperature"], AtmosphereSpace.PublishedRanges.all))
    + gases.map { ("log10" + $0.formula, -8 ... -1) }

  package static func draw(_ random: inout SeededRandom) -> [Double] {
    parameters.map { random.uniform(in: $0.range) }
  }

  package static func planet(_ values: [Double]) -> PlanetAtmosphere {
    PlanetAtmosphere(
      mass: Mass(kilograms: values[0]), radius: Length(meters: values[1]),
      stellarRadius: ModelConfiguration.exoGAN2018StellarRadius,
      temperature: .isothermal(Temperature(kelvins: values[2])),
      gases: zip(gases, values.dropFirst(3)).map { TraceGas($0, pow(10, $1)) })
  }

  static var description: JSON {
    .object(
      parameters.map { parameter in
        .init(
          parameter.name,
          .array([.number(parameter.range.lowerBound), .number(parameter.range.upperBound)]))
      })
  }
}

/// Makes the set, shard by shard: planet n comes from random stream n of the seed alone. Arrays of a shard: `depth` (planets, 400)
/// and `parameters` (planets, 7) in the order of `ExoGANPrior.parameters`.
package struct ExoGANSetMaker: ShardMaker {
  /// Raised whenever the same seed no longer gives the same spectra.
  package static let version = "1"
  /// Planets computed between two reports.
  private static let block = 256

  package let model: SpectrumModel
  package let seed: UInt64
  package let threads: Int
  /// SHA-256 over the opacity tables, for the shards' metadata.
  package let opacityHash: String

  /// - Parameter model: of configuration `exoGAN2018`.
  package init(model: SpectrumModel, seed: UInt64, threads: Int, opacityHash: String) {
    self.model = model
    self.seed = seed
    self.threads = threads
    self.opacityHash = opacityHash
  }

  package func fileName(shard: Int) -> String { ShardFile.name(set: ExoGANPrior.name, shard: shard) }

  /// Makes a shard unless the directory has it; see `ShardFile.write`.
  package func write(
    _ shard: Int, count: Int, directory: String, progress: (_ planetsOfShard: Int) -> Void = { _ in }
  ) throws(TrainingError) -> ShardFile.Outcome {
    let metadata = [
      "set": ExoGANPrior.name, "seed": String(seed), "shard": String(shard), "version": Self.version,
      "planets": String(count), "prior": ExoGANPrior.description.text(.compact), "opacities": opacityHash,
    ]
    return try ShardFile.write(
      path: "\(directory)/\(fileName(shard: shard))", metadata: metadata
    ) { () throws(TrainingError) in
      var file = try self.shard(shard, count: count, progress: progress)
      file.metadata = metadata
      file.metadata["rejected"] = ShardFile.rejected([:])
      return file
    }
  }

  private func shard(
    _ shard: Int, count: Int, progress: (Int) -> Void
  ) throws(TrainingError) -> SafetensorsFile {
    var depth: [Float] = []
    var parameters: [Double] = []
    for start in stride(from: 0, to: count, by: Self.block) {
      let drawn = (start..<min(start + Self.block, count)).map { planet in
        var random = SeededRandom(seed: seed, stream: UInt64(shard * count + planet))
        return ExoGANPrior.draw(&random)
      }
      for result in model.transitDepths(of: drawn.map { ExoGANPrior.planet($0) }, threads: threads) {
        do { depth += try result.get().map { Float($0) } } catch {
          throw TrainingError(
            .badTrainingSet, path: fileName(shard: shard),
            detail: "a planet of the published ranges has no spectrum: \(error)")
        }
      }
      parameters += drawn.joined()
      progress(start + drawn.count)
    }
    return SafetensorsFile(tensors: [
      "depth": .init(depth, shape: [count, model.grid.count]),
      "parameters": .init(parameters, shape: [count, ExoGANPrior.parameters.count]),
    ])
  }
}

/// Spectra of ExoGAN's prior read from the shards of a directory, in the shards' order.
package struct ExoGANTrainingSet: Sendable {
  package private(set) var shards = ShardFile.Set()
  /// (planets, 400), without noise.
  package private(set) var depth: [Float] = []
  /// (planets, 7), as `ExoGANPrior.parameters` has them.
  package private(set) var parameters: [Double] = []

  package var count: Int { parameters.count / ExoGANPrior.parameters.count }

  /// - Parameter limit: how many spectra to read at least, in whole shards.
  package init(directory: String, limit: Int = .max) throws(TrainingError) {
    let (bins, width) = (SpectralGrid.standard.count, ExoGANPrior.parameters.count)
    var depth: [Float] = []
    var parameters: [Double] = []
    var first: [String: String] = [:]
    shards = try ShardFile.readSet(
      ExoGANPrior.name, directory: directory, madeBy: "simulate set \(ExoGANPrior.name)",
      until: { parameters.count / width >= limit }
    ) { file, path throws(TrainingError) in
      if first.isEmpty { first = file.metadata }
      guard ["seed", "prior", "opacities"].allSatisfy({ file.metadata[$0] == first[$0] }) else {
        throw TrainingError(
          .badTrainingSet, path: path, detail: "it is of another set than shard 0: move one of them away")
      }
      guard let planets = file.tensors["parameters"], planets.shape.count == 2, planets.shape[1] == width,
        let values = planets.doubles, let spectra = file.tensors["depth"],
        spectra.shape == [planets.shape[0], bins], let numbers = spectra.floats
      else {
        throw TrainingError(.badTrainingSet, path: path, detail: "an array is missing or of the wrong size")
      }
      depth += numbers
      parameters += values
    }
    self.depth = depth
    self.parameters = parameters
  }

  /// As made, not read.
  package init(depth: [Float], parameters: [Double]) {
    precondition(
      depth.count * ExoGANPrior.parameters.count == parameters.count * SpectralGrid.standard.count)
    self.depth = depth
    self.parameters = parameters
  }
}

#if canImport(Glibc)
  import Glibc
#endif
