package import Analyses
package import Observations
package import RobERt

extension Samples {
  /// One molecule of each verdict, and a dream that leaves the plot on both sides.
  package static func recognition(inDomain: Bool = true) -> MoleculeRecognition {
    MoleculeRecognition(
      model: "robert-transmission", modelHash: String(repeating: "ab", count: 32),
      molecules: [
        .init(name: "H2O", probability: 0.9991, isDetectable: true, logDetectionLimit: -5.26, verdict: .seen),
        .init(name: "CO2", probability: 0.966, isDetectable: true, logDetectionLimit: -6, verdict: .seen),
        .init(name: "CO", probability: 0.5, isDetectable: true, logDetectionLimit: -3, verdict: .unclear),
        .init(
          name: "Na", probability: 0.31, isDetectable: false, logDetectionLimit: nil, verdict: .cannotTell),
        .init(
          name: "CH4", probability: 0.001, isDetectable: true, logDetectionLimit: -6.5, verdict: .notSeen),
      ], inDomain: inDomain, distance: 1.234, distanceLimit: 3,
      dream: SpectrumDream(
        molecule: "H2O", depth: (0..<SpectralGrid.standard.count).map { 0.01 + ($0 % 2 == 0 ? 1 : -1) * 1e-3 }
      ),
      flags: [.errorsEstimated], remarks: ["A remark of the network."])
  }

  /// - Parameter recognition: none where no network reads such spectra.
  package static func spectrum(
    _ spectrum: Spectrum, context: SpectrumContext? = nil, recognition: MoleculeRecognition? = nil,
    provenance: Provenance = Provenance(
      inputName: "x.fits", inputSHA256: "00", exospoolVersion: "1", networks: [], seed: 0)
  ) -> SpectrumAnalysis {
    SpectrumAnalysis(
      of: PreparedSpectrum(spectrum, context: context),
      answers: [
        MethodAnswer(
          method: RecognitionMethod.description, findings: recognition.map { [Finding($0)] } ?? [])
      ], provenance: provenance)
  }
}
