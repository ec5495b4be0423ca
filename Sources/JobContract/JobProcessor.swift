/// What a worker does with one input. The service knows no formats and no methods: it is given one of these.
package protocol JobProcessor: Sendable {
  /// Hash of all that decides a result besides the input: models, versions, seed.
  var modelSetHash: String { get }

  /// Analyses one file's bytes.
  /// - Parameters:
  ///   - name: the name under which the file was dropped, printable.
  ///   - isYoung: the file came a short while ago, so an unfinished look means "not settled yet".
  func process(_ bytes: [UInt8], name: String, isYoung: Bool) -> JobOutcome<JobResult>
}
