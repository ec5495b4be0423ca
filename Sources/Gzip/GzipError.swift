import JobContract

/// Why compressed bytes give no content.
package struct GzipError: InputFault, Hashable {
  package enum Code: Sendable, Hashable {
    /// The bytes end before the compressed stream does.
    case truncated
    /// The stream contradicts itself, or its checksum.
    case damaged
    /// The content has more bytes than allowed.
    case tooLarge(limit: Int)
    /// The content is packed again.
    case packedTwice
  }

  package var code: Code
  /// Offset in the compressed bytes at which the fault showed.
  package var offset: Int

  package init(_ code: Code, offset: Int) {
    self.code = code
    self.offset = offset
  }

  /// What is wrong and what to do, without the last full stop.
  package var sentence: String {
    switch code {
    case .truncated: "the gzip file ends in the middle. Was it copied completely? Submit it again whole"
    case .damaged: "the gzip file is damaged near byte \(offset). Pack or fetch it anew"
    case .tooLarge(let limit):
      "unpacked it has more than \(limit >> 20) MiB. Submit one system or spectrum a file"
    case .packedTwice: "it is packed with gzip twice. Unpack it first (gunzip)"
    }
  }

  /// The file may be whole a moment later.
  package var mayStillGrow: Bool { code == .truncated }
}
