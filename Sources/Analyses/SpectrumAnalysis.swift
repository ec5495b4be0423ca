package import Observations

/// The whole answer to one spectrum.
package struct SpectrumAnalysis: Sendable {
  package let subject: PreparedSpectrum
  /// One a registered method, in their order.
  package let answers: [MethodAnswer]
  package let provenance: Provenance

  package init(of subject: PreparedSpectrum, answers: [MethodAnswer] = [], provenance: Provenance) {
    self.subject = subject
    self.answers = answers
    self.provenance = provenance
  }

  package var spectrum: Spectrum { subject.spectrum }

  /// What holds for the whole: the flags of the spectrum and of all findings.
  package var flags: [Flag] { subject.flags + answers.flatMap(\.findings).flatMap(\.flags) }

  /// The same for people, one sentence each.
  package var remarks: [String] { subject.remarks + answers.flatMap(\.findings).flatMap(\.remarks) }
}
