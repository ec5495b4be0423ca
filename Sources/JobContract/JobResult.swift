/// What an analysis leaves behind. The same input, models, seed and build give the same bytes; there is no clock time in them.
package struct JobResult: Sendable, Hashable {
  /// The files of the result's directory.
  package var products: [JobProduct]
  /// Lines for `log/results.log`, without time and id.
  package var logLines: [String]
  /// The same for `log/results.jsonl`, each one JSON object.
  package var jsonLines: [String]

  package init(products: [JobProduct], logLines: [String], jsonLines: [String]) {
    self.products = products
    self.logLines = logLines
    self.jsonLines = jsonLines
  }
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
