import ArgumentParser
import Interiors
import Synchronization
import Training

#if canImport(Glibc)
  import Glibc
#endif

struct SimulateInteriors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interiors", abstract: "Make a training set of planet interiors.",
    discussion: """
      Draws planets from the prior of the set and solves their interiors. Finished shards are kept: the same command goes \
      on where it was stopped, and Control-C loses no more than the shard in hand. The planets do not depend on the \
      number of threads.
      """)

  enum SetName: String, ExpressibleByArgument, CaseIterable { case rocky, layered }

  @Argument(help: "rocky or layered.")
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
    if mkdir(output, 0o755) != 0 && errno != EEXIST {
      throw ValidationError("\(output): \(String(cString: strerror(errno)))")
    }
    let prior: any InteriorPrior = set == .rocky ? RockyPrior() : LayeredPrior()
    let maker = InteriorSetMaker(model: InteriorModel(), prior: prior, seed: seed, threads: threads)
    let shards = planets / shard
    let clock = ContinuousClock()
    let start = clock.now
    var made = 0
    for index in 0..<shards {
      let before = made
      let isTerminal = isatty(STDERR_FILENO) == 1
      let last = Mutex(clock.now)
      let outcome = try maker.write(index, count: shard, directory: output) { done in
        guard isTerminal else { return }
        let isDue = last.withLock { last in
          guard clock.now - last > .milliseconds(500) else { return false }
          last = clock.now
          return true
        }
        if isDue { show(index, shards, before + done, done, clock.now - start, end: "\u{1B}[K\r") }
      }
      guard case .made(let rejected) = outcome else {
        print("\(maker.fileName(shard: index)) is there already")
        continue
      }
      made += shard
      show(index, shards, made, shard, clock.now - start, end: "\u{1B}[K\n")
      print("\(maker.fileName(shard: index))  rejected \(rejected)")
      fflush(nil)
    }
  }

  private func show(
    _ index: Int, _ shards: Int, _ made: Int, _ ofShard: Int, _ elapsed: Duration, end: String
  ) {
    let seconds = elapsed / .seconds(1)
    let speed = Double(made) / max(seconds, 1e-3)
    let left = Double((shards - index) * shard - ofShard) / max(speed, 1e-3)
    let line =
      "\(set.rawValue) shard \(index + 1)/\(shards)  \(ofShard)/\(shard)  \(fixed(speed, 0)) planets/s  "
      + "ETA \(Int(left / 60)) min \(Int(left) % 60) s"
    let text = Array((line + end).utf8)
    _ = Glibc.write(STDERR_FILENO, text, text.count)
  }
}
