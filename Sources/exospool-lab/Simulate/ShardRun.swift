import PosixFiles
import Synchronization
import SystemPackage
import TrainingRuns
import TrainingSets

#if canImport(Glibc)
  import Glibc
#endif

/// Makes the shards of a set one after the other, with a line of progress and one for each shard done.
struct ShardRun {
  let set: String
  let directory: String
  let shards: Int
  let planetsPerShard: Int

  func run(_ maker: some ShardMaker) throws {
    try PosixFiles.makeDirectories(FilePath(directory))
    let clock = ContinuousClock()
    let start = clock.now
    let isTerminal = isatty(STDERR_FILENO) == 1
    var made = 0
    for index in 0..<shards {
      let before = made
      let pace = Mutex(Pace())
      let outcome = try maker.write(index, count: planetsPerShard, directory: directory) { done in
        guard isTerminal, pace.withLock({ $0.isDue() }) else { return }
        show(index, before + done, done, clock.now - start, end: "\u{1B}[K\r")
      }
      guard case .made(let rejected) = outcome else {
        print("\(maker.fileName(shard: index)) is there already")
        continue
      }
      made += planetsPerShard
      show(index, made, planetsPerShard, clock.now - start, end: isTerminal ? "\u{1B}[K\n" : "\n")
      print("\(maker.fileName(shard: index))  rejected \(rejected)")
      fflush(nil)
    }
  }

  private func show(_ index: Int, _ made: Int, _ ofShard: Int, _ elapsed: Duration, end: String) {
    let speed = Double(made) / max(elapsed / .seconds(1), 1e-3)
    let left = Double((shards - index) * planetsPerShard - ofShard) / max(speed, 1e-3)
    note(
      "\(set) shard \(index + 1)/\(shards)  \(ofShard)/\(planetsPerShard)  \(fixed(speed, 0)) planets/s  "
        + "ETA \(minutes(left))", end: end)
  }
}
