import Observations

/// How a quantity of an interior is shown: its title, the unit people use and its colour class.
struct QuantityPresentation: Sendable {
  let title: String
  /// The title where a column is narrow.
  let shortTitle: String
  let unit: String
  /// From the result's unit to the shown one.
  let factor: Double
  let cssClass: String

  init(_ quantity: InteriorQuantity) {
    if let layer = Layer.allCases.first(where: { $0.radiusFraction == quantity }) {
      title = "\(layer.title) thickness"
      (shortTitle, unit, factor, cssClass) = (title, "% of radius", 100, layer.rawValue)
    } else if let layer = Layer.allCases.first(where: { $0.massFraction == quantity }) {
      title = "\(layer.title) mass"
      (shortTitle, unit, factor, cssClass) = (title, "% of mass", 100, layer.rawValue)
    } else {
      title =
        quantity == .cmbPressure ? "Pressure, core–mantle boundary" : "Temperature, core–mantle boundary"
      shortTitle = quantity == .cmbPressure ? "CMB pressure" : "CMB temperature"
      (unit, factor, cssClass) = (quantity.unit, 1, "neutral")
    }
  }

  /// Thicknesses from the centre outwards, then masses, then the state at the core-mantle boundary.
  static let order: [InteriorQuantity] =
    Layer.allCases.map(\.radiusFraction) + Layer.allCases.map(\.massFraction) + [
      .cmbPressure, .cmbTemperature,
    ]
}
