import FITSFiles
import Observations
import PlainText
import PlanetCatalogue
import Reports
import RobERt
import SpectrumReading

/// Spectra as FITS files or as text tables.
struct SpectrumIntake: FormatIntake {
  let recognizers: RobERtModelSet
  /// Of all models, as every result lists them.
  let modelHashes: [String: String]
  let catalogue: PlanetCatalogue?

  func recognizes(_ bytes: [UInt8]) -> Bool { isFITS(bytes) || SpectrumTextFile.recognizes(bytes) }

  /// A file shorter than a card counts by what there is of it.
  private func isFITS(_ bytes: [UInt8]) -> Bool {
    FITSStructure.looksLikeFITS(bytes) || bytes.starts(with: Array("SIMPLE  =".utf8))
  }

  func analyze(_ input: IntakeInput) -> PipelineOutcome {
    let spectrum: Spectrum
    do {
      spectrum =
        isFITS(input.bytes)
        ? try SpectrumFile.spectrum(input.bytes) : try SpectrumTextFile.spectrum(input.bytes)
    } catch {
      // Sentences quote cells and keys, and those may hold anything.
      let reason = "\(printable(input.name)): \(printable(error.detail, limit: 1500))."
      if error.isTemporary { return .failed(reason: reason, isTemporary: true) }
      return input.isYoung && error.isUnsettled ? .unsettled(reason: reason) : .corrupt(reason: reason)
    }
    if input.isYoung, spectrum.flags.contains("padding-missing") {
      return .unsettled(reason: "\(printable(input.name)): the last FITS block is not complete yet.")
    }
    var analysis = SpectrumAnalysis(
      of: spectrum, context: SpectrumContext(of: spectrum, in: catalogue),
      provenance: Provenance(
        inputName: input.name, inputSHA256: input.sha256, exospoolVersion: ExospoolVersion.current,
        modelHashes: modelHashes, seed: input.seed, catalogueHash: catalogue?.hash))
    if let molecules = recognizers.recognition(
      of: spectrum, resampled: analysis.resampled, context: RecognitionContext(of: analysis.context))
    {
      analysis.take(molecules)
    }
    return .done(products(of: analysis))
  }

  private func products(of analysis: SpectrumAnalysis) -> AnalysisProducts {
    var products = AnalysisProducts(
      analysis: SystemAnalysis(
        names: analysis.spectrum.object.map { [$0] } ?? [], planets: [], remarks: analysis.remarks,
        provenance: analysis.provenance),
      files: [
        .init(name: "result.fits", bytes: SpectrumResult.fits(for: analysis)),
        .init(name: "summary.json", bytes: Array(SpectrumSummary.json(for: analysis).document.utf8)),
        .init(name: "report.html", bytes: Array(SpectrumReport.html(for: analysis).utf8)),
      ],
      logLines: [SpectrumSummary.line(for: analysis)], jsonLines: [SpectrumSummary.jsonLine(for: analysis)],
      flags: Set(analysis.flags).sorted())
    products.spectrum = analysis
    return products
  }
}
