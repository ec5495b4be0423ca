package import Observations

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
/// features have one size from the visible to the mid infrared. Where noise exceeds the depth a logarithm has no meaning;
/// asinh(d / 2 sigma) + ln 2 sigma goes over into it (Lupton, Gunn & Szalay 1999, AJ 118, 1406, equation 3).
package struct SpectrumEncoder: Sendable {
  /// Where a star's temperature is not known, K.
  package static let usualStarTemperature = 5500.0
  /// Shapes are held within this, so that one wild point cannot drown all others.
  package static let largestShape = 6.0

  private let wavelengths: [Double]
  private let temperatures: [Double]
  /// By temperature, then bin: ln of Planck's law without its constants, and d ln B / d ln T.
  private let logPlanck: [Double]
  private let slopes: [Double]

  /// Second radiation constant h c / k, m K (CODATA 2018).
  private static let c2 = 1.438776877e-2
  private static let coolest = 200.0
  private static let hottest = 4500.0
  private static let temperatureCount = 193

  package init() {
    wavelengths = SpectralGrid.centres
    let step = log(Self.hottest / Self.coolest) / Double(Self.temperatureCount - 1)
    temperatures = (0..<Self.temperatureCount).map { Self.coolest * exp(step * Double($0)) }
    var logPlanck: [Double] = []
    var slopes: [Double] = []
    for temperature in temperatures {
      for wavelength in SpectralGrid.centres {
        let x = Self.c2 / (wavelength * temperature)
        logPlanck.append(Self.logPlanck(x: x, wavelength: wavelength))
        slopes.append(x / -expm1(-x))
      }
    }
    self.logPlanck = logPlanck
    self.slopes = slopes
  }

  private static func logPlanck(x: Double, wavelength: Double) -> Double {
    -5 * log(wavelength) - x - log(-expm1(-x))
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
    let count = SpectralGrid.count
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
    let weights = Self.weights(bins.map { error[$0] })
    var sum = 0.0
    var total = 0.0
    for (place, bin) in bins.enumerated() {
      sum += weights[place] * depth[bin]
      total += weights[place]
    }
    let mean = sum / total
    let ones = [Double](repeating: 1, count: SpectralGrid.count)
    return scaled(
      residual: bins.map { depth[$0] - mean }, deviation: bins.map { error[$0] }, bins: bins,
      baseline: ones.map { $0 * mean }, sensitivity: ones, temperature: nil, kind: .transmission)
  }

  private func eclipse(
    _ depth: [Double], _ error: [Double], _ bins: [Int], _ starTemperature: Double
  ) -> EncodedSpectrum {
    let count = SpectralGrid.count
    let star = wavelengths.map {
      Self.logPlanck(x: Self.c2 / ($0 * starTemperature), wavelength: $0)
    }
    // ln d + ln B(star), and its deviation by d/dx asinh(x).
    let logs = bins.map { asinh(depth[$0] / (2 * error[$0])) + log(2 * error[$0]) + star[$0] }
    let deviations = bins.map {
      error[$0] / (depth[$0] * depth[$0] + 4 * error[$0] * error[$0]).squareRoot()
    }
    // Features are of some hundredths in ln T: smaller errors must not make few bins decide.
    let variances = deviations.map { $0 * $0 }
    /// The weighted mean offset at one temperature, and how badly it fits.
    func fit(_ index: Int) -> (offset: Double, cost: Double) {
      var s0 = 0.0
      var s1 = 0.0
      var s2 = 0.0
      logPlanck.withUnsafeBufferPointer { logPlanck in
        slopes.withUnsafeBufferPointer { slopes in
          let first = index * count
          for place in bins.indices {
            let bin = first + bins[place]
            let slope = slopes[bin]
            let weight = 1 / (variances[place] + 0.0009 * slope * slope)
            let y = logs[place] - logPlanck[bin]
            s0 += weight
            s1 += weight * y
            s2 += weight * y * y
          }
        }
      }
      return (s1 / s0, s2 - s1 * s1 / s0)
    }
    var best = 0
    var bestFit = fit(0)
    for (step, reach) in [(16, temperatures.count), (4, 12), (1, 3)] {
      let centre = best
      for index in stride(from: max(0, centre - reach), through: centre + reach, by: step)
      where index < temperatures.count && index != centre {
        let candidate = fit(index)
        if candidate.cost < bestFit.cost {
          best = index
          bestFit = candidate
        }
      }
    }
    let first = best * count
    let sensitivity = Array(slopes[first..<first + count])
    return scaled(
      residual: bins.indices.map {
        (logs[$0] - logPlanck[first + bins[$0]] - bestFit.offset) / sensitivity[bins[$0]]
      },
      deviation: bins.indices.map { deviations[$0] / sensitivity[bins[$0]] }, bins: bins,
      baseline: (0..<count).map { bestFit.offset + logPlanck[first + $0] - star[$0] },
      sensitivity: sensitivity, temperature: temperatures[best], kind: .eclipse)
  }

  private func scaled(
    residual: [Double], deviation: [Double], bins: [Int], baseline: [Double], sensitivity: [Double],
    temperature: Double?, kind: SpectrumKind
  ) -> EncodedSpectrum {
    let weights = Self.weights(deviation)
    var sum = 0.0
    var total = 0.0
    for (r, w) in zip(residual, weights) {
      sum += w * r * r
      total += w
    }
    let size = (sum / total).squareRoot()
    let amplitude = size > 0 ? size : 1
    var shape = [Double](repeating: 0, count: SpectralGrid.count)
    var noise = [Double](repeating: .infinity, count: SpectralGrid.count)
    for (place, bin) in bins.enumerated() {
      shape[bin] = min(max(residual[place] / amplitude, -Self.largestShape), Self.largestShape)
      noise[bin] = deviation[place] / amplitude
    }
    return EncodedSpectrum(
      shape: shape, noise: noise, amplitude: amplitude, baseline: baseline, sensitivity: sensitivity,
      temperature: temperature, kind: kind)
  }

  /// 1/(s^2 + median s^2): no point counts more than twice as much as the middling one.
  private static func weights(_ deviations: [Double]) -> [Double] {
    let sorted = deviations.sorted()
    let median = sorted[sorted.count / 2]
    return deviations.map { 1 / max($0 * $0 + median * median, .leastNormalMagnitude) }
  }
}
