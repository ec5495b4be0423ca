/// A JSON value (RFC 8259): what results, logs, model files and their cards say to machines.
///
/// Members keep the order they were written in, so that the same value always gives the same bytes.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Written with the shortest digits that read back to the same value; `null` where not finite.
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Sendable, Hashable {
    package var key: String
    package var value: JSON

    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  package static func strings(_ strings: [String]) -> JSON { .array(strings.map(JSON.string)) }
}

// MARK: - Access

extension JSON {
  /// The member of that name, if this is an object that has one.
  package subscript(key: String) -> JSON? {
    members?.first { $0.key == key }?.value
  }

  package var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  package var elements: [JSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var integer: Int? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The number, whether it was written as an integer or not.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The numbers of an array that holds nothing else.
  package var numbers: [Double]? {
    guard let elements else { return nil }
    let values = elements.compactMap(\.number)
    return values.count == elements.count ? values : nil
  }
}
