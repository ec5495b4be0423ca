import ArgumentParser
import InteriorSpaces
import Interiors
import TrainingSets

struct SimulateInteriors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interiors", abstract: "Make a training set of planet interiors.",
    discussion: """
      Draws planets from the prior of the set and solves their interiors. Finished shards are kept: the same command goes \
      on where it was stopped, and Control-C loses no more than the shard in hand. The planets do not depend on the \
      number of threads.
      """)

  enum SetName: String, ExpressibleByArgument, CaseIterable {
    case rocky, layered, giant

    var prior: any InteriorPrior {
      switch self {
      case .rocky: RockyPrior()
      case .layered: LayeredPrior()
      case .giant: GiantPrior()
      }
    }
  }

  @Argument(help: "rocky, layered or giant.")
  var set: SetName

  @Option(help: "Directory for the shards.")
  var output: String

  @Option(help: "Planets in the set.")
  var planets = 1_200_000

  @Option(help: "Planets in a shard.")
  var shard = 100_000

  @Option(help: "Seed of the set.")
  var seed: UInt64 = 1

  @Option(help: "Threads.")
  var threads = 2

  func validate() throws {
    guard planets > 0, shard > 0, planets % shard == 0, planets / shard <= 10_000, (1...256).contains(threads)
    else {
      throw ValidationError(
        "--planets must be a multiple of --shard, in at most 10,000 shards; --threads is 1 to 256.")
    }
  }

  func run() throws {
    let maker = InteriorSetMaker(model: InteriorModel(), prior: set.prior, seed: seed, threads: threads)
    try ShardRun(set: set.rawValue, directory: output, shards: planets / shard, planetsPerShard: shard).run(
      maker)
  }
}
