import CLibXML2
import PlainText

/// A libxml2 parser over bytes in memory, which yields a tree of plain values.
///
/// The SAX2 interface is used, so libxml2 builds no tree of its own, and every limit holds while the text is read.
/// Closed by construction: no network and no external file (nothing but the given bytes is ever opened), no entity
/// but the five of XML itself, no entity declarations, no external subset, and no XML_PARSE_HUGE.
struct XMLParser: ~Copyable {
  private let context: xmlParserCtxtPtr
  private let builder: TreeBuilder

  /// - Parameter utf8: must outlive the parser: libxml2 keeps the pointer.
  private init(over utf8: UnsafeBufferPointer<UInt8>, limits: XMLLimits) {
    Self.initializeLibrary
    let start = UnsafeRawPointer(utf8.baseAddress)?.assumingMemoryBound(to: CChar.self)
    guard let context = xmlCreateMemoryParserCtxt(start, Int32(utf8.count)) else {
      preconditionFailure("libxml2 gave no parser: out of memory")
    }
    self.context = context
    builder = TreeBuilder(limits: limits, context: context)
    // The encoding was settled before (XMLText), so what the declaration says is ignored.
    xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue))
    context.pointee.userData = Unmanaged.passUnretained(builder).toOpaque()
    install(on: &context.pointee.sax.pointee)
  }

  deinit { xmlFreeParserCtxt(context) }

  /// Parses `text` whole.
  static func tree(of text: XMLText, limits: XMLLimits) throws(PlanetXMLError) -> XMLElement {
    try refuseManyAttributes(text.utf8, limits: limits)
    let result = text.utf8.withUnsafeBufferPointer { buffer in
      let parser = XMLParser(over: buffer, limits: limits)
      return parser.parse()
    }
    return try result.get()
  }

  private borrowing func parse() -> Result<XMLElement, PlanetXMLError> {
    xmlParseDocument(context)
    if let refusal = builder.refusal { return .failure(refusal) }
    if let fault = builder.fault {
      let isAtEnd = fault.isAtEnd && (builder.isOpen || builder.root == nil)
      return .failure(
        isAtEnd
          ? PlanetXMLError(
            .truncated, line: fault.line, finding: "the record ends in the middle",
            cure: "Was it copied completely? Submit it again whole")
          : PlanetXMLError(
            .malformed, line: fault.line, finding: "this is not well-formed XML: \(fault.message)",
            cure: "Correct that line, or fetch the record anew"))
    }
    guard let root = builder.root else {
      return .failure(
        PlanetXMLError(
          .notXML, line: 1, finding: "no XML element was found",
          cure: "A planet record starts with <system>"))
    }
    return .success(root)
  }

  private static let initializeLibrary: Void = xmlInitParser()

  /// libxml2 compares the attributes of an element pairwise, before any callback could object.
  private static func refuseManyAttributes(_ utf8: [UInt8], limits: XMLLimits) throws(PlanetXMLError) {
    var signs = 0
    var isDeclaration = false
    for (index, byte) in utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "<"):
        signs = 0
        isDeclaration = index + 1 < utf8.count && utf8[index + 1] == UInt8(ascii: "!")
      case UInt8(ascii: ">"): isDeclaration = true
      case UInt8(ascii: "=") where !isDeclaration:
        signs += 1
        guard signs > limits.attributesPerElement else { continue }
        throw PlanetXMLError(
          .tooManyAttributes, line: XMLText.line(of: index, in: utf8),
          finding: "an element has more than \(limits.attributesPerElement) attributes",
          cure: "A planet record needs at most four on an element")
      default: continue
      }
    }
  }
}

// The callbacks are C functions, which capture nothing: what they use stands at file level.

private func install(on sax: inout xmlSAXHandler) {
  sax = xmlSAXHandler()
  sax.initialized = exospool_xml_sax2_magic()
  sax.serror = { user, error in
    guard let error else { return }
    treeBuilder(user).note(error.pointee)
  }
  sax.internalSubset = { user, name, _, _ in treeBuilder(user).documentType(string(name)) }
  sax.entityDecl = { user, name, _, _, _, _ in treeBuilder(user).refuseEntity(string(name), isDeclared: true)
  }
  sax.unparsedEntityDecl = { user, name, _, _, _ in
    treeBuilder(user).refuseEntity(string(name), isDeclared: true)
  }
  // The five predefined entities never come here.
  sax.getEntity = { user, name in
    treeBuilder(user).refuseEntity(string(name), isDeclared: false)
    return nil
  }
  sax.getParameterEntity = { user, name in
    treeBuilder(user).refuseEntity(string(name), isDeclared: false)
    return nil
  }
  sax.startElementNs = { user, name, _, uri, _, _, attributeCount, _, attributes in
    treeBuilder(user).start(
      string(name), namespace: uri.map { string($0) },
      attributes: attributeList(attributes, count: Int(attributeCount)))
  }
  sax.endElementNs = { user, _, _, _ in treeBuilder(user).end() }
  sax.characters = { user, text, count in treeBuilder(user).append(text, count: Int(count)) }
  sax.cdataBlock = { user, text, count in treeBuilder(user).append(text, count: Int(count)) }
  sax.ignorableWhitespace = { _, _, _ in }
}

