import NumericalMethods
package import Observations
import Units

#if canImport(Glibc)
  import Glibc
#endif

/// A spectrum as the networks see it: 400 values of unit size, and how far each can be trusted.
package struct EncodedSpectrum: Sendable, Hashable {
  /// Shape of the spectrum in each bin, in units of `amplitude`; 0 where nothing was observed.
  package let shape: [Double]
  /// Its standard deviation, in the same unit; infinite where nothing was observed.
  package let noise: [Double]
  /// The size of what is left after the smooth part was taken away: the weighted root mean square.
  package let amplitude: Double
  /// The mean depth (transmission), or the depth of the deepest bin that stands out of its noise (eclipse).
  package let level: Double
  /// The smooth part in each bin: a depth (transmission) or the logarithm of one (eclipse).
  package let baseline: [Double]
  /// What one unit of shape times amplitude changes: 1 (transmission), d ln B / d ln T (eclipse).
  package let sensitivity: [Double]
  /// Temperature of the black body that was taken away, K; nil in transmission.
  package let temperature: Double?
  package let kind: SpectrumKind

  /// The network's inputs: 400 times q x shape, then 400 times q, with q = 1/(1 + noise^2), Wiener's weight of a measurement
  /// of a quantity of unit variance. A bin that was not observed has q = 0, so any coverage is an input like any other.
  package var inputs: [Float] {
    var inputs = [Float](repeating: 0, count: 2 * shape.count)
    for bin in shape.indices where noise[bin].isFinite {
      let quality = 1 / (1 + noise[bin] * noise[bin])
      inputs[bin] = Float(quality * shape[bin])
      inputs[shape.count + bin] = Float(quality)
    }
    return inputs
  }

  /// The depth at each bin of a spectrum with this one's baseline and amplitude, and another shape.
  package func depths(of shape: [Double]) -> [Double] {
    shape.indices.map { bin in
      let value = baseline[bin] + amplitude * sensitivity[bin] * shape[bin]
      return kind == .eclipse ? exp(value) : value
    }
  }
}

