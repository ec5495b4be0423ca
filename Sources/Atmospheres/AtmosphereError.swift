/// What keeps a spectrum from being computed. All of these lie in the input, so none goes away by trying again.
package struct AtmosphereError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// A formula that is not one, or an element we hold no mass of.
    case unknownSpecies
    /// Mixing ratios outside 0...1, or more trace gas than atmosphere.
    case badComposition
    /// A profile without points, out of order, or with values that are not positive and finite.
    case badProfile
    /// The atmosphere is not bound by the planet's gravity.
    case unbound
    /// A table whose axes or values do not fit each other or the spectral grid.
    case badTable
    /// A temperature or pressure outside what a table holds.
    case outsideTable
    /// A gas for which no opacity was loaded.
    case missingOpacity
    /// Mass, radius or temperature that is not positive and finite.
    case badPlanet
    /// Measurements too few or outside the model's grid.
    case badData
  }

  package let code: Code
  /// A sentence without full stop: what, where, and what to do.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
