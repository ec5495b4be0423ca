import CLibXML2

/// An XML schema held in memory, to check results against; nothing but the given texts is opened.
package struct XMLSchema: ~Copyable {
  private let schema: xmlSchemaPtr

  /// The text is no schema that libxml2 accepts.
  package struct NotASchema: Error, Sendable, Hashable {}

  package init(_ text: String) throws(NotASchema) {
    Self.initializeLibrary
    let bytes = Array(text.utf8)
    // The parser copies what it needs, so the bytes have to live only until it is done.
    let schema = bytes.withUnsafeBytes { buffer -> xmlSchemaPtr? in
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let parser = xmlSchemaNewMemParserCtxt(start, Int32(buffer.count)) else { return nil }
      defer { xmlSchemaFreeParserCtxt(parser) }
      xmlSchemaSetParserStructuredErrors(parser, { _, _ in }, nil)
      return xmlSchemaParse(parser)
    }
    guard let schema else { throw NotASchema() }
    self.schema = schema
  }

  /// libxml2 builds the table of built-in types at first use, and not safely from several threads.
  private static let initializeLibrary: Void = {
    xmlInitParser()
    xmlSchemaInitTypes()
  }()

  deinit { xmlSchemaFree(schema) }

  /// What is wrong with `document`, one sentence each with its line; empty where it is valid.
  package borrowing func faults(in document: String) -> [String] {
    let bytes = Array(document.utf8)
    let tree = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, "UTF-8",
        Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue))
    }
    guard let tree else { return ["not well-formed"] }
    defer { xmlFreeDoc(tree) }
    guard let validation = xmlSchemaNewValidCtxt(schema) else { return ["out of memory"] }
    defer { xmlSchemaFreeValidCtxt(validation) }
    let faults = FaultList()
    return withExtendedLifetime(faults) {
      xmlSchemaSetValidStructuredErrors(
        validation,
        { user, error in
          guard let user, let error else { return }
          let message = error.pointee.message.map { String(cString: $0).trimmed } ?? "unknown fault"
          Unmanaged<FaultList>.fromOpaque(user).takeUnretainedValue().sentences
            .append("line \(error.pointee.line): \(message)")
        }, Unmanaged.passUnretained(faults).toOpaque())
      let status = xmlSchemaValidateDoc(validation, tree)
      if status != 0 && faults.sentences.isEmpty { return ["libxml2 could not validate: \(status)"] }
      return faults.sentences
    }
  }

  private final class FaultList {
    var sentences: [String] = []
  }
}