private func treeBuilder(_ user: UnsafeMutableRawPointer?) -> TreeBuilder {
  guard let user else { preconditionFailure("libxml2 lost the parser's user data") }
  return Unmanaged<TreeBuilder>.fromOpaque(user).takeUnretainedValue()
}

private func string(_ text: UnsafePointer<xmlChar>?) -> String {
  text.map { String(decodingCString: $0, as: UTF8.self) } ?? ""
}

/// libxml2 hands attributes over in fives: local name, prefix, URI, start and end of the value, which is not
/// terminated.
private func attributeList(
  _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
) -> [XMLElement.Attribute] {
  guard let attributes else { return [] }
  return (0..<count).map { index in
    let five = attributes + 5 * index
    let value =
      if let start = five[3], let end = five[4] {
        String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
      } else {
        ""
      }
    return XMLElement.Attribute(name: string(five[0]), value: value)
  }
}

/// Collects the parser's events into a tree, and refuses what a record may not hold.
private final class TreeBuilder {
  struct Fault {
    var line: Int
    var message: String
    /// No tag ends after the place where the parser stumbled.
    var isAtEnd: Bool
  }

  private let limits: XMLLimits
  private let context: xmlParserCtxtPtr
  private var stack: [XMLElement] = []
  private var text: [[UInt8]] = []
  private var elementCount = 0
  private(set) var root: XMLElement?
  private(set) var refusal: PlanetXMLError?
  /// The first error that makes the text no XML; later ones are mostly its echo.
  private(set) var fault: Fault?

  init(limits: XMLLimits, context: xmlParserCtxtPtr) {
    self.limits = limits
    self.context = context
  }

  var isOpen: Bool { !stack.isEmpty }

  private var line: Int { max(1, Int(xmlSAX2GetLineNumber(context))) }

  private func refuse(_ code: PlanetXMLError.Code, _ finding: String, cure: String) {
    if refusal == nil { refusal = PlanetXMLError(code, line: line, finding: finding, cure: cure) }
    xmlStopParser(context)
  }

  func note(_ error: xmlError) {
    // Namespace mistakes (an undeclared prefix) leave well-formed XML.
    guard fault == nil, refusal == nil, error.level == XML_ERR_FATAL else { return }
    let message = error.message.map { String(cString: $0) } ?? "unknown fault"
    // A closing tag of another element is a mistake even at the very end.
    let isMismatch = error.code == Int32(XML_ERR_TAG_NAME_MISMATCH.rawValue)
    let isAtEnd = !isMismatch && context.pointee.input.map { !Self.holdsTagEnd($0.pointee) } ?? true
    fault = Fault(
      line: max(1, Int(error.line)), message: printable(message.trimmed, limit: 120), isAtEnd: isAtEnd)
  }

  /// Whether a ">" stands in what the parser has not read yet.
  private static func holdsTagEnd(_ input: xmlParserInput) -> Bool {
    guard let start = input.cur, let end = input.end, start < end else { return false }
    return UnsafeBufferPointer(start: start, count: end - start).contains(UInt8(ascii: ">"))
  }

  func documentType(_ name: String) {
    guard name.lowercased() == "html" else { return }
    refuse(.wrongRoot, "this is a web page (HTML), not a planet record", cure: "Download the raw XML file")
  }

  func refuseEntity(_ name: String, isDeclared: Bool) {
    refuse(
      .entities,
      isDeclared
        ? "the entity \"\(printable(name))\" is declared here, which is refused"
        : "the entity &\(printable(name)); is used, which is not one of XML's own five",
      cure: "Write the text itself in place of the entity")
  }

  func start(_ name: String, namespace: String?, attributes: [XMLElement.Attribute]) {
    guard refusal == nil else { return }
    elementCount += 1
    guard stack.count < limits.depth else {
      return refuse(
        .tooDeep, "elements are nested more than \(limits.depth) deep",
        cure: "A planet record needs about ten levels; is this one damaged?")
    }
    guard elementCount <= limits.elements else {
      return refuse(
        .tooManyElements, "the file has more than \(limits.elements) elements",
        cure: "Submit one planetary system a file")
    }
    stack.append(XMLElement(name: name, attributes: attributes, line: line, namespace: namespace))
    text.append([])
  }

  func end() {
    guard refusal == nil, var element = stack.popLast(), let content = text.popLast() else { return }
    element.text = String(decoding: content, as: UTF8.self)
    if stack.isEmpty {
      root = element
    } else {
      stack[stack.count - 1].children.append(element)
    }
  }

  func append(_ characters: UnsafePointer<xmlChar>?, count: Int) {
    guard refusal == nil, !text.isEmpty, let characters, count > 0 else { return }
    text[text.count - 1].append(contentsOf: UnsafeBufferPointer(start: characters, count: count))
  }
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
