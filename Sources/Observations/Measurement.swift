package import Units

/// A measured quantity as catalogues give it: a value with one- or two-sided errors, or only a limit.
///
/// Errors are one standard deviation and positive, whatever sign the source wrote them with.
package struct Measurement<Dimension>: Sendable, Hashable {
  /// The best value; absent where the source gives only a limit.
  package var value: Quantity<Dimension>?
  /// Distance to the upper end of the 68 % interval.
  package var upperError: Quantity<Dimension>?
  /// Distance to the lower end of the 68 % interval.
  package var lowerError: Quantity<Dimension>?
  package var upperLimit: Quantity<Dimension>?
  package var lowerLimit: Quantity<Dimension>?

  package init(
    value: Quantity<Dimension>?, upperError: Quantity<Dimension>? = nil,
    lowerError: Quantity<Dimension>? = nil, upperLimit: Quantity<Dimension>? = nil,
    lowerLimit: Quantity<Dimension>? = nil
  ) {
    self.value = value
    self.upperError = upperError
    self.lowerError = lowerError
    self.upperLimit = upperLimit
    self.lowerLimit = lowerLimit
  }
}
