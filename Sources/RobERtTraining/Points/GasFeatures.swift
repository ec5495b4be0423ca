package import Atmospheres
package import NumericalMethods
import Observations
package import Retrieval
import SpectralPrior
package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// A planet's spectrum and what each of its gases does to it, in heights: scale heights over the disc in transmission, brightness temperatures
/// over the space's less 1 in eclipse.
package struct GasFeatures: Sendable {
  /// One a bin.
  package let heights: [Double]
  /// By gas of the space: heights with its lines less those without.
  package let features: [[Double]]
  /// The same of a gas that the space does not have; it is not among `heights`.
  package var foreign: [Double]?

  /// - Parameter features: one a gas of the space.
  package init(heights: [Double], features: [[Double]]) {
    (self.heights, self.features) = (heights, features)
  }

  /// - Parameter forward: of the space's configuration, on the whole grid.
  package init(
    _ row: [Double], _ space: AtmosphereSpace, forward: SpectrumModel
  ) throws(AtmosphereError) {
    let spectra = try space.mutedHeights(row, forward)
    heights = spectra.whole
    let muted = Dictionary(uniqueKeysWithValues: spectra.muted.map { ($0.formula, $0.heights) })
    let bins = spectra.whole.indices
    features = space.gases.map { gas in
      guard let without = muted[gas.formula] else { return bins.map { _ in 0 } }
      return bins.map { spectra.whole[$0] - without[$0] }
    }
  }

  /// By gas of the space: what ten times its opacity would add to the heights, by the slope of less; from the emulator.
  package static func slopes(_ row: [Double], _ emulator: SpectrumEmulator) -> [[Double]] {
    let space = emulator.space
    var rows = row
    var steps: [Double] = []
    for (gas, variable) in space.variables.dropFirst(3).prefix(space.gases.count).enumerated() {
      let amount = row[3 + gas]
      let step = amount + Self.step <= variable.range.upperBound ? Self.step : -Self.step
      rows += GasHeights.row(row, space, gas: gas, logRatio: amount + step)
      steps.append(step)
    }
    let (levels, shapes) = emulator.shapes(
      of: Matrix(rows: 1 + steps.count, columns: space.count, elements: rows))
    let heights = (0...steps.count).map { place -> [Double] in
      let values = Array(shapes.row(place))
      guard space.kind == .transmission else { return values }
      // In scale heights of the row itself.
      let ratio = exp(rows[place * space.count])
      return SpectrumShape(level: levels[place], values: values).relativeDepths(scaleHeightRatio: ratio).map {
        ($0 - 1) / exp(row[0])
      }
    }
    return steps.indices.map { gas in
      zip(heights[1 + gas], heights[0]).map { ($0 - $1) / steps[gas] }
    }
  }

  private static let step = 0.3

  /// How heights change where tables are wrong: those of each gas by a level and by slow waves in ln wavelength.
  /// - Parameters:
  ///   - slopes: by gas.
  ///   - deviation: of the level, decades; of each wave half of it.
  package static func disturbance(
    _ slopes: [[Double]], deviation: Double, _ random: inout SeededRandom
  ) -> [Double] {
    let bins = slopes[0].count
    var result = [Double](repeating: 0, count: bins)
    for slope in slopes {
      let level = deviation * random.normal()
      let waves = (1...4).map {
        (Double($0), deviation * random.normal() / 2, 2 * Double.pi * random.uniform())
      }
      for bin in 0..<bins {
        let place = 2 * Double.pi * Double(bin) / Double(bins)
        let moved = waves.reduce(level) { $0 + $1.1 * sin($1.0 * place + $1.2) }
        result[bin] += moved * slope[bin]
      }
    }
    return result
  }
}

/// Gases that networks have no outlet for: what "something else" is learnt from.
package struct ForeignGases: Sendable {
  package static let species = ["PH3", "C2H4", "OH", "FeH", "SiO", "HCl"]
  /// log10 of mixing ratios.
  package static let ratios = -6.5 ... -3.0
  /// Of the draws, of the first gas: its bands lie where those of CO2 and SO2 do.
  private static let shareOfFirst = 0.5

  private let forward: SpectrumModel
  private let gases: [Species]

  /// - Parameter forward: of the space's configuration, on the whole grid; gases that it has no opacity of are left out.
  package init(_ forward: SpectrumModel, only formulas: [String] = species) {
    self.forward = forward
    gases = formulas.compactMap { formula in forward.species.first { $0.formula == formula } }
  }

  package var isEmpty: Bool { gases.isEmpty }

  /// What one of them adds to the heights of a row, one a bin.
  package func feature(
    _ row: [Double], _ space: AtmosphereSpace, heights: [Double], ratios: ClosedRange<Double> = ratios,
    _ random: inout SeededRandom
  ) throws(AtmosphereError) -> [Double] {
    let isFirst = random.uniform() < Self.shareOfFirst || gases.count == 1
    let gas = isFirst ? gases[0] : gases[1 + Int(random.uniform() * Double(gases.count - 1))]
    let ratio = pow(10, random.uniform(ratios.lowerBound, ratios.upperBound))
    let with = try space.heights(row, forward, adding: TraceGas(gas, ratio))
    return zip(with, heights).map { $0 - $1 }
  }
}