/// Takes from spectra what tells nothing about molecules - radius and temperature - and brings them to unit size.
///
/// Transmission: the weighted mean depth is taken away. Eclipse: the depth's logarithm less that of a black body over the
/// star's, temperature and size fitted, divided by d ln B / d ln T: the logarithm of a brightness temperature, whose
/// features have one size from the visible to the mid infrared. Where noise exceeds the depth a logarithm has no meaning:
/// asinh(d / 2 sigma), which goes over into it, is compared with the black body's (Lupton, Gunn & Szalay 1999, AJ 118, 1406,
/// equation 3), and a bin in which the black body is far below its noise has no say.
package struct SpectrumEncoder: Sendable {
  /// Where a star's temperature is not known, K.
  package static let usualStarTemperature = 5500.0
  /// Shapes are held within this, so that one wild point cannot drown all others.
  package static let largestShape = 6.0

  private let wavelengths: [Double]
  private let temperatures: [Double]
  /// -5 ln lambda in each bin.
  private let fifthPowers: [Double]
  /// By temperature, then bin: ln of Planck's law without its constants, and d ln B / d ln T.
  private let logPlanck: [Double]
  private let slopes: [Double]

  private static let c2 = Constants.secondRadiation
  private static let coolest = 200.0
  private static let hottest = 4500.0
  private static let temperatureCount = 193

  package init() {
    wavelengths = SpectralGrid.standard.wavelengths
    fifthPowers = wavelengths.map { -5 * log($0) }
    let step = log(Self.hottest / Self.coolest) / Double(Self.temperatureCount - 1)
    temperatures = (0..<Self.temperatureCount).map { Self.coolest * exp(step * Double($0)) }
    var logPlanck: [Double] = []
    var slopes: [Double] = []
    for temperature in temperatures {
      for (bin, wavelength) in wavelengths.enumerated() {
        let x = Self.c2 / (wavelength * temperature)
        logPlanck.append(Self.logPlanck(x, fifthPower: fifthPowers[bin]))
        slopes.append(Self.slope(x))
      }
    }
    self.logPlanck = logPlanck
    self.slopes = slopes
  }

  /// - Parameters:
  ///   - depth: one value a bin of the grid; read only where `isObserved`.
  ///   - error: one standard deviation, positive where observed.
  ///   - starTemperature: K; `usualStarTemperature` where not known.
  /// - Returns: nil where fewer than three bins are observed: no shape can be seen then.
  package func encode(
    depth: [Double], error: [Double], isObserved: [Bool], kind: SpectrumKind,
    starTemperature: Double = usualStarTemperature
  ) -> EncodedSpectrum? {
    let count = SpectralGrid.standard.count
    precondition(depth.count == count && error.count == count && isObserved.count == count)
    let bins = (0..<count).filter { isObserved[$0] }
    guard bins.count >= 3 else { return nil }
    switch kind {
    case .transmission: return transmission(depth, error, bins)
    case .eclipse: return eclipse(depth, error, bins, starTemperature)
    case .stellar: return nil
    }
  }

  private func transmission(_ depth: [Double], _ error: [Double], _ bins: [Int]) -> EncodedSpectrum {
    let weights = Self.weights(bins.map { error[$0] }, quantile: 0.5)
    var sum = 0.0
    var total = 0.0
    for (place, bin) in bins.enumerated() {
      sum += weights[place] * depth[bin]
      total += weights[place]
    }
    let mean = sum / total
    let ones = [Double](repeating: 1, count: SpectralGrid.standard.count)
    return scaled(
      residual: bins.map { depth[$0] - mean }, deviation: bins.map { error[$0] }, bins: bins,
      level: mean, baseline: ones.map { $0 * mean }, sensitivity: ones, temperature: nil,
      kind: .transmission)
  }

  private func eclipse(
    _ depth: [Double], _ error: [Double], _ bins: [Int], _ starTemperature: Double
  ) -> EncodedSpectrum {
    let count = SpectralGrid.standard.count
    let star = wavelengths.indices.map {
      Self.logPlanck(Self.c2 / (wavelengths[$0] * starTemperature), fifthPower: fifthPowers[$0])
    }
    let measured = bins.map { asinh(depth[$0] / (2 * error[$0])) }
    let deviations = bins.map { error[$0] / (depth[$0] * depth[$0] + 4 * error[$0] * error[$0]).squareRoot() }
    // ln of one standard deviation: asinh(d / 2 sigma) + ln sigma is ln d where d is well above it.
    let logUnits = bins.map { log(error[$0]) + star[$0] }

    // First the bins that are well above their noise, as logarithms; then the others too, around what that gave.
    let isBright = bins.map { depth[$0] > 3 * error[$0] }
    let areEnough = isBright.count(where: { $0 }) >= max(5, bins.count / 10)
    var points = BlackBodyPoints(bins: bins)
    for place in bins.indices where isBright[place] || !areEnough {
      points.set(place, value: measured[place] + logUnits[place], deviation: deviations[place])
    }
    var body = fitBlackBody(points, centre: nil)
    for place in bins.indices where !isBright[place] {
      let logModel = body.offset + logPlanck[body.index * count + bins[place]]
      let (model, share) = Self.asinhModel(logModel - logUnits[place])
      points.set(
        place, value: logModel + (measured[place] - model) / share, deviation: deviations[place] / share)
    }
    body = fitBlackBody(points, centre: body.index)

    let first = body.index * count
    let sensitivity = Array(slopes[first..<first + count])
    var residual: [Double] = []
    var deviation: [Double] = []
    for (place, bin) in bins.enumerated() {
      var (model, share) = Self.asinhModel(body.offset + logPlanck[first + bin] - logUnits[place])
      // What shines where the black body is dark has been seen.
      if isBright[place] { share = max(share, tanh(measured[place])) }
      residual.append((measured[place] - model) / (share * sensitivity[bin]))
      deviation.append(deviations[place] / (share * sensitivity[bin]))
    }
    let level = bins.indices.reduce(0) { isBright[$1] ? max($0, depth[bins[$1]]) : $0 }
    return scaled(
      residual: residual, deviation: deviation, bins: bins, level: level,
      baseline: (0..<count).map { body.offset + logPlanck[first + $0] - star[$0] },
      sensitivity: sensitivity, temperature: temperatures[body.index], kind: .eclipse)
  }

  /// asinh(m / 2 sigma) of a model, and how much of a change in ln m reaches it: next to nothing where m is far below sigma.
  /// - Parameter logRatio: ln(m / sigma).
  private static func asinhModel(_ logRatio: Double) -> (value: Double, share: Double) {
    let ratio = exp(min(max(logRatio, -14), 40)) / 2
    return (asinh(ratio), ratio / (ratio * ratio + 1).squareRoot())
  }

  /// ln of Planck's law without its constants.
  /// - Parameters:
  ///   - x: h c / lambda k T.
  ///   - fifthPower: -5 ln lambda.
  private static func logPlanck(_ x: Double, fifthPower: Double) -> Double {
    fifthPower - x - log(-expm1(-x))
  }

  private static func slope(_ x: Double) -> Double { x / -expm1(-x) }

  /// d ln B / d ln T of Planck's law.
  /// - Parameters: m, K.
  package static func slope(wavelength: Double, temperature: Double) -> Double {
    slope(c2 / (wavelength * temperature))
  }

  /// Logarithms that a black body is fitted to.
  private struct BlackBodyPoints {
    let bins: [Int]
    var values: [Double]
    /// Infinite where a point is left out.
    var variances: [Double]

    init(bins: [Int]) {
      self.bins = bins
      values = [Double](repeating: 0, count: bins.count)
      variances = [Double](repeating: .infinity, count: bins.count)
    }

    mutating func set(_ place: Int, value: Double, deviation: Double) {
      values[place] = value
      variances[place] = deviation * deviation
    }
  }

  /// The black body of any size that fits best: its place among the temperatures, and ln of its size.
  /// - Parameter centre: a temperature known to be near.
  private func fitBlackBody(_ points: BlackBodyPoints, centre: Int?) -> (index: Int, offset: Double) {
    let count = SpectralGrid.standard.count
    /// The weighted mean offset at one temperature, and how badly it fits.
    func fit(_ index: Int) -> (offset: Double, cost: Double) {
      var s0 = 0.0
      var s1 = 0.0
      var s2 = 0.0
      let first = index * count
      logPlanck.withUnsafeBufferPointer { logPlanck in
        slopes.withUnsafeBufferPointer { slopes in
          points.bins.withUnsafeBufferPointer { bins in
            points.values.withUnsafeBufferPointer { values in
              points.variances.withUnsafeBufferPointer { variances in
                for place in bins.indices {
                  let bin = first + bins[place]
                  let slope = slopes[bin]
                  // Features are of some hundredths in ln T: smaller errors must not make few bins decide.
                  let weight = 1 / (variances[place] + 0.0009 * slope * slope)
                  let y = values[place] - logPlanck[bin]
                  s0 += weight
                  s1 += weight * y
                  s2 += weight * y * y
                }
              }
            }
          }
        }
      }
      return (s1 / s0, s2 - s1 * s1 / s0)
    }
    var best = centre ?? 0
    var bestFit = fit(best)
    let searches = centre == nil ? [(16, temperatures.count), (4, 12), (1, 3)] : [(4, 12), (1, 3)]
    for (step, reach) in searches {
      let middle = best
      for index in stride(from: max(0, middle - reach), through: middle + reach, by: step)
      where index < temperatures.count && index != middle {
        let candidate = fit(index)
        if candidate.cost < bestFit.cost {
          best = index
          bestFit = candidate
        }
      }
    }
    return (best, bestFit.offset)
  }

  private func scaled(
    residual: [Double], deviation: [Double], bins: [Int], level: Double, baseline: [Double],
    sensitivity: [Double], temperature: Double?, kind: SpectrumKind
  ) -> EncodedSpectrum {
    // In an eclipse most bins can be too dark to see: the best fifth sets the scale.
    let weights = Self.weights(deviation, quantile: kind == .eclipse ? 0.2 : 0.5)
    var sum = 0.0
    var total = 0.0
    for (r, w) in zip(residual, weights) {
      sum += w * r * r
      total += w
    }
    let size = (sum / total).squareRoot()
    let amplitude = size > 0 ? size : 1
    var shape = [Double](repeating: 0, count: SpectralGrid.standard.count)
    var noise = [Double](repeating: .infinity, count: SpectralGrid.standard.count)
    for (place, bin) in bins.enumerated() {
      shape[bin] = min(max(residual[place] / amplitude, -Self.largestShape), Self.largestShape)
      noise[bin] = deviation[place] / amplitude
    }
    return EncodedSpectrum(
      shape: shape, noise: noise, amplitude: amplitude, level: level, baseline: baseline,
      sensitivity: sensitivity, temperature: temperature, kind: kind)
  }

  /// 1/(s^2 + q^2), q a quantile of s: no point counts more than twice as much as that one.
  private static func weights(_ deviations: [Double], quantile: Double) -> [Double] {
    let floor = orderStatistic(deviations, quantile) ?? 0
    return deviations.map { 1 / max($0 * $0 + floor * floor, .leastNormalMagnitude) }
  }
}
