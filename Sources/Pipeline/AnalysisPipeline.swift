package import Analyses
import ContentHash
import Gzip
package import JobContract
import Observations
import PlainText
package import PlanetCatalogue
import SpectrumReading

/// One input file in, result files out: the only place that knows all formats.
///
/// Pure but for models and catalogue, which are read once at the start: bytes in, bytes out, no file is opened.
package struct AnalysisPipeline: Sendable {
  /// The models' names, as results list them: those of planets first.
  package let modelNames: [String]
  private let seed: UInt64
  private let intakes: [any FormatIntake]

  /// - Parameters:
  ///   - resources: what the methods are made from.
  ///   - catalogue: where the planets that spectra are of are looked up.
  ///   - seed: mixed with each input's own content.
  /// - Throws: what a method of `Methods` throws where its networks cannot be used.
  package init(_ resources: MethodResources, catalogue: PlanetCatalogue? = nil, seed: UInt64 = 0) throws {
    self.init(
      planetMethods: try Methods.ofPlanets.map { try $0.init(resources) },
      spectrumMethods: try Methods.ofSpectra.map { try $0.init(resources) },
      catalogue: catalogue, seed: seed)
  }

  package init(
    planetMethods: [any PlanetMethod], spectrumMethods: [any SpectrumMethod],
    catalogue: PlanetCatalogue? = nil, seed: UInt64 = 0
  ) {
    self.seed = seed
    let planetMethods = planetMethods.filter(\.isInPlay)
    let spectrumMethods = spectrumMethods.filter(\.isInPlay)
    let ofPlanets = planetMethods.flatMap(\.networks)
    let ofSpectra = spectrumMethods.flatMap(\.networks)
    modelNames = (ofPlanets + ofSpectra).map(\.name)
    // The first that recognises a file has it; the planet records' reader explains what is no record at all.
    intakes = [
      DeclinedFormats(),
      SpectrumIntake(
        methods: spectrumMethods, networks: ofSpectra, catalogue: catalogue,
        modelSetHash: Self.modelSetHash(
          ofSpectra, choices: spectrumMethods.flatMap(\.choices), catalogue: catalogue, seed: seed)),
      PlanetRecordIntake(
        methods: planetMethods, networks: ofPlanets,
        modelSetHash: Self.modelSetHash(
          ofPlanets, choices: planetMethods.flatMap(\.choices), catalogue: nil, seed: seed)),
    ]
  }

  /// SHA-256 over everything besides the input that decides a result: version, seed, and the networks, the catalogue and the
  /// methods' choices that have a say. Inputs seen before under the same hash need not be analysed again.
  private static func modelSetHash(
    _ networks: [NetworkIdentity], choices: [String], catalogue: PlanetCatalogue?, seed: UInt64
  ) -> String {
    let parts =
      ["exospool \(ExospoolVersion.current)", "seed \(seed)"]
      + networks.sorted { $0.name < $1.name }.map { "\($0.name) \($0.sha256)" }
      + (catalogue.map { ["catalogue \($0.hash)"] } ?? []) + choices
    return SHA256Digest(of: parts.joined(separator: "\n")).hexadecimal
  }

  /// Whether nothing in the file would say that the half of it is not the whole.
  package func isOpenEnded(_ bytes: [UInt8]) -> Bool { SpectrumReader.isOpenEnded(bytes) }

  /// Analyses one file.
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - inputName: the name it was submitted under, for provenance and sentences.
  ///   - isYoung: the file appeared a short while ago; if it then looks cut off, it is `.unsettled`.
  package func analyze(bytes: [UInt8], inputName: String, isYoung: Bool) -> JobOutcome<AnalysisProducts> {
    guard
      let outcome = analyze(bytes: bytes, inputName: inputName, isYoung: isYoung, isWanted: { _ in true })
    else { preconditionFailure("what is wanted is analysed") }
    return outcome
  }

  /// The same where the result may be there already.
  /// - Parameter isWanted: is told the hash of what decides the result besides the input; not asked of an input that no
  ///   method gets to see.
  /// - Returns: `nil` where the result is not wanted.
  package func analyze(
    bytes: [UInt8], inputName: String, isYoung: Bool, isWanted: (_ modelSetHash: String) -> Bool
  ) -> JobOutcome<AnalysisProducts>? {
    let digest = SHA256Digest(of: bytes)
    var input = IntakeInput(
      bytes: bytes, name: inputName, isYoung: isYoung, sha256: digest.hexadecimal,
      seed: digest.leadingWord ^ seed)
    do {
      input.bytes = try Gunzip.unpacked(bytes)
    } catch {
      return JobOutcome(error, "\(printable(inputName)): \(error.sentence).", isYoung: isYoung)
    }
    guard let intake = intakes.first(where: { $0.recognizes(input.bytes) }) else {
      preconditionFailure("the last intake recognises everything")
    }
    if let hash = intake.modelSetHash, !isWanted(hash) { return nil }
    return intake.analyze(input)
  }
}
