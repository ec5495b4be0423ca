package import Analyses
package import JobContract
package import Observations
import ResultFiles

/// What an analysis leaves behind. The same input, models, seed and build give the same bytes; there is no clock
/// time in them.
package struct AnalysisProducts: Sendable {
  package enum Analysis: Sendable {
    case planets(SystemAnalysis)
    case spectrum(SpectrumAnalysis)
  }

  package let analysis: Analysis
  /// Files of the result's directory, lines of the logs.
  package let result: JobResult

  /// The analysis as text for a terminal.
  package var text: String {
    switch analysis {
    case .planets(let system): SystemText.text(for: system)
    case .spectrum(let spectrum): SpectrumText.text(for: spectrum)
    }
  }

  /// What was found of a record's planets; `nil` of a spectrum.
  package var system: SystemAnalysis? {
    if case .planets(let system) = analysis { system } else { nil }
  }

  /// What was found of a spectrum, if the input is one.
  package var spectrum: SpectrumAnalysis? {
    if case .spectrum(let spectrum) = analysis { spectrum } else { nil }
  }

  /// All flags, each once, by name.
  package var flags: [Flag] {
    let all =
      switch analysis {
      case .planets(let system): system.planets.flatMap(\.allFlags)
      case .spectrum(let spectrum): spectrum.flags
      }
    return all.uniqued.sorted { $0.name < $1.name }
  }
}
