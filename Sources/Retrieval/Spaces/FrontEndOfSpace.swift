package import SpectralPrior

extension SpectralFrontEnd {
  /// - Parameters:
  ///   - components: of the space's shapes.
  ///   - level: mean and deviation of the space's levels.
  package init(_ space: AtmosphereSpace, components: SpectralComponents, level: NormalLaw) {
    self.init(kind: space.kind, components: components, ranges: PlanetRanges(space, level: level))
  }
}

extension PlanetRanges {
  package init(_ space: AtmosphereSpace, level: NormalLaw) {
    let ranges = space.variables.map(\.range)
    self.init(
      logRatio: ranges[0], logTemperature: ranges[1], logRadius: ranges[2], logMass: space.logMasses,
      level: level)
  }
}
