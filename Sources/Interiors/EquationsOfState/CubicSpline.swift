/// The four cubic B-splines on evenly spaced knots that are not zero at a point.
///
/// With n intervals there are n + 3 splines; beyond the ends the position is held at them.
struct CubicSpline {
  /// The first of the four.
  let first: Int
  let values: SIMD4<Double>
  /// Their derivatives by the coordinate.
  let slopes: SIMD4<Double>

  init(at point: Double, from start: Double, step: Double, intervals: Int) {
    let position = min(max((point - start) / step, 0), Double(intervals))
    first = min(Int(position), intervals - 1)
    let t = position - Double(first)
    let s = 1 - t
    values = SIMD4(s * s * s, (3 * t - 6) * t * t + 4, ((3 - 3 * t) * t + 3) * t + 1, t * t * t) / 6
    slopes = SIMD4(-s * s, (3 * t - 4) * t, (2 - 3 * t) * t + 1, t * t) / (2 * step)
  }
}
