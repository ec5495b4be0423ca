/// Why a planet has no interior solution.
package struct InteriorsError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable, CaseIterable {
    /// An input that no planet can have: a negative mass, fractions that do not sum to one.
    case invalidParameter
    /// A pressure or temperature outside the range of an equation of state.
    case outsideValidity
    /// The envelope has no outer boundary within the planet's gravity.
    case unbound
    /// The search for the radius did not end.
    case notConverged
  }

  package var code: Code
  /// What was out of range, with its value and the range, for people.
  package var context: String

  package init(_ code: Code, _ context: String) {
    self.code = code
    self.context = context
  }

  package var description: String { "\(code.rawValue): \(context)" }
}
