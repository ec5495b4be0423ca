import Observations

/// How a quantity of an interior is shown: its title, the unit people use and its colour class.
struct QuantityPresentation: Sendable {
  let title: String
  let unit: String
  /// From the result's unit to the shown one.
  let factor: Double
  let cssClass: String

  init(_ quantity: InteriorQuantity) {
    if let layer = Layer.allCases.first(where: { $0.radiusFraction == quantity }) {
      (title, unit, factor, cssClass) = ("\(layer.title) thickness", "% of radius", 100, layer.rawValue)
    } else if let layer = Layer.allCases.first(where: { $0.massFraction == quantity }) {
      (title, unit, factor, cssClass) = ("\(layer.title) mass", "% of mass", 100, layer.rawValue)
    } else if quantity == .cmbPressure {
      (title, unit, factor, cssClass) = ("Pressure, core–mantle boundary", "GPa", 1, "neutral")
    } else {
      (title, unit, factor, cssClass) = ("Temperature, core–mantle boundary", "K", 1, "neutral")
    }
  }

  /// Thicknesses from the centre outwards, then masses, then the state at the core-mantle boundary.
  static let order: [InteriorQuantity] =
    Layer.allCases.map(\.radiusFraction) + Layer.allCases.map(\.massFraction) + [
      .cmbPressure, .cmbTemperature,
    ]
}
