package import Atmospheres
import Units

/// Heights of one row's spectrum, and the same with one gas after the other silent.
package struct MutedHeights: Sendable {
  package var whole: [Double]
  /// By formula; gases that the row's atmosphere does not have are left out.
  package var muted: [(formula: String, heights: [Double])]
}

extension AtmosphereSpace {
  /// Heights of a row, as `heights` has them, with all gases and with each one muted: still there and weighing, but without its lines.
  package func mutedHeights(_ row: [Double], _ model: SpectrumModel) throws(AtmosphereError) -> MutedHeights {
    let planet = planet(row)
    let formulas = planet.gases.map(\.species.formula)
    switch kind {
    case .eclipse:
      let temperature = Self.temperature(row)
      // Depths before a star of the planet's own radius are fluxes in units of the star's.
      let star = StellarSpectrum.blackBody(Temperature(kelvins: Constants.solarTemperature))
      let starFlux = try star.flux(on: model.grid, bins: model.bins, constants: configuration.constants)
      let spectra = try model.mutedEclipseDepths(planet, star: star)
      func heights(_ depths: [Double]) -> [Double] {
        depths.indices.map { bin in
          PlanckFunction.brightnessTemperature(
            flux: max(depths[bin] * starFlux[bin], .leastNormalMagnitude), wavelength: model.wavelengths[bin],
            constants: configuration.constants) / temperature - 1
        }
      }
      return MutedHeights(
        whole: heights(spectra.whole), muted: zip(formulas, spectra.muted.map(heights)).map { ($0, $1) })
    case .transmission, .stellar:
      let ratio = exp(row[0])
      let spectra = try model.mutedTransitDepths(planet)
      func heights(_ depths: [Double]) -> [Double] { depths.map { ($0 - 1) / ratio } }
      return MutedHeights(
        whole: heights(spectra.whole), muted: zip(formulas, spectra.muted.map(heights)).map { ($0, $1) })
    }
  }
}

#if canImport(Glibc)
  import Glibc
#endif
