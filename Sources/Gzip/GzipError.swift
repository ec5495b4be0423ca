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

  /// The file may be whole a moment later.
  package var isTemporary: Bool { code == .truncated }
}
