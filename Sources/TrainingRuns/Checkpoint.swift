package import NeuralNetworks
import PosixFiles
import SystemPackage

/// A file that a run goes on from. One that was written with other settings is refused: its end would not be that of a run that
/// was never stopped.
package struct Checkpoint: Sendable {
  package let path: String
  /// Every choice that the result depends on, in one line.
  package let settings: String
  private let format: String
  /// What is said of a file of another format.
  private let isNone: String

  package init(path: String, settings: String, format: String, isNone: String) {
    self.path = path
    self.settings = settings
    self.format = format
    self.isNone = isNone
  }

  package var isThere: Bool { PosixFiles.isReadable(FilePath(path)) }

  /// Writes these arrays: the old checkpoint is there or the new one, whatever happens.
  package func write(_ tensors: [String: SafetensorsFile.Tensor]) throws(TrainingError) {
    let file = SafetensorsFile(metadata: ["format": format, "settings": settings], tensors: tensors)
    do { try file.write(path: path) } catch {
      throw TrainingError(.cannotWrite, path: path, detail: error.detail)
    }
  }

  package func read() throws(TrainingError) -> SafetensorsFile {
    let file: SafetensorsFile
    do { file = try SafetensorsFile.read(path: path) } catch {
      throw TrainingError(.badCheckpoint, path: path, detail: error.description)
    }
    guard file.metadata["format"] == format else {
      throw TrainingError(.badCheckpoint, path: path, detail: isNone)
    }
    guard file.metadata["settings"] == settings else {
      throw TrainingError(
        .otherSettings, path: path,
        detail: "the checkpoint was made with other settings: \(file.metadata["settings"] ?? "none")")
    }
    return file
  }
}

extension Checkpoint {
  /// Of a whole training run: see `write(_:seconds:)`.
  package init(path: String, settings: String) {
    self.init(
      path: path, settings: settings, format: "exospool training checkpoint 2",
      isNone: "this is no training checkpoint of this version")
  }

  /// - Parameter seconds: wall time of the run so far.
  package func write(_ state: TrainingState, seconds: Double) throws(TrainingError) {
    var tensors: [String: SafetensorsFile.Tensor] = [
      "history": .init(
        state.history.flatMap { [$0.training, $0.validation] }, shape: [state.history.count, 2]),
      "counters": .init([state.batch, state.skippedBatches, state.bestEpoch].map { Int64($0) }),
      "numbers": .init([state.lossSum, state.bestValidation, seconds]),
    ]
    for (name, group) in state.groups {
      tensors["\(name).parameters"] = .init(group.parameters)
      tensors["\(name).best"] = .init(group.best)
      tensors["\(name).first"] = .init(group.optimiser.first)
      tensors["\(name).second"] = .init(group.optimiser.second)
      tensors["\(name).steps"] = .init([Int64(group.optimiser.steps)])
    }
    try write(tensors)
  }

  /// Reads what `write(_:seconds:)` wrote.
  /// - Parameter start: how the run began: its groups, whose optimisers follow from the settings.
  package func read(
    from start: TrainingState
  ) throws(TrainingError) -> (state: TrainingState, seconds: Double) {
    let tensors = try read().tensors
    guard let history = tensors["history"]?.doubles, history.count % 2 == 0,
      let counters = tensors["counters"]?.integers, counters.count == 3, counters.allSatisfy({ $0 >= 0 }),
      let numbers = tensors["numbers"]?.doubles, numbers.count == 3
    else { throw otherShape }
    var state = start
    for (name, group) in start.groups {
      state.groups[name] = try read(name, like: group, tensors)
    }
    state.history = stride(from: 0, to: history.count, by: 2).map {
      .init(training: history[$0], validation: history[$0 + 1])
    }
    state.batch = Int(counters[0])
    state.skippedBatches = Int(counters[1])
    state.bestEpoch = Int(counters[2])
    state.lossSum = numbers[0]
    state.bestValidation = numbers[1]
    return (state, numbers[2])
  }

  private func read(
    _ name: String, like start: TrainingState.Group, _ tensors: [String: SafetensorsFile.Tensor]
  ) throws(TrainingError) -> TrainingState.Group {
    func floats(_ part: String) throws(TrainingError) -> [Float] {
      guard let values = tensors["\(name).\(part)"]?.floats, values.count == start.parameters.count else {
        throw otherShape
      }
      return values
    }
    guard let steps = tensors["\(name).steps"]?.integers, steps.count == 1, steps[0] >= 0 else {
      throw otherShape
    }
    var group = start
    group.parameters = try floats("parameters")
    group.best = try floats("best")
    group.optimiser.resume(steps: Int(steps[0]), first: try floats("first"), second: try floats("second"))
    return group
  }

  private var otherShape: TrainingError {
    TrainingError(.badCheckpoint, path: path, detail: "the checkpoint is not of this network's shape")
  }
}
