/// Why compressed bytes give no content.
package struct GzipError: Error, Sendable, Hashable {
  package enum Code: String, Sendable, Hashable {
    /// The bytes end before the compressed stream does.
    case truncated
    /// The stream contradicts itself, or its checksum.
    case damaged
    /// The content is larger than allowed.
    case tooLarge
  }

  package var code: Code
  /// Offset in the compressed bytes at which the fault showed.
  package var offset: Int

  package init(_ code: Code, offset: Int) {
    self.code = code
    self.offset = offset
  }

  /// What is wrong and what to do, in sentences.
  /// - Parameter limit: the most bytes that were allowed.
  package func reason(limit: Int) -> String {
    switch code {
    case .truncated: "the gzip file ends in the middle. Was it copied completely? Submit it again whole."
    case .damaged: "the gzip file is damaged near byte \(offset). Pack or fetch it anew."
    case .tooLarge: "unpacked it has more than \(limit >> 20) MiB. Submit one system or spectrum a file."
    }
  }

  /// The file may be whole a moment later.
  package var isTemporary: Bool { code == .truncated }
}
