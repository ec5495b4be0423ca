/// Other coordinates of the unit box, in which what data leave open together lies along straight lines.
package protocol Straightening: Sendable {
  /// - Parameter point: of the box.
  func numbers(_ point: [Double]) -> [Double]
  /// Inverse of `numbers`; it may lie outside the box.
  func point(_ numbers: [Double]) -> [Double]
}
