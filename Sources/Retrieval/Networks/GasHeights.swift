package import Atmospheres
import Observations
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// How high atmospheres of one gas each stop the star's light, in some bins: from it, about what the spectrum of a mixture is.
///
/// Where opacities do not depend on height, the optical depth along a chord falls by e a scale height, so that heights z in the
/// mixture's own scale heights at the radius add up as e^z: z = ln(e^z0 + sum over the gases of (e^z_gas - e^z0)), with z0 that of
/// hydrogen and helium alone; haze and deck add to it. Gravity falls with height, so that of the disc's area
/// D = (1 - s z / (2 m))^-2 is dark, m the mixture's mean molecular mass over the one that s is made with, and where haze and deck
/// cover a part of the limb D is the mean of both parts. What this leaves out (opacities do depend on pressure, and
/// bins are no single opacities) is for the emulator's network to learn, which is easier than to learn what of a mixture is seen where.
package struct GasHeights: Sendable, Hashable {
  /// Of the planets that heights are computed for.
  package static let scaleHeightRatio = 3e-3
  package static let radius = 7e7

  /// Nothing is seen higher: scale heights from 10 bar to 1e-7 bar.
  private static let top = Float(log(1e8))

  package let bins: [Int]
  /// ln K, evenly spaced.
  package let logTemperatures: [Double]
  /// Numbers of log10 mixing ratios, evenly spaced over each gas' range.
  package let ratioCount: Int
  /// Temperatures x bins: hydrogen and helium. Heights are in each atmosphere's own scale heights.
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

  /// Numbers of a guess: level and shape.
  package var guessCount: Int { 1 + bins.count }

  /// Height in scale heights from the part of the disc's area that is dark.
  package static func height(relativeDepth: Double, scaleHeightRatio s: Double) -> Double {
    (1 - 1 / relativeDepth.squareRoot()) * 2 / s
  }

  /// The level and the shape of a row's mixture in these bins, as `SpectrumShape` has them.
  func guess(
    _ row: ArraySlice<Double>, _ space: AtmosphereSpace, into result: UnsafeMutablePointer<Float>
  ) {
    let width = bins.count
    let values = Array(row)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * width) { scratch in
      guard let mixed = scratch.baseAddress else { return }
      let rayleigh = mix(values, space, into: mixed, scratch: mixed + width)
      let s = Float(exp(values[0]))
      let own = s / Float(Self.massRatio(values, space))
      let depths = result + 1
      for j in 0..<width { depths[j] = Self.depth(log(mixed[j]), own) }
      cover(values, space, rayleigh: rayleigh, mixed, ratio: own, depths)
      var mean: Float = 0
      for j in 0..<width { mean += depths[j] }
      mean /= Float(width)
      result[0] = (mean - 1) / s
      for j in 0..<width { depths[j] = (depths[j] / mean - 1) / s }
    }
  }

  /// m: the mean molecular mass over that of the scale height.
  private static func massRatio(_ values: [Double], _ space: AtmosphereSpace) -> Double {
    // In exogan-2018 trace gases come on top of the others, elsewhere in their place.
    let added = space.name == .exoGAN2018 ? 1.0 : 0
    return space.gases.enumerated().reduce(1) { sum, gas in
      sum + (massExcess(of: gas.element) + added) * pow(10, values[3 + gas.offset])
    }
  }

  /// What a part of the molecules adds to m where it takes the others' place.
  package static func massExcess(of gas: Species) -> Double {
    gas.molarMass / AtmosphereSpace.scaleHeightMass - 1
  }

  /// A row with another amount of one gas and the scale height that it has: what such a row's spectrum differs by are the gas' features, not
  /// its weight.
  /// - Parameters:
  ///   - gas: its place among the space's.
  ///   - logRatio: log10 of the mixing ratio.
  package static func row(
    _ row: [Double], _ space: AtmosphereSpace, gas: Int, logRatio: Double
  ) -> [Double] {
    var other = row
    other[3 + gas] = logRatio
    other[0] = logScaleHeight(row, space, massFactor: massRatio(other, space) / massRatio(row, space))
    return other
  }

  /// A row whose scale height stays what it is when a gas comes to its atmosphere that the space does not have.
  static func row(
    _ row: [Double], _ space: AtmosphereSpace, adding foreign: Species, ratio: Double
  ) -> [Double] {
    var other = row
    let added = massExcess(of: foreign) * ratio
    other[0] = logScaleHeight(row, space, massFactor: 1 + added / massRatio(row, space))
    return other
  }

  private static func logScaleHeight(_ row: [Double], _ space: AtmosphereSpace, massFactor: Double) -> Double
  {
    let range = space.variables[0].range
    return min(max(row[0] + log(massFactor), range.lowerBound), range.upperBound)
  }

  private static func depth(_ height: Float, _ s: Float) -> Float {
    let inverse = 1 - min(max(height, 0), top) * s / 2
    return 1 / (inverse * inverse)
  }

  /// e^z of a row's gases.
  /// - Parameter scratch: room for twice as many numbers.
  /// - Returns: e^z of hydrogen and helium in the first bin.
  private func mix(
    _ values: [Double], _ space: AtmosphereSpace, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) -> Float {
    let width = bins.count
    let (one, alone) = (scratch, scratch + width)
    let (t, dt) = Self.place(
      values[1], from: logTemperatures[0], to: logTemperatures[logTemperatures.count - 1],
      count: logTemperatures.count)
    let isHot = AtmosphereSpace.temperature(values) >= AtmosphereSpace.hotFrom
    clear.withUnsafeBufferPointer { clear in
      for j in 0..<width { alone[j] = (1 - dt) * clear[t * width + j] + dt * clear[(t + 1) * width + j] }
    }
    Float.exponential(alone, alone, width)
    for j in 0..<width { result[j] = alone[j] }
    gases.withUnsafeBufferPointer { gases in
      for gas in 0..<gasCount {
        let variable = space.variables[3 + gas]
        // Not there: nothing to add.
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
    // Chords are as long as the root of radius times scale height.
    let longer = Float(
      exp(values[2]) / Self.radius
        * (exp(values[0]) / (Self.scaleHeightRatio * Self.massRatio(values, space))).squareRoot())
    for j in 0..<width { result[j] *= longer }
    return alone[0] * longer
  }

  /// Adds haze and deck to the part of the limb that they cover.
  /// - Parameters:
  ///   - rayleigh: e^z of hydrogen and helium in the first bin.
  ///   - mixed: e^z of the gases.
  ///   - depths: of the clear limb; then of the whole.
  private func cover(
    _ values: [Double], _ space: AtmosphereSpace, rayleigh: Float, _ mixed: UnsafeMutablePointer<Float>,
    ratio: Float, _ depths: UnsafeMutablePointer<Float>
  ) {
    guard let top = space.index("cloudTop"), let haze = space.index("log10Haze"),
      let slope = space.index("hazeSlope"), let fraction = space.index("cloudFraction")
    else { return }
    // The height of a pressure over the 10 bar of the radius.
    let deck = Float(10 / pow(10, values[top]))
    let hazeAtFirst = Float(pow(10, values[haze])) * rayleigh
    let covered = Float(values[fraction])
    let wavelengths = SpectralGrid.standard.wavelengths
    for (j, bin) in bins.enumerated() {
      let hazy = hazeAtFirst * Float(pow(wavelengths[bin] / wavelengths[bins[0]], values[slope]))
      let under = Self.depth(log(mixed[j] + hazy + deck), ratio)
      depths[j] = (1 - covered) * depths[j] + covered * under
    }
  }
}
