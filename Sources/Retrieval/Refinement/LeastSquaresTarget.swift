/// A density in the unit box whose logarithm is minus half a sum of squares, but for a constant and what varies little.
package protocol LeastSquaresTarget: Sendable {
  /// What it takes to know the density at a point: one model.
  associatedtype Sample: Sendable

  var dimensions: Int { get }
  /// - Returns: nil where the density is 0.
  func sample(at point: [Double]) -> Sample?
  /// ln of the density.
  func logDensity(_ sample: Sample) -> Double
  /// What is squared, as many at every point.
  func residuals(_ sample: Sample) -> [Double]
}
