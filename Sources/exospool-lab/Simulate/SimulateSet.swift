import ArgumentParser
import OpacityFiles
import Retrieval
import Tensors
import TrainingSets

struct SimulateSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Make a training set of spectra.",
    discussion: """
      Draws planets from the prior of the set and computes each one's spectrum, and, in sets for RobERt, again without each of its \
      gases. Finished \
      shards are kept: the same command goes on where it was stopped, and Control-C loses no more than the shard in hand. The \
      spectra do not depend on the number of threads.

        waldmann-2016  emission of one gas, five planets: the task of Waldmann 2016
        emission       emission of mixtures, planets of all kinds
        transmission   transmission of mixtures, with clouds and haze
        exogan-2018    transmission as ExoGAN's published set has it, with the planets' parameters
        retrieval-transmission, retrieval-eclipse, retrieval-exogan-2018
                       spectra of a retrieval's prior, with the planets' parameters

        exospool-lab simulate set emission --output exospool-sets --spectra 100000
      """)

  enum SetName: String, ExpressibleByArgument, CaseIterable {
    case waldmann2016 = "waldmann-2016"
    case emission, transmission
    case exoGAN2018 = "exogan-2018"
    case retrievalTransmission = "retrieval-transmission"
    case retrievalEclipse = "retrieval-eclipse"
    case retrievalExoGAN2018 = "retrieval-exogan-2018"

    /// Of a set for retrievals.
    var space: AtmosphereSpace.Name? {
      AtmosphereSpace.Name.allCases.first { RetrievalSetMaker.setName($0) == rawValue }
    }

    /// nil where the set has a maker of its own.
    var prior: (any SpectrumPrior)? {
      switch self {
      case .waldmann2016: WaldmannPrior()
      case .emission: EmissionPrior()
      case .transmission: TransmissionPrior()
      case .exoGAN2018, .retrievalTransmission, .retrievalEclipse, .retrievalExoGAN2018: nil
      }
    }
  }

  @Argument(help: "The set's name, as above.")
  var set: SetName

  @Option(help: "Directory for the shards.")
  var output: String

  @Option(help: "Spectra in the set.")
  var spectra = 100_000

  @Option(help: "Spectra in a shard.")
  var shard = 5000

  @Option(help: "Seed of the set.")
  var seed: UInt64 = 1

  @Option(help: "Threads.")
  var threads = 2

  @OptionGroup var opacity: OpacityLocation

  func validate() throws {
    guard spectra > 0, shard > 0, spectra % shard == 0, spectra / shard <= 10_000, (1...256).contains(threads)
    else {
      throw ValidationError(
        "--spectra must be a multiple of --shard, in at most 10,000 shards; --threads is 1 to 256.")
    }
  }

  func run() throws {
    BLAS.useThreads(1)
    let library = try OpacityLibrary(directory: opacity.directory())
    let shards = ShardRun(
      set: set.rawValue, directory: output, shards: spectra / shard, planetsPerShard: shard)
    if let name = set.space {
      let space = AtmosphereSpace(name)
      try shards.run(
        RetrievalSetMaker(
          space: space, model: try library.model(space.configuration), seed: seed, threads: threads,
          opacityHash: library.hash))
    } else if let prior = set.prior {
      try shards.run(
        SpectrumSetMaker(
          model: try library.model(.training), prior: prior, seed: seed, threads: threads,
          opacityHash: library.hash))
    } else {
      try shards.run(
        ExoGANSetMaker(
          model: try library.model(.exoGAN2018), seed: seed, threads: threads, opacityHash: library.hash))
    }
  }
}
