package import Units

package enum Layer: Int, Sendable, Hashable, CaseIterable {
  case core, mantle, water, envelope
}

/// A layer of a solved planet.
package struct LayerStructure: Sendable, Hashable {
  package var layer: Layer
  package var mass: Mass
  package var outerRadius: Length
  package var thickness: Length
  package var topPressure: Pressure
  package var bottomPressure: Pressure
  package var topTemperature: Temperature
  package var bottomTemperature: Temperature
}

/// One point of a solved planet's profile.
package struct ProfilePoint: Sendable, Hashable {
  /// Mass inside, kg.
  package var mass: Double
  /// m
  package var radius: Double
  /// Pa
  package var pressure: Double
  /// K
  package var temperature: Double
  /// kg m-3, on the inner side where the point is a boundary between layers.
  package var density: Double
  package var layer: Layer
}

/// A planet's interior as solved.
package struct InteriorStructure: Sendable, Hashable {
  package var parameters: PlanetParameters
  package var radius: Length
  /// The layers present, the innermost first.
  package var layers: [LayerStructure]
  package var centralPressure: Pressure
  package var centralTemperature: Temperature
  /// Axial moment of inertia over M R2.
  package var momentOfInertiaFactor: Double
  /// Fluid Love number k2.
  package var loveNumber: Double
  /// Molar Fe/(Mg+Si) of the whole planet; infinite without a mantle.
  package var ironToMagnesiumSilicon: Double
  /// From the surface to the centre; empty unless asked for.
  package var profile: [ProfilePoint]

  package func layer(_ layer: Layer) -> LayerStructure? { layers.first { $0.layer == layer } }
  /// Thickness of a layer over the planet's radius.
  package func radiusFraction(_ layer: Layer) -> Double {
    self.layer(layer).map { $0.thickness / radius } ?? 0
  }
  /// What is not hydrogen or helium.
  package var heavyElements: Mass {
    (1 - parameters.envelopeMassFraction * (1 - parameters.envelopeMetalFraction)) * parameters.mass
  }
  /// Pressure at the core-mantle boundary.
  package var cmbPressure: Pressure? { layer(.mantle) == nil ? nil : layer(.core)?.topPressure }
  /// Temperature on the mantle's side of the boundary.
  package var cmbMantleTemperature: Temperature? {
    layer(.core) == nil ? nil : layer(.mantle)?.bottomTemperature
  }
}
