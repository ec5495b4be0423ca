package import Analyses
import ContentHash
import Gzip
package import JobContract
import Observations
import PlainText
package import PlanetCatalogue

/// One input file in, result files out: the only place that knows all formats.
///
/// Pure but for models and catalogue, which are read once at the start: bytes in, bytes out, no file is opened.
package struct AnalysisPipeline: Sendable {
  /// SHA-256 over everything besides the input that decides a result: version, seed, models, catalogue. Inputs seen
  /// before under the same hash need not be analysed again.
  package let modelSetHash: String
  /// The models' names, as results list them: those of planets first.
  package let modelNames: [String]
  private let seed: UInt64
  private let intakes: [any FormatIntake]

  /// - Parameters:
  ///   - modelsDirectory: holds the networks' `.safetensors` files with their `.json` cards.
  ///   - catalogue: where the planets that spectra are of are looked up.
  ///   - seed: mixed with each input's own content.
  /// - Throws: what a method of `Methods` throws where its networks cannot be used.
  package init(modelsDirectory: String, catalogue: PlanetCatalogue? = nil, seed: UInt64 = 0) throws {
    self.init(
      planetMethods: try Methods.ofPlanets.map { try $0.init(modelsDirectory: modelsDirectory) },
      spectrumMethods: try Methods.ofSpectra.map { try $0.init(modelsDirectory: modelsDirectory) },
      catalogue: catalogue, seed: seed)
  }

  package init(
    planetMethods: [any PlanetMethod], spectrumMethods: [any SpectrumMethod],
    catalogue: PlanetCatalogue? = nil, seed: UInt64 = 0
  ) {
    self.seed = seed
    let networks = planetMethods.flatMap(\.networks) + spectrumMethods.flatMap(\.networks)
    modelNames = networks.map(\.name)
    let parts =
      ["exospool \(ExospoolVersion.current)", "seed \(seed)"]
      + networks.sorted { $0.name < $1.name }.map { "\($0.name) \($0.sha256)" }
      + (catalogue.map { ["catalogue \($0.hash)"] } ?? [])
    modelSetHash = SHA256Digest(of: parts.joined(separator: "\n")).hexadecimal
    // The first that recognises a file has it; the planet records' reader explains what is no record at all.
    intakes = [
      DeclinedFormats(),
      SpectrumIntake(methods: spectrumMethods, networks: networks, catalogue: catalogue),
      PlanetRecordIntake(methods: planetMethods, networks: planetMethods.flatMap(\.networks)),
    ]
  }

  /// Analyses one file.
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - inputName: the name it was submitted under, for provenance and sentences.
  ///   - isYoung: the file appeared a short while ago; if it then looks cut off, it is `.unsettled`.
  package func analyze(bytes: [UInt8], inputName: String, isYoung: Bool) -> JobOutcome<AnalysisProducts> {
    let digest = SHA256Digest(of: bytes)
    var input = IntakeInput(
      bytes: bytes, name: inputName, isYoung: isYoung, sha256: digest.hexadecimal,
      seed: digest.leadingWord ^ seed)
    do {
      input.bytes = try Gunzip.unpacked(bytes)
    } catch {
      return JobOutcome(error, "\(printable(inputName)): \(error.sentence).", isYoung: isYoung)
    }
    for intake in intakes where intake.recognizes(input.bytes) { return intake.analyze(input) }
    preconditionFailure("the last intake recognises everything")
  }
}
