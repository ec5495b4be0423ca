package import Observations

/// How one input file ends. Every reason is one sentence or two that name the file, the place and the cure.
package enum PipelineOutcome: Sendable {
  case done(AnalysisProducts)
  /// The input's fault: trying again does not help.
  case corrupt(reason: String)
  /// The file looks unfinished and is young: look again later.
  case unsettled(reason: String)
  /// Our fault.
  case failed(reason: String, isTemporary: Bool)
}

/// What an analysis leaves behind. The same input, models, seed and build give the same bytes; there is no clock
/// time in them.
package struct AnalysisProducts: Sendable {
  package struct File: Sendable, Hashable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// What was found of a system; of a spectrum it holds the object's name and no planets.
  package var analysis: SystemAnalysis
  /// What was found of a spectrum, if the input is one.
  package var spectrum: SpectrumAnalysis?
  /// `result.xml` of a planet record or `result.fits` of a spectrum; `summary.json` and `report.html`.
  package var files: [File]
  /// One line a planet for `log/results.log`, without the time.
  package var logLines: [String]
  /// The same for `log/results.jsonl`, each one JSON object.
  package var jsonLines: [String]
  /// The flags of all planets, each once, sorted.
  package var flags: [String]
}
