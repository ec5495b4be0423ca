import Observations
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// How high atmospheres of one gas each stop the star's light, in some bins: from it, about how high a mixture does.
///
/// Where opacities do not depend on height, the optical depth along a chord falls by e a scale height, so that heights z in
/// scale heights add up as e^z: z = ln(e^z0 + sum over the gases of (e^z_gas - e^z0)), with z0 that of hydrogen and helium alone.
/// Haze and deck add to it where they cover the limb. What this leaves out (opacities do depend on pressure, and bins are no
/// single opacities) is for the emulator's network to learn, which is easier than to learn what of a mixture is seen where.
package struct GasHeights: Sendable, Hashable {
  /// Of the planets that heights are computed for.
  package static let scaleHeightRatio = 3e-3
  package static let radius = 7e7

  package let bins: [Int]
  /// ln K, evenly spaced.
  package let logTemperatures: [Double]
  /// Numbers of log10 mixing ratios, evenly spaced over each gas' range.
  package let ratioCount: Int
  /// Temperatures x bins: hydrogen and helium.
  package let clear: [Float]
  /// Gases x temperatures x mixing ratios x bins.
  package let gases: [Float]

  package init(
    bins: [Int], logTemperatures: [Double], ratioCount: Int, clear: [Float], gases: [Float]
  ) {
    precondition(!bins.isEmpty && logTemperatures.count > 1 && ratioCount > 1)
    precondition(clear.count == logTemperatures.count * bins.count)
    precondition(gases.count % (clear.count * ratioCount) == 0)
    self.bins = bins
    self.logTemperatures = logTemperatures
    self.ratioCount = ratioCount
    self.clear = clear
    self.gases = gases
  }

  package var gasCount: Int { gases.count / (clear.count * ratioCount) }

  /// Where a number lies among evenly spaced ones: the place below and how far on to the next, 0 to 1.
  private static func place(_ value: Double, from low: Double, to high: Double, count: Int) -> (Int, Float) {
    let position = min(max((value - low) / (high - low), 0), 1) * Double(count - 1)
    let index = min(Int(position), count - 2)
    return (index, Float(position - Double(index)))
  }

  /// Heights of a row's mixture, one a bin, in scale heights.
  func heights(
    _ row: ArraySlice<Double>, _ space: AtmosphereSpace, into result: UnsafeMutablePointer<Float>
  ) {
    let width = bins.count
    let values = Array(row)
    let (t, dt) = Self.place(
      values[1], from: logTemperatures[0], to: logTemperatures[logTemperatures.count - 1],
      count: logTemperatures.count)
    let isHot = AtmosphereSpace.temperature(row) >= AtmosphereSpace.hotFrom
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * width) { scratch in
      guard let base = scratch.baseAddress else { return }
      let (one, alone) = (base, base + width)
      clear.withUnsafeBufferPointer { clear in
        for j in 0..<width {
          alone[j] = (1 - dt) * clear[t * width + j] + dt * clear[(t + 1) * width + j]
        }
      }
      let rayleigh = alone[0]
      Float.exponential(alone, alone, width)
      for j in 0..<width { result[j] = alone[j] }
      gases.withUnsafeBufferPointer { gases in
        for gas in 0..<gasCount {
          let variable = space.variables[3 + gas]
          // Not there: no height to add.
          if !isHot, AtmosphereSpace.isOnlyInHot(variable) { continue }
          let (x, dx) = Self.place(
            values[3 + gas], from: variable.range.lowerBound, to: variable.range.upperBound, count: ratioCount)
          let cold = ((gas * logTemperatures.count + t) * ratioCount + x) * width
          let warm = cold + ratioCount * width
          for j in 0..<width {
            let below = (1 - dx) * gases[cold + j] + dx * gases[cold + width + j]
            let above = (1 - dx) * gases[warm + j] + dx * gases[warm + width + j]
            one[j] = (1 - dt) * below + dt * above
          }
          Float.exponential(one, one, width)
          for j in 0..<width { result[j] += max(one[j] - alone[j], 0) }
        }
      }
      // Longer paths: chords are as long as the root of radius times scale height.
      let longer = Float(
        exp(values[2]) / Self.radius * exp(0.5 * values[0]) / Self.scaleHeightRatio.squareRoot())
      for j in 0..<width { result[j] *= longer }
      cover(values, space, rayleigh: exp(rayleigh) * longer, result)
      for j in 0..<width { result[j] = log(result[j]) }
    }
  }

  /// Adds haze and deck to e^z, over the part that they cover: e to the mean of the heights.
  /// - Parameter rayleigh: e^z of hydrogen and helium in the first bin.
  private func cover(
    _ values: [Double], _ space: AtmosphereSpace, rayleigh: Float, _ result: UnsafeMutablePointer<Float>
  ) {
    guard let top = space.index("cloudTop"), let haze = space.index("log10Haze"),
      let slope = space.index("hazeSlope"), let fraction = space.index("cloudFraction")
    else { return }
    // The height of a pressure over the 10 bar of the radius.
    let deck = Float(10 / pow(10, values[top]))
    let hazeAtFirst = Float(pow(10, values[haze])) * rayleigh
    let wavelengths = SpectralGrid.standard.wavelengths
    for (j, bin) in bins.enumerated() {
      let hazy = hazeAtFirst * Float(pow(wavelengths[bin] / wavelengths[bins[0]], values[slope]))
      result[j] *= pow((result[j] + hazy + deck) / result[j], Float(values[fraction]))
    }
  }
}
