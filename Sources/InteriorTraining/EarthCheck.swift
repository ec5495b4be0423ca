package import InteriorMDN
package import Observations
import Units

/// Earth as a distant observer would measure it, against what is known of its interior.
package struct EarthCheck: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    package var quantity: InteriorQuantity
    package var posterior: Posterior
    /// From PREM (Dziewonski & Anderson 1981, PEPI 25, 297) and, for the temperature, the mantle side of the boundary.
    package var truth: Double?

    package var isInside68: Bool? { truth.map { ($0 >= posterior.p16) && ($0 <= posterior.p84) } }
    package var isInside95: Bool? { truth.map { ($0 >= posterior.p025) && ($0 <= posterior.p975) } }
    /// Half the 68 % interval over the median.
    package var relativeHalfWidth: Double { (posterior.p84 - posterior.p16) / 2 / posterior.p50 }
  }

  package var answer: InteriorPosterior
  package var rows: [Row]

  /// Mass and radius to 1 %, Fe/(Mg+Si) = 0.475, k2 = 0.934 to 10 %, equilibrium temperature 255 K.
  package static let observation = InteriorObservation(
    mass: Measurement(
      value: Mass(earthMasses: 1), upperError: Mass(earthMasses: 0.01), lowerError: Mass(earthMasses: 0.01)),
    radius: Measurement(
      value: Length(earthRadii: 1), upperError: Length(earthRadii: 0.01), lowerError: Length(earthRadii: 0.01)
    ),
    equilibriumTemperature: Measurement(
      value: Temperature(kelvins: 255), upperError: Temperature(kelvins: 0),
      lowerError: Temperature(kelvins: 0)),
    loveNumber: Measurement(value: Ratio(0.934), upperError: Ratio(0.0934), lowerError: Ratio(0.0934)),
    ironToMagnesiumSilicon: Measurement(value: Ratio(0.475), upperError: Ratio(0), lowerError: Ratio(0)))

  private static let truths: [InteriorQuantity: Double] = [
    .coreRadiusFraction: 0.546, .mantleRadiusFraction: 0.453, .coreMassFraction: 0.325,
    .mantleMassFraction: 0.675, .cmbPressure: 135.75, .cmbTemperature: 2600,
  ]

  package init(_ network: InteriorNetwork, modelHash: String, seed: UInt64) {
    answer = network.posterior(for: Self.observation, seed: seed, modelHash: modelHash)
    let answer = answer
    rows = network.outputs.quantities.compactMap { quantity in
      answer.outputs[quantity].map {
        Row(quantity: quantity, posterior: $0, truth: Self.truths[quantity])
      }
    }
  }
}
