/// A physical quantity held in SI, whose dimension is part of its type.
///
/// Construction and reading name the unit: `Mass(earthMasses: 1)`, `radius.meters`.
package struct Quantity<Dimension>: Sendable, Hashable {
  /// The value in the coherent SI unit of the dimension.
  package let si: Double

  package init(si: Double) { self.si = si }
}

extension Quantity: Comparable {
  package static func < (a: Self, b: Self) -> Bool { a.si < b.si }
}

extension Quantity {
  package static func + (a: Self, b: Self) -> Self { Self(si: a.si + b.si) }
  package static func - (a: Self, b: Self) -> Self { Self(si: a.si - b.si) }
  package static func * (factor: Double, a: Self) -> Self { Self(si: factor * a.si) }
  /// The ratio of two quantities of one dimension is a number.
  package static func / (a: Self, b: Self) -> Double { a.si / b.si }
}

package enum MassDimension {}
package enum LengthDimension {}
package enum TimeDimension {}
package enum TemperatureDimension {}
package enum PressureDimension {}
package enum DensityDimension {}
package enum AccelerationDimension {}
package enum DimensionlessDimension {}

package typealias Mass = Quantity<MassDimension>
package typealias Length = Quantity<LengthDimension>
package typealias TimeSpan = Quantity<TimeDimension>
package typealias Temperature = Quantity<TemperatureDimension>
package typealias Pressure = Quantity<PressureDimension>
package typealias Density = Quantity<DensityDimension>
package typealias Acceleration = Quantity<AccelerationDimension>
/// A pure number: a ratio, a mixing ratio, a Love number.
package typealias Ratio = Quantity<DimensionlessDimension>

extension Quantity where Dimension == MassDimension {
  package init(kilograms: Double) { self.init(si: kilograms) }
  package init(earthMasses: Double) { self.init(si: earthMasses * Constants.earthMass) }
  package init(jupiterMasses: Double) { self.init(si: jupiterMasses * Constants.jupiterMass) }
  package init(solarMasses: Double) { self.init(si: solarMasses * Constants.solarMass) }
  package var kilograms: Double { si }
  package var earthMasses: Double { si / Constants.earthMass }
  package var jupiterMasses: Double { si / Constants.jupiterMass }
  package var solarMasses: Double { si / Constants.solarMass }
}

extension Quantity where Dimension == LengthDimension {
  package init(meters: Double) { self.init(si: meters) }
  package init(micrometers: Double) { self.init(si: micrometers * 1e-6) }
  package init(earthRadii: Double) { self.init(si: earthRadii * Constants.earthRadius) }
  package init(jupiterRadii: Double) { self.init(si: jupiterRadii * Constants.jupiterRadius) }
  package init(solarRadii: Double) { self.init(si: solarRadii * Constants.solarRadius) }
  package init(astronomicalUnits: Double) { self.init(si: astronomicalUnits * Constants.astronomicalUnit) }
  package var meters: Double { si }
  package var kilometers: Double { si / 1e3 }
  package var micrometers: Double { si / 1e-6 }
  package var earthRadii: Double { si / Constants.earthRadius }
  package var jupiterRadii: Double { si / Constants.jupiterRadius }
  package var solarRadii: Double { si / Constants.solarRadius }
  package var astronomicalUnits: Double { si / Constants.astronomicalUnit }
}

extension Quantity where Dimension == TimeDimension {
  package init(seconds: Double) { self.init(si: seconds) }
  package init(days: Double) { self.init(si: days * Constants.day) }
  package var seconds: Double { si }
  package var days: Double { si / Constants.day }
  package init(gigayears: Double) { self.init(si: gigayears * 1e9 * Constants.year) }
  package var gigayears: Double { si / (1e9 * Constants.year) }
}

extension Quantity where Dimension == TemperatureDimension {
  package init(kelvins: Double) { self.init(si: kelvins) }
  package var kelvins: Double { si }
}

extension Quantity where Dimension == PressureDimension {
  package init(pascals: Double) { self.init(si: pascals) }
  package init(bars: Double) { self.init(si: bars * 1e5) }
  package init(gigapascals: Double) { self.init(si: gigapascals * 1e9) }
  package var pascals: Double { si }
  package var bars: Double { si / 1e5 }
  package var gigapascals: Double { si / 1e9 }
}

extension Quantity where Dimension == DensityDimension {
  package init(kilogramsPerCubicMeter: Double) { self.init(si: kilogramsPerCubicMeter) }
  package var kilogramsPerCubicMeter: Double { si }
}

extension Quantity where Dimension == AccelerationDimension {
  package init(metersPerSecondSquared: Double) { self.init(si: metersPerSecondSquared) }
  package var metersPerSecondSquared: Double { si }
}

extension Quantity where Dimension == DimensionlessDimension {
  package init(_ value: Double) { self.init(si: value) }
  package var value: Double { si }
}
