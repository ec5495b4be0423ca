import Analyses
import FITSFiles
import JobContract
import Observations
import PlainText
import PlanetCatalogue
import Reports
import ResultFiles
import SpectrumReading

/// Spectra as FITS files or as text tables.
struct SpectrumIntake: FormatIntake {
  let methods: [any SpectrumMethod]
  let networks: [NetworkIdentity]
  let catalogue: PlanetCatalogue?
  let modelSetHash: String?

  func recognizes(_ bytes: [UInt8]) -> Bool { SpectrumReader.recognizes(bytes) }

  func analyze(_ input: IntakeInput) -> JobOutcome<AnalysisProducts> {
    if input.isYoung, input.bytes.last != UInt8(ascii: "\n"), SpectrumReader.isOpenEnded(input.bytes) {
      return .unsettled("\(printable(input.name)): the last line has no end yet.")
    }
    let spectrum: Spectrum
    do {
      spectrum = try SpectrumReader.read(input.bytes)
    } catch {
      // Sentences quote cells and keys, and those may hold anything.
      return JobOutcome(
        error, "\(printable(input.name)): \(printable(error.description, limit: 1500)).",
        isYoung: input.isYoung)
    }
    if input.isYoung, spectrum.flags.contains(.paddingMissing) {
      return .unsettled("\(printable(input.name)): the last FITS block is not complete yet.")
    }
    let subject = PreparedSpectrum(spectrum, context: SpectrumContext(of: spectrum, in: catalogue))
    return .done(
      products(
        of: SpectrumAnalysis(
          of: subject, answers: answers(to: subject, seed: input.seed),
          provenance: Provenance(
            inputName: input.name, inputSHA256: input.sha256, exospoolVersion: ExospoolVersion.current,
            networks: networks, seed: input.seed, catalogueHash: catalogue?.hash))))
  }

  private func answers(to subject: PreparedSpectrum, seed: UInt64) -> [MethodAnswer] {
    methods.reduce(into: []) { answers, method in
      let finding = method.finding(on: subject, after: answers.flatMap(\.findings), seed: seed)
      answers.append(MethodAnswer(method: method.description, findings: finding.map { [$0] } ?? []))
    }
  }

  private func products(of analysis: SpectrumAnalysis) -> AnalysisProducts {
    AnalysisProducts(
      analysis: .spectrum(analysis),
      result: JobResult(
        products: [
          JobProduct(name: "result.fits", bytes: SpectrumFITS.bytes(for: analysis)),
          JobProduct(name: "summary.json", bytes: Array(SpectrumJSON.document(for: analysis).document.utf8)),
          JobProduct(name: "report.html", bytes: Array(SpectrumReport.html(for: analysis).utf8)),
        ],
        logLines: [LogLine.text(for: analysis)], jsonLines: [SpectrumJSON.line(for: analysis)]))
  }
}
