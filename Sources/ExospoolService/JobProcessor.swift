/// What a worker does with one input. The service knows no formats and no methods: it is given one of these.
package protocol JobProcessor: Sendable {
  /// Hash of all that decides a result besides the input: models, versions, seed.
  var modelSetHash: String { get }

  /// Analyses one file's bytes.
  /// - Parameters:
  ///   - name: the name under which the file was dropped, printable.
  ///   - isYoung: the file came a short while ago, so an unfinished look means "not settled yet".
  func process(_ bytes: [UInt8], name: String, isYoung: Bool) -> JobOutcome
}

/// A file of a result.
package struct JobProduct: Sendable, Hashable {
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// How an input ends. Each reason is a sentence for a person.
package enum JobOutcome: Sendable, Hashable {
  case done(products: [JobProduct], logLines: [String], jsonLines: [String])
  /// The input's fault.
  case corrupt(String)
  /// The file is still being written.
  case unsettled(String)
  /// Our fault; temporary when another attempt may succeed.
  case failed(String, isTemporary: Bool)
}
