package import NeuralNetworks

/// Why a checkpoint cannot be resumed from, or a training set not be used.
package struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    case badCheckpoint, otherSettings, noTrainingSet, badTrainingSet, notFinite, cannotWrite
  }

  package let code: Code
  package let path: String
  package let detail: String
  package var isTemporary: Bool { code == .cannotWrite }

  package init(_ code: Code, path: String, detail: String) {
    self.code = code
    self.path = path
    self.detail = detail
  }

  package var description: String { "\(path): \(detail)" }
}

extension TrainingState {
  private static let format = "exospool training checkpoint 1"

  /// The state as a file. `settings` must be the same when it is resumed.
  package func file(settings: String, seconds: Double) -> SafetensorsFile {
    SafetensorsFile(
      metadata: ["format": Self.format, "settings": settings],
      tensors: [
        "parameters": .init(parameters), "best": .init(bestParameters), "first": .init(optimiser.first),
        "second": .init(optimiser.second),
        "history": .init(history.flatMap { [$0.training, $0.validation] }, shape: [history.count, 2]),
        "counters": .init(
          [batch, optimiser.steps, skippedBatches, bestEpoch].map { Int64($0) }),
        "numbers": .init([
          lossSum, bestValidation, optimiser.weightDecay, optimiser.maximumNorm, seconds,
        ]),
      ])
  }

  /// Reads what `file` wrote; returns the wall time spent before, too.
  package static func read(
    path: String, settings: String, parameterCount: Int
  ) throws(TrainingError) -> (state: Self, seconds: Double) {
    let file: SafetensorsFile
    do {
      file = try SafetensorsFile.read(path: path)
    } catch {
      throw TrainingError(.badCheckpoint, path: path, detail: error.description)
    }
    guard file.metadata["format"] == Self.format else {
      throw TrainingError(.badCheckpoint, path: path, detail: "this is no training checkpoint")
    }
    guard file.metadata["settings"] == settings else {
      throw TrainingError(
        .otherSettings, path: path,
        detail: "the checkpoint was made with other settings: \(file.metadata["settings"] ?? "none")")
    }
    func floats(_ name: String) -> [Float]? {
      file.tensors[name]?.floats.flatMap { $0.count == parameterCount ? $0 : nil }
    }
    guard let parameters = floats("parameters"), let best = floats("best"), let first = floats("first"),
      let second = floats("second"), let history = file.tensors["history"]?.doubles,
      history.count % 2 == 0, let counters = file.tensors["counters"]?.integers, counters.count == 4,
      counters.allSatisfy({ $0 >= 0 }), let numbers = file.tensors["numbers"]?.doubles, numbers.count == 5
    else {
      throw TrainingError(.badCheckpoint, path: path, detail: "the checkpoint is not of this network's shape")
    }
    let state = Self(
      parameters: parameters,
      optimiser: AdamW(
        weightDecay: numbers[2], maximumNorm: numbers[3], steps: Int(counters[1]), first: first,
        second: second),
      history: stride(from: 0, to: history.count, by: 2).map {
        .init(training: history[$0], validation: history[$0 + 1])
      },
      batch: Int(counters[0]), lossSum: numbers[0], skippedBatches: Int(counters[2]), bestParameters: best,
      bestValidation: numbers[1], bestEpoch: Int(counters[3]))
    return (state, numbers[4])
  }
}
