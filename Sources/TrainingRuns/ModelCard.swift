package import JSONText

/// A network's card: how it was made, on what, and how well it does; JSON beside the weights. What all methods' cards have in
/// common.
package enum ModelCard {
  /// How a training run went.
  package struct Run: Sendable, Hashable {
    package var command: String
    package var kernels: String
    package var threads: Int
    package var seconds: Double
    package var history: [TrainingState.Epoch]
    package var bestEpoch: Int
    package var batches: Int
    package var skippedBatches: Int

    /// - Parameters:
    ///   - command: as typed.
    ///   - seconds: wall time, all sittings together.
    package init(_ trainer: some Trainer, command: String, kernels: String, threads: Int, seconds: Double) {
      // A run that was resumed gives what an undisturbed one gives.
      self.command = command.replacing(" --resume", with: "")
      self.kernels = kernels
      self.threads = threads
      self.seconds = seconds
      history = trainer.state.history
      bestEpoch = trainer.state.bestEpoch
      batches = trainer.batchesDone
      skippedBatches = trainer.state.skippedBatches
    }
  }

  package static func weights(name: String, sha256: String, bytes: Int) -> JSON {
    .object([
      .init("file", .string(name + ".safetensors")), .init("bytes", .integer(bytes)),
      .init("sha256", .string(sha256)),
    ])
  }

  package static func training(_ run: Run, seed: UInt64, settings: String) -> [JSON.Member] {
    [
      .init("command", .string(run.command)), .init("seed", .integer(Int(clamping: seed))),
      .init("settings", .string(settings)), .init("kernels", .string(run.kernels)),
      .init("threads", .integer(run.threads)), .init("wallSeconds", .integer(Int(run.seconds))),
      .init("batches", .integer(run.batches)), .init("skippedBatches", .integer(run.skippedBatches)),
      .init("epochs", .integer(run.history.count)), .init("bestEpoch", .integer(run.bestEpoch)),
      .init("trainingLoss", .array(run.history.map { .number(rounded($0.training, 5)) })),
      .init("validationLoss", .array(run.history.map { .number(rounded($0.validation, 5)) })),
    ]
  }

  /// A shards' metadata entry: the JSON in it where it is some, else the text.
  package static func prior(_ metadata: [String: String]) -> JSON {
    let text = metadata["prior"] ?? ""
    return (try? JSON(parsing: text.utf8)) ?? .string(text)
  }

  /// The card with that member added, or replaced where it stands.
  package static func setting(_ key: String, to value: JSON, in card: JSON) -> JSON {
    var members = card.members ?? []
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].value = value
    } else {
      members.append(.init(key, value))
    }
    return .object(members)
  }

  /// So many significant digits: a card is read by people.
  package static func rounded(_ x: Double, _ digits: Int) -> Double {
    guard x.isFinite, x != 0 else { return x }
    let text = significant(x, digits)
    return Double(text) ?? x
  }

  private static func significant(_ x: Double, _ digits: Int) -> String {
    var exponent = 0
    var scaled = abs(x)
    while scaled >= 10 {
      scaled /= 10
      exponent += 1
    }
    while scaled < 1 {
      scaled *= 10
      exponent -= 1
    }
    var factor = 1.0
    for _ in 1..<max(digits, 1) { factor *= 10 }
    let mantissa = (scaled * factor).rounded() / factor
    return "\(x < 0 ? "-" : "")\(mantissa)e\(exponent)"
  }
}
