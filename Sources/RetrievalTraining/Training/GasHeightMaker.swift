package import Atmospheres
import NumericalMethods
import Observations
package import Retrieval
import Units

#if canImport(Glibc)
  import Glibc
#endif

extension GasHeights {
  private static let (temperatureCount, ratios, binStride) = (24, 10, 8)

  /// Computes the heights of atmospheres of one gas each, every gas of the space.
  /// - Parameter model: of the space's configuration, on the whole grid.
  package init(
    _ space: AtmosphereSpace, model: SpectrumModel, threads: Int
  ) throws(AtmosphereError) {
    let bins = Array(stride(from: Self.binStride / 2, to: model.grid.count, by: Self.binStride))
    let model = model.cut(to: bins)
    let range = space.variables[1].range
    let step = (range.upperBound - range.lowerBound) / Double(Self.temperatureCount - 1)
    let logTemperatures = (0..<Self.temperatureCount).map { range.lowerBound + step * Double($0) }
    // Gases, and temperatures of each; nil: hydrogen and helium alone.
    let gases: [Species?] = [nil] + space.gases.map { $0 } + (space.hasHydrogenAnion ? [nil] : [])
    let tasks = gases.indices.flatMap { gas in logTemperatures.map { (gas, $0) } }
    let made = concurrentMap(tasks, threads: threads) { gas, logTemperature in
      Result { () throws(AtmosphereError) -> [Float] in
        try Self.heights(gas, gases[gas], logTemperature, space, model)
      }
    }
    var heights: [Float] = []
    for one in made { heights += try one.get() }
    let clear = logTemperatures.count * bins.count
    self.init(
      bins: bins, logTemperatures: logTemperatures, ratioCount: Self.ratios, clear: Array(heights[..<clear]),
      gases: Array(heights[clear...]))
  }

  /// Of one gas at one temperature: mixing ratios x bins. The first is of none; a nil after it is H-.
  private static func heights(
    _ place: Int, _ gas: Species?, _ logTemperature: Double, _ space: AtmosphereSpace, _ model: SpectrumModel
  ) throws(AtmosphereError) -> [Float] {
    var row = space.variables.map(\.range.lowerBound)
    (row[0], row[1], row[2]) = (log(scaleHeightRatio), logTemperature, log(radius))
    var planet = space.planet(row)
    planet.gases = []
    planet.hydrogenAnion = nil
    planet.aerosols = .clear
    guard place > 0 else { return try heights(planet, model, massRatio: 1) }
    let range = space.variables[2 + place].range
    var result: [Float] = []
    for index in 0..<ratios {
      let ratio = pow(
        10, range.lowerBound + (range.upperBound - range.lowerBound) * Double(index) / Double(ratios - 1))
      if let gas { planet.gases = [TraceGas(gas, ratio)] } else { planet.hydrogenAnion = .constant(ratio) }
      result += try heights(planet, model, massRatio: 1 + ratio * (gas.map(massExcess) ?? 0))
    }
    return result
  }

  private static func heights(
    _ planet: PlanetAtmosphere, _ model: SpectrumModel, massRatio: Double
  ) throws(AtmosphereError) -> [Float] {
    try model.transitDepth(planet).map {
      Float(height(relativeDepth: $0, scaleHeightRatio: scaleHeightRatio / massRatio))
    }
  }
}

extension AtmosphereSpace {
  fileprivate var hasHydrogenAnion: Bool { index("log10H-") != nil }
}
