package import NumericalMethods
package import Units

/// Measured transit depths.
package struct MeasuredDepths: Sendable, Hashable {
  /// Edges of each point, m.
  package var lower: [Double]
  package var upper: [Double]
  package var depth: [Double]
  /// One standard deviation.
  package var error: [Double]
  /// What each point was observed by: points of one instrument share an offset.
  package var instrument: [String]

  package init(lower: [Double], upper: [Double], depth: [Double], error: [Double], instrument: [String]) {
    precondition([upper.count, depth.count, error.count, instrument.count].allSatisfy { $0 == lower.count })
    self.lower = lower
    self.upper = upper
    self.depth = depth
    self.error = error
    self.instrument = instrument
  }

  package var count: Int { depth.count }
}

/// The best isothermal atmosphere of constant mixing ratios behind a transmission spectrum, by maximum likelihood.
///
/// Unknown are the radius at 10 bar, the temperature, each gas's mixing ratio, the top of a grey cloud deck, a haze
/// where asked for, and an offset of each instrument but the first where asked for. A maximum, not a posterior: errors are
/// those of the parabola at it, and other maxima may be as good.
package struct TransmissionFit: Sendable {
  package let model: SpectrumModel
  package var mass: Mass
  package var stellarRadius: Length
  package var gases: [Species]
  package var hasHaze = false
  package var hasOffsets = false

  package init(model: SpectrumModel, mass: Mass, stellarRadius: Length, gases: [Species]) {
    self.model = model
    self.mass = mass
    self.stellarRadius = stellarRadius
    self.gases = gases
  }

  package struct Result: Sendable {
    /// Name, value and error (nil: at a bound, or not constrained), in the order of the fit.
    package var parameters: [(name: String, value: Double, error: Double?)]
    /// The fitted depths at the data.
    package var depths: [Double]
    package var chiSquared: Double
    /// Of a constant depth, each instrument with its own where there are offsets.
    package var flatChiSquared: Double
    package var planet: PlanetAtmosphere
  }

  /// Fits from several temperatures and clouds, and returns the best.
  /// - Returns: nil where there is nothing to fit or no start has a spectrum.
  package func fit(_ data: MeasuredDepths) -> Result? {
    let used = data.lower.indices.filter { weights(data, $0) != nil && data.error[$0] > 0 }
    guard used.count > 3, let first = used.first else { return nil }
    let overlaps = used.map { weights(data, $0) ?? [] }
    let inverse = used.reduce(0) { $0 + 1 / (data.error[$1] * data.error[$1]) }
    let mean = used.reduce(0) { $0 + data.depth[$1] / (data.error[$1] * data.error[$1]) } / inverse
    let groups = Array(Set(used.map { data.instrument[$0] }.filter { $0 != data.instrument[first] })).sorted()
    let offsets = hasOffsets ? groups : []
    // 10 bar lies some ten scale heights below what transits show.
    let radius = mean.squareRoot() * stellarRadius.meters * 0.97

    var best: LevenbergMarquardt.Solution?
    for temperature in [700.0, 1100, 1600] {
      for cloud in [2.5, 5] {
        let start = parameters(radius: radius, temperature: temperature, cloud: cloud, offsets: offsets)
        let solution = LevenbergMarquardt().minimize(start.map(\.parameter)) { values in
          let planet = atmosphere(values)
          guard let spectrum = try? model.transitDepth(planet) else { return nil }
          return used.indices.map { place in
            let index = used[place]
            let shift = offset(values, data.instrument[index], offsets)
            return (binMean(spectrum, overlaps[place]) + shift - data.depth[index]) / data.error[index]
          }
        }
        if let solution, solution.sumOfSquares < best?.sumOfSquares ?? .infinity { best = solution }
      }
    }
    guard let best else { return nil }
    let planet = atmosphere(best.values)
    guard let spectrum = try? model.transitDepth(planet) else { return nil }
    let names = parameters(radius: radius, temperature: 1000, cloud: 3, offsets: offsets).map(\.name)
    return Result(
      parameters: names.indices.map { (names[$0], best.values[$0], best.errors[$0]) },
      depths: data.lower.indices.map { index in
        weights(data, index).map {
          binMean(spectrum, $0) + offset(best.values, data.instrument[index], offsets)
        }
          ?? .nan
      },
      chiSquared: best.sumOfSquares, flatChiSquared: flat(data, used, byInstrument: hasOffsets),
      planet: planet)
  }

  // MARK: Parameters: radius (Jupiter radii), T (K), log10 x of each gas, log10 cloud top (bar), haze, offsets (ppm)

  private func parameters(
    radius: Double, temperature: Double, cloud: Double, offsets: [String]
  ) -> [(name: String, parameter: LevenbergMarquardt.Parameter)] {
    typealias Parameter = LevenbergMarquardt.Parameter
    let jupiterRadii = radius / Constants.jupiterRadius
    var list: [(name: String, parameter: Parameter)] = [
      (
        "radius at 10 bar (Jupiter radii)",
        Parameter(
          start: jupiterRadii, bounds: jupiterRadii * 0.7...jupiterRadii * 1.1, step: 1e-4 * jupiterRadii)
      ),
      ("temperature (K)", Parameter(start: temperature, bounds: 300...2900, step: 2)),
    ]
    for gas in gases {
      list.append(("log10 x(\(gas))", Parameter(start: -4.5, bounds: -12 ... -1, step: 0.02)))
    }
    list.append(("log10 cloud top (bar)", Parameter(start: cloud - 5, bounds: -6...1, step: 0.02)))
    if hasHaze {
      list.append(("log10 haze over H2", Parameter(start: 0, bounds: -2...6, step: 0.02)))
      list.append(("haze slope", Parameter(start: -4, bounds: -12...0, step: 0.02)))
    }
    for name in offsets {
      list.append(("offset of \(name) (ppm)", Parameter(start: 0, bounds: -1000...1000, step: 1)))
    }
    return list
  }

  private func atmosphere(_ values: [Double]) -> PlanetAtmosphere {
    let afterGases = 2 + gases.count
    return PlanetAtmosphere(
      mass: mass, radius: Length(jupiterRadii: values[0]), stellarRadius: stellarRadius,
      temperature: .isothermal(Temperature(kelvins: values[1])),
      gases: gases.indices.map { TraceGas(gases[$0], pow(10, values[2 + $0])) },
      aerosols: Aerosols(
        cloudTop: Pressure(bars: pow(10, values[afterGases])),
        haze: hasHaze
          ? Haze(enhancement: pow(10, values[afterGases + 1]), slope: values[afterGases + 2]) : nil))
  }

  private func offset(_ values: [Double], _ instrument: String, _ offsets: [String]) -> Double {
    offsets.firstIndex(of: instrument).map { values[values.count - offsets.count + $0] * 1e-6 } ?? 0
  }

  // MARK: Bins

  /// The bins a point covers and how much of each; nil where it lies outside the grid.
  private func weights(_ data: MeasuredDepths, _ index: Int) -> [(bin: Int, weight: Double)]? {
    guard let edges = model.grid.edges, data.lower[index] >= edges[0],
      data.upper[index] <= edges[edges.count - 1]
    else { return nil }
    let list = model.grid.wavelengths.indices.compactMap { bin -> (bin: Int, weight: Double)? in
      let overlap = min(edges[bin + 1], data.upper[index]) - max(edges[bin], data.lower[index])
      return overlap > 0 ? (bin, overlap) : nil
    }
    return list.isEmpty ? nil : list
  }

  private func binMean(_ spectrum: [Double], _ weights: [(bin: Int, weight: Double)]) -> Double {
    weights.reduce(0) { $0 + spectrum[$1.bin] * $1.weight } / weights.reduce(0) { $0 + $1.weight }
  }

  private func flat(_ data: MeasuredDepths, _ used: [Int], byInstrument: Bool) -> Double {
    let groups = Dictionary(grouping: used) { byInstrument ? data.instrument[$0] : "" }
    return groups.keys.sorted().reduce(0) { sum, key in
      let members = groups[key] ?? []
      let inverse = members.reduce(0) { $0 + 1 / (data.error[$1] * data.error[$1]) }
      let mean = members.reduce(0) { $0 + data.depth[$1] / (data.error[$1] * data.error[$1]) } / inverse
      return members.reduce(sum) {
        let residual = (data.depth[$1] - mean) / data.error[$1]
        return $0 + residual * residual
      }
    }
  }
}
