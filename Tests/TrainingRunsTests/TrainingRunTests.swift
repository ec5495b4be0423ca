import NeuralNetworks
import TestSupport
import Testing
import TrainingRuns

@Suite("Training runs")
struct TrainingRunTests {
  private let directory: TemporaryDirectory
  private let checkpoint: Checkpoint

  init() throws {
    directory = try TemporaryDirectory()
    checkpoint = Checkpoint(path: directory.path("checkpoint"), settings: "these")
  }

  private static var whole: TwoPlayers {
    var trainer = TwoPlayers()
    while !trainer.isFinished { trainer.step() }
    return trainer
  }

  @Test("a run that was stopped after any batch and resumed ends as one that was not", arguments: 1...12)
  func resumes(batches: Int) throws {
    var first = TwoPlayers()
    var run = TrainingRun(checkpoint: checkpoint, seconds: 100)
    var asked = 0
    let stopped = try run.train(
      &first,
      isStopping: {
        asked += 1
        return asked == batches
      }, show: { _ in })
    #expect(stopped == .stopped && first.batchesDone == batches && run.seconds >= 100)

    var second = TwoPlayers()
    var rest = TrainingRun(checkpoint: checkpoint)
    try rest.resume(&second)
    #expect(second.state == first.state && rest.seconds == run.seconds)
    let finished = try rest.train(&second, isStopping: { false }, show: { _ in })
    #expect(finished == .finished && second.state == Self.whole.state)
  }

  @Test("a checkpoint is written after every epoch")
  func checkpoints() throws {
    var trainer = TwoPlayers()
    var run = TrainingRun(checkpoint: checkpoint)
    var epochs: [Int?] = []
    let start = TwoPlayers().state
    _ = try run.train(
      &trainer, isStopping: { false },
      show: { _ in epochs.append(try? checkpoint.read(from: start).state.history.count) })
    // What is shown of an epoch's end is shown before it is written.
    #expect(epochs == [nil, nil, nil, nil, 1, 1, 1, 1, 2, 2, 2, 2])
    let kept = try checkpoint.read(from: start).state
    #expect(kept == Self.whole.state)
  }

  @Test("the best of every group is that of the best epoch")
  func best() {
    var trainer = TwoPlayers()
    for _ in 0..<8 { trainer.step() }
    let (leader, follower) = (trainer.state.parameters("leader"), trainer.state.parameters("follower"))
    let whole = Self.whole.state
    #expect(whole.bestEpoch == 2 && whole.bestValidation == 1)
    #expect(whole.best("leader") == leader && whole.best("follower") == follower)
    #expect(whole.parameters("leader") != leader && leader != follower)
  }

  @Test("a gradient that is not finite moves no group, and is counted")
  func notFinite() {
    var state = TwoPlayers().state
    let before = state
    [Float](repeating: .nan, count: 5).withUnsafeBufferPointer {
      state.step("leader", gradient: $0, rate: 0.1)
    }
    #expect(state.groups == before.groups && state.skippedBatches == 1)
  }

  @Test("progress is told in one line")
  func progress() throws {
    var lines: [String] = []
    var trainer = TwoPlayers()
    var run = TrainingRun(checkpoint: checkpoint)
    _ = try run.train(&trainer, isStopping: { false }, show: { lines.append($0.line) })
    #expect(lines.count == 12)
    #expect(lines[0].hasPrefix("epoch 1/3  batch 1/4  "))
    #expect(lines[4].hasPrefix("epoch 2/3  batch 1/4  train ") && lines[4].contains("validation 3.0000"))
    #expect(lines[11].hasPrefix("epoch 3/3  train ") && lines[11].contains("(best in epoch 2)"))
    #expect(lines[11].hasSuffix(" batches/s  ETA 0 min 0 s"))
  }

  @Test("a checkpoint of other settings, another shape, or none at all is refused in a sentence")
  func refusals() throws {
    let start = TwoPlayers().state
    func refusal(_ checkpoint: Checkpoint, _ start: TrainingState) -> TrainingError? {
      do throws(TrainingError) {
        _ = try checkpoint.read(from: start)
        return nil
      } catch { return error }
    }
    let missing = refusal(checkpoint, start)
    #expect(missing?.code == .badCheckpoint && missing?.detail.contains("is not there") == true)
    try checkpoint.write(start, seconds: 0)
    #expect(refusal(checkpoint, start) == nil)

    let other = refusal(Checkpoint(path: checkpoint.path, settings: "those"), start)
    #expect(other?.code == .otherSettings)
    #expect(other?.detail == "the checkpoint was made with other settings: these")
    let width = refusal(checkpoint, TwoPlayers(width: 6).state)
    #expect(width?.detail == "the checkpoint is not of this network's shape")
    let group = refusal(
      checkpoint,
      TrainingState(
        groups: start.groups.filter { $0.key == "leader" }.reduce(into: [:]) { $0["judge"] = $1.value }))
    #expect(group?.detail == "the checkpoint is not of this network's shape")

    try SafetensorsFile(metadata: ["format": "exospool training checkpoint 1", "settings": "these"])
      .write(path: checkpoint.path)
    #expect(refusal(checkpoint, start)?.detail == "this is no training checkpoint of this version")
  }
}
