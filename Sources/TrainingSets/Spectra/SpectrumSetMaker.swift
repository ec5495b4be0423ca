package import Atmospheres
import Dispatch
import JSONText
package import NeuralNetworks
import NumericalMethods
import Observations
import Synchronization
package import TrainingRuns
import Units

/// Makes a training set of spectra, shard by shard: each planet's spectrum, and what each of its gases does to it.
///
/// Planet n comes from random stream n of the seed alone and is drawn until a draw has an atmosphere. A shard is the same
/// whatever the number of threads, and the set the same however often it was interrupted.
///
/// Arrays of a shard: `depth` (planets, 400); `first` (planets + 1), where each planet's gases begin; `molecule`,
/// `logMixingRatio` and `change` (gases, 400), one row a gas, as `FeatureStrength` takes it; `starTemperature`,
/// `temperature` and `scaleHeight` (planets), the last in units of the planet's radius.
package struct SpectrumSetMaker: ShardMaker {
  /// Raised whenever the same seed no longer gives the same spectra.
  package static let version = "2"
  /// A prior that fails this often in a row is wrong.
  static let largestAttempts = 1000

  package let model: SpectrumModel
  package let prior: any SpectrumPrior
  package let seed: UInt64
  package let threads: Int
  /// SHA-256 over the opacity tables, for the shards' metadata.
  package let opacityHash: String

  package init(
    model: SpectrumModel, prior: any SpectrumPrior, seed: UInt64, threads: Int, opacityHash: String
  ) {
    precondition(threads > 0)
    self.model = model
    self.prior = prior
    self.seed = seed
    self.threads = threads
    self.opacityHash = opacityHash
  }

  package func fileName(shard: Int) -> String { ShardFile.name(set: prior.name, shard: shard) }

  /// Makes a shard unless the directory has it; see `ShardFile.write`.
  package func write(
    _ shard: Int, count: Int, directory: String, progress: Progress = { _ in }
  ) throws(TrainingError) -> ShardFile.Outcome {
    try ShardFile.write(
      path: "\(directory)/\(fileName(shard: shard))", metadata: metadata(shard: shard, count: count)
    ) { () throws(TrainingError) in try self.shard(shard, count: count, progress: progress) }
  }

  /// What tells a shard from all others.
  private func metadata(shard: Int, count: Int) -> [String: String] {
    [
      "set": prior.name, "seed": String(seed), "shard": String(shard), "version": Self.version,
      "planets": String(count), "prior": prior.description.text(.compact), "opacities": opacityHash,
      "molecules": KnownMolecules.names.joined(separator: " "),
    ]
  }

  /// One shard: planets `shard * count ..< (shard + 1) * count`.
  package func shard(_ shard: Int, count: Int, progress: Progress = { _ in }) throws(TrainingError)
    -> SafetensorsFile
  {
    var file = try arrays(examples(shard, count: count, progress: progress), shard: shard)
    file.metadata.merge(metadata(shard: shard, count: count)) { $1 }
    return file
  }

  private func examples(_ shard: Int, count: Int, progress: Progress) -> [Example?] {
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    let results = Mutex<[Example?]>([Example?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let example = example(UInt64(shard * count + index))
        results.withLock { $0[index] = example }
        progress(done.add(1, ordering: .relaxed).newValue)
      }
    }
    return results.withLock { $0 }
  }

  private func arrays(_ examples: [Example?], shard: Int) throws(TrainingError) -> SafetensorsFile {
    var depth: [Float] = []
    var change: [Float] = []
    var first: [Int64] = [0]
    var molecule: [Int64] = []
    var logMixingRatio: [Float] = []
    var planets: [[Float]] = [[], [], []]
    var rejections: [String: Int] = [:]
    for example in examples {
      guard let example, !example.depth.isEmpty else {
        throw TrainingError(
          .badTrainingSet, path: fileName(shard: shard),
          detail: "the prior \"\(prior.name)\" gave no planet in \(Self.largestAttempts) draws")
      }
      depth += example.depth
      for gas in example.gases {
        molecule.append(Int64(gas.molecule))
        logMixingRatio.append(gas.logMixingRatio)
        change += gas.change
      }
      first.append(Int64(molecule.count))
      for (i, value) in [example.starTemperature, example.temperature, example.scaleHeight].enumerated() {
        planets[i].append(Float(value))
      }
      rejections.merge(example.rejections, uniquingKeysWith: +)
    }
    let bins = model.grid.count
    return SafetensorsFile(
      metadata: ["rejected": ShardFile.rejected(rejections)],
      tensors: [
        "depth": .init(depth, shape: [examples.count, bins]),
        "change": .init(change, shape: [molecule.count, bins]), "first": .init(first),
        "molecule": .init(molecule), "logMixingRatio": .init(logMixingRatio),
        "starTemperature": .init(planets[0]), "temperature": .init(planets[1]),
        "scaleHeight": .init(planets[2]),
      ])
  }

  private struct Example: Sendable {
    struct Gas: Sendable {
      var molecule: Int
      var logMixingRatio: Float
      var change: [Float]
    }

    var depth: [Float] = []
    var gases: [Gas] = []
    var starTemperature = 0.0
    var temperature = 0.0
    var scaleHeight = 0.0
    var rejections: [String: Int] = [:]
  }

  private func example(_ planet: UInt64) -> Example {
    var random = SeededRandom(seed: seed, stream: planet)
    var example = Example()
    for _ in 0..<Self.largestAttempts {
      let drawn = prior.draw(&random)
      do throws(AtmosphereError) {
        let spectra = try spectra(drawn)
        let whole = spectra.whole
        guard whole.allSatisfy({ $0 > 0 && $0.isFinite && ($0 < 1 || prior.kind == .eclipse) }) else {
          example.rejections["depth-out-of-range", default: 0] += 1
          continue
        }
        for (gas, muted) in zip(drawn.atmosphere.gases, spectra.muted) {
          guard let index = KnownMolecules.names.firstIndex(of: gas.species.formula),
            case .constant(let ratio) = gas.mixingRatio
          else { preconditionFailure("priors draw constant mixing ratios of known molecules") }
          example.gases.append(
            .init(
              molecule: index, logMixingRatio: Float(log10(ratio)),
              change: zip(whole, muted).map { with, without in
                Float(prior.kind == .eclipse ? log(with / without) : with - without)
              }))
        }
        example.depth = whole.map { Float($0) }
      } catch {
        example.rejections["\(error.code)", default: 0] += 1
        continue
      }
      example.starTemperature = drawn.starTemperature
      example.temperature = drawn.temperature
      example.scaleHeight =
        DerivedProperties.scaleHeightOverRadius(
          mass: drawn.atmosphere.mass.kilograms, radius: drawn.atmosphere.radius.meters,
          temperature: drawn.temperature) ?? .nan
      return example
    }
    return Example(rejections: example.rejections)
  }

  private func spectra(_ drawn: DrawnPlanet) throws(AtmosphereError) -> MutedSpectra {
    switch prior.kind {
    case .eclipse:
      try model.mutedEclipseDepths(
        drawn.atmosphere, star: .blackBody(Temperature(kelvins: drawn.starTemperature)))
    case .transmission, .stellar: try model.mutedTransitDepths(drawn.atmosphere)
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
