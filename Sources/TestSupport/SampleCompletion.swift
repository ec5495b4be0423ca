package import Analyses
import ExoGAN
import NumericalMethods
package import Observations
package import SpectrumCompleting

extension Samples {
  /// A retrieval of water at 10^(-3.4 +- 0.3) and 1139 +- 80 K, with carbon monoxide anywhere, before a flat spectrum of 1 %.
  package static func completion(
    flags: [Flag] = [], effectiveSampleSize: Double = 812, exoGAN: Bool = false, count: Int = 400
  ) -> CompletedAtmosphere {
    var random = SeededRandom(seed: 3)
    let rows = (0..<count).map { _ -> [Double] in
      let shared = random.normal()
      return [
        -3.4 + 0.3 * shared, random.uniform(-10, -1), 92 + 9 * random.normal(), 13.1 + 0.1 * random.normal(),
        1139 + 80 * (0.6 * shared + 0.8 * random.normal()),
      ]
    }
    let keys = ["log10H2O", "log10CO", "planetMass", "planetRadius", "temperature"]
    let bins = SpectralGrid.standard.count
    func depths(_ shift: Double) -> [Double] { (0..<bins).map { 0.01 + 1e-4 * Double($0 % 20) / 20 + shift } }
    var atmosphere = CompletedAtmosphere(
      network: NetworkIdentity(name: "completion-transmission", sha256: String(repeating: "9c", count: 32)),
      space: "transmission", opacities: String(repeating: "0f", count: 32),
      band: .init(mean: depths(0), lower: depths(-2e-5), upper: depths(2e-5)),
      parameters: keys.enumerated().map { column, key in
        .init(
          key: key, posterior: Posterior(draws: rows.map { $0[column] }), isConstrained: key != "log10CO")
      },
      samples: .init(
        keys: keys, rows: rows, weights: [Double](repeating: 1 / Double(count), count: count)),
      quality: .init(
        effectiveSampleSize: effectiveSampleSize, paretoShape: 0.2, logEvidence: 123.4, logEvidenceError: 0.1,
        chiSquared: 38.5, chiSquaredOfMean: 39.25, pointCount: 40, predictiveProbability: 0.5,
        forwardModels: 2900), flags: flags, remarks: ["A remark of the retrieval."])
    if exoGAN { atmosphere.exoGAN = exoGANAnswer() }
    return atmosphere
  }

  /// Parameters in the middle of their ranges, cells from 0 to 1.
  private static func exoGANAnswer() -> ExoGANAnswer {
    let bins = SpectralGrid.standard.count
    let observed = (0..<bins).map { $0 % 2 == 0 || $0 > 200 }
    let shown = ASPA(depth: [Double](repeating: 0.01, count: bins), isObserved: observed, parameters: [:])
    let known = ASPA(
      depth: [Double](repeating: 0.01, count: bins), isObserved: observed, parameters: [.temperature: 1100])
    return ExoGANAnswer(
      network: NetworkIdentity(name: "exogan-2018", sha256: String(repeating: "e9", count: 32)), steps: 50,
      before: known, masked: shown,
      completed: ASPA(cells: (0..<ASPALayout.count).map { Double($0) / Double(ASPALayout.count) }),
      parameters: Dictionary(
        uniqueKeysWithValues: ASPAParameter.allCases.map { parameter in
          let (low, high) = (parameter.range.lowerBound, parameter.range.upperBound)
          let (middle, quarter) = ((low + high) / 2, (high - low) / 4)
          return (
            parameter,
            .init(
              median: middle, p16: middle - quarter, p84: middle + quarter, p025: low, p975: high)
          )
        }),
      depth: (0..<bins).map { _ in .init(median: 0.0101, p16: 0.01, p84: 0.0102, p025: 0.009, p975: 0.011) })
  }

  /// The same spectrum as `spectrum(_:)`, completed.
  package static func completed(
    _ spectrum: Spectrum, _ atmosphere: CompletedAtmosphere?
  ) -> SpectrumAnalysis {
    let subject = PreparedSpectrum(spectrum)
    let finding = atmosphere.map { Finding($0, isObserved: subject.resampled.isObserved) }
    return SpectrumAnalysis(
      of: subject,
      answers: [
        MethodAnswer(method: CompletionMethod.description, findings: finding.map { [$0] } ?? [])
      ],
      provenance: Provenance(
        inputName: "x.fits", inputSHA256: "00", exospoolVersion: "1", networks: [], seed: 0))
  }

  /// Forty points of a transit depth of 1 % from 1.1 to 1.9 um.
  package static func fortyPoints() -> Spectrum {
    let wave = (0..<40).map { (1.1 + 0.02 * Double($0)) * 1e-6 }
    return Spectrum(
      kind: .transmission, kindSource: "key EXOKIND", layout: "table", wavelength: wave,
      lowerEdge: wave.map { $0 - 0.01e-6 }, upperEdge: wave.map { $0 + 0.01e-6 }, edgesAreGiven: true,
      value: wave.map { _ in 0.01 }, upperError: wave.map { _ in 5e-5 }, lowerError: wave.map { _ in 5e-5 },
      isMasked: wave.map { _ in false }, unit: "ppm", errorSource: "column err")
  }
}
