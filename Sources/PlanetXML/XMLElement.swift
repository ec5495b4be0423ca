/// One element of a parsed document, with everything below it: a plain value, free of the parser.
struct XMLElement: Sendable {
  /// The local name; a namespace prefix is left out.
  var name: String
  /// Local names and values, in the document's order.
  var attributes: [Attribute] = []
  var children: [XMLElement] = []
  /// All character data directly inside the element, joined.
  var text = ""
  /// Line of the start tag, from 1.
  var line: Int
  /// The namespace, where one is declared.
  var namespace: String?

  struct Attribute: Sendable {
    var name: String
    var value: String
  }

  subscript(attribute name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// How many elements of that name stand below.
  func count(of name: String) -> Int {
    children.reduce(0) { $0 + ($1.name == name ? 1 : 0) + $1.count(of: name) }
  }

  func children(named name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

/// What a document may be at most. Real catalogue records stay below 20 kB, 10 levels and 600 elements.
package struct XMLLimits: Sendable {
  package var bytes = 16 << 20
  package var depth = 64
  package var elements = 400_000
  /// libxml2 compares each attribute of an element with all before it: unbounded, that is quadratic in time.
  package var attributesPerElement = 256

  /// Planets, and stars: the largest system known has nine planets; a list of candidates is no system.
  package var bodies = 100

  package init() {}
}
