import ContentHash
package import InteriorMDN
import Observations

/// One input file in, result files out: the only place that knows all formats and all methods.
///
/// Pure but for the models, which are read once at the start: bytes in, bytes out, no file is opened.
package struct AnalysisPipeline: Sendable {
  /// SHA-256 over everything besides the input that decides a result: version, seed, models. Inputs seen before
  /// under the same hash need not be analysed again.
  package let modelSetHash: String
  /// The models' names, as results list them.
  package let modelNames: [String]
  private let seed: UInt64
  private let intakes: [any FormatIntake]

  /// - Parameters:
  ///   - modelsDirectory: holds the networks' `.safetensors` files with their `.json` cards.
  ///   - seed: mixed with each input's own content.
  package init(modelsDirectory: String, seed: UInt64 = 0) throws(InteriorModelError) {
    self.init(models: try InteriorModelSet.load(directory: modelsDirectory), seed: seed)
  }

  package init(models: InteriorModelSet, seed: UInt64 = 0) {
    self.seed = seed
    modelNames = models.names
    let parts =
      ["exospool \(ExospoolVersion.current)", "seed \(seed)"]
      + models.hashes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    modelSetHash = SHA256Digest(of: parts.joined(separator: "\n")).hexadecimal
    // The first that recognises a file has it; the planet records' reader explains what is no record at all.
    intakes = [DeclinedFormats(), PlanetRecordIntake(models: models)]
  }

  /// Analyses one file.
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - inputName: the name it was submitted under, for provenance and sentences.
  ///   - isYoung: the file appeared a short while ago; if it then looks cut off, it is `.unsettled`.
  package func analyze(bytes: [UInt8], inputName: String, isYoung: Bool) -> PipelineOutcome {
    let digest = SHA256Digest(of: bytes)
    let input = IntakeInput(
      bytes: bytes, name: inputName, isYoung: isYoung, sha256: digest.hexadecimal,
      seed: digest.leadingWord ^ seed)
    for intake in intakes where intake.recognizes(bytes) { return intake.analyze(input) }
    preconditionFailure("the last intake recognises everything")
  }
}
