/// What a worker does with one input. The service knows no formats and no methods: it is given one of these.
package protocol JobProcessor: Sendable {
  /// Whether nothing in the file would say that the half of it is not the whole, as in a table of numbers.
  func isOpenEnded(_ bytes: [UInt8]) -> Bool
  /// Analyses one file's bytes.
  /// - Parameters:
  ///   - name: the name under which the file was dropped, printable.
  ///   - isYoung: the file came a short while ago, so an unfinished look means "not settled yet".
  ///   - isWanted: is told the hash of all that decides the result besides the input (version, seed, the networks and the
  ///     catalogue that have a say in inputs of its kind), and says whether to go on. Not asked where nothing is analysed.
  /// - Returns: `nil` where the result is not wanted.
  func process(
    _ bytes: [UInt8], name: String, isYoung: Bool, isWanted: (_ modelSetHash: String) -> Bool
  ) -> JobOutcome<JobResult>?
}
