package import Observations

#if canImport(Glibc)
  import Glibc
#endif

/// What each molecule does to a spectrum by temperature and mixing ratio, tabulated with the forward model, and from it the
/// smallest mixing ratio that an observation could show.
///
/// Transmission: the depth less that of the same atmosphere without the molecule, in units of one scale height's depth,
/// 2 R_p H / R_s^2. Eclipse: the logarithm of the ratio of both fluxes. Clear sky; clouds only raise a limit.
package struct DetectionLimits: Sendable, Hashable {
  package let kind: SpectrumKind
  package let molecules: [String]
  /// K, ascending.
  package let temperatures: [Double]
  /// log10 of mixing ratios, ascending: one row a molecule, all of one length.
  package let logMixingRatios: [[Double]]
  /// (molecules, temperatures, mixing ratios, bins), row-major.
  package let features: [Float]

  /// A feature counts from this many standard deviations.
  package static let sigmas = 3.0

  package init(
    kind: SpectrumKind, molecules: [String], temperatures: [Double], logMixingRatios: [[Double]],
    features: [Float]
  ) {
    precondition(logMixingRatios.count == molecules.count && !temperatures.isEmpty)
    let ratios = logMixingRatios.first?.count ?? 0
    precondition(logMixingRatios.allSatisfy { $0.count == ratios })
    precondition(
      features.count == molecules.count * temperatures.count * ratios * SpectralGrid.standard.count)
    self.kind = kind
    self.molecules = molecules
    self.temperatures = temperatures
    self.logMixingRatios = logMixingRatios
    self.features = features
  }

  /// Where something was seen, and how well.
  package struct Observation: Sendable, Hashable {
    /// Bins of the grid.
    package var bins: [Int]
    /// One standard deviation in each of `bins`, in units of one scale height's depth (transmission) or of the depth itself
    /// (eclipse).
    package var errors: [Double]
    /// K
    package var temperature: Double

    package init(bins: [Int], errors: [Double], temperature: Double) {
      precondition(bins.count == errors.count)
      self.bins = bins
      self.errors = errors
      self.temperature = temperature
    }
  }

  /// log10 of the smallest mixing ratio whose strongest feature reaches `sigmas`; nil where the largest tabulated, which is
  /// about the largest plausible, does not.
  package func limit(_ molecule: String, _ observation: Observation) -> Double? {
    guard let m = molecules.firstIndex(of: molecule), observation.bins.count >= 3 else { return nil }
    let ratios = logMixingRatios[m]
    var previous: (ratio: Double, strength: Double)?
    for (x, ratio) in ratios.enumerated() {
      let strength = self.strength(m, x, observation)
      if strength >= Self.sigmas {
        guard let previous, previous.strength > 0 else { return ratio }
        // Between two entries ln strength runs nearly straight in ln x.
        let fraction = log(Self.sigmas / previous.strength) / log(strength / previous.strength)
        return previous.ratio + fraction * (ratio - previous.ratio)
      }
      previous = (ratio, strength)
    }
    return nil
  }

  /// The strongest feature in standard deviations at one tabulated mixing ratio, linear in temperature between the table's.
  private func strength(_ molecule: Int, _ ratio: Int, _ observation: Observation) -> Double {
    let t = min(max(observation.temperature, temperatures[0]), temperatures[temperatures.count - 1])
    let above = max(temperatures.firstIndex { $0 >= t } ?? 0, min(1, temperatures.count - 1))
    let below = max(above - 1, 0)
    let span = temperatures[above] - temperatures[below]
    let fraction = span > 0 ? (t - temperatures[below]) / span : 0
    let low = row(molecule, below, ratio)
    let high = row(molecule, above, ratio)
    let change = observation.bins.map { bin in
      Double(features[low + bin]) * (1 - fraction) + Double(features[high + bin]) * fraction
    }
    return FeatureStrength.strongest(
      kind == .eclipse
        ? FeatureStrength.departures(ratios: change.map { exp($0) }, errors: observation.errors)
        : FeatureStrength.departures(differences: change, errors: observation.errors))
  }

  private func row(_ molecule: Int, _ temperature: Int, _ ratio: Int) -> Int {
    ((molecule * temperatures.count + temperature) * logMixingRatios[0].count + ratio)
      * SpectralGrid.standard.count
  }
}
