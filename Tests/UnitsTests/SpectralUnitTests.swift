import Testing
import Units

@Suite struct SpectralUnits {
  @Test(arguments: [
    ("A", 1e-10), ("Ang", 1e-10), ("Angstroms", 1e-10), ("ANGSTROM", 1e-10), ("Å", 1e-10), ("nm", 1e-9),
    ("um", 1e-6), ("µm", 1e-6), ("\u{3bc}m", 1e-6), ("microns", 1e-6), ("[um]", 1e-6), ("(micron)", 1e-6),
    ("mm", 1e-3), ("cm", 1e-2), ("m", 1), ("meter", 1), ("meters", 1), (" nm ", 1e-9),
  ])
  func wavelengths(text: String, meters: Double) {
    #expect(SpectralUnit(text) == .wavelength(meters: meters))
  }

  @Test func reciprocals() throws {
    // 1 um is 299.792458 THz and 10,000 cm-1.
    #expect(abs(try #require(SpectralUnit("THz")).wavelength(299.792458) - 1e-6) < 1e-18)
    #expect(abs(try #require(SpectralUnit("cm-1")).wavelength(10_000) - 1e-6) < 1e-18)
    #expect(abs(try #require(SpectralUnit("1/cm")).wavelength(10_000) - 1e-6) < 1e-18)
  }

  @Test(arguments: ["", "Jy", "pixel", "K", "ampere", "s"]) func othersAreNone(text: String) {
    #expect(SpectralUnit(text) == nil)
  }

  @Test(arguments: [
    ("%", 0.01), ("percent", 0.01), ("ppm", 1e-6), ("PPM", 1e-6), ("ppt", 1e-3), ("fraction", 1), ("none", 1),
  ])
  func depths(text: String, factor: Double) {
    #expect(DepthUnit.fraction(text) == factor)
  }

  @Test(arguments: [
    ("1E-17 erg/cm^2/s/Ang", FluxUnit.perWavelength), ("erg s**(-1) cm**(-2) nm**(-1)", .perWavelength),
    ("ergss-1cm-2A-1", .perWavelength), ("Jy", .perFrequency), ("MJy/sr", .surfaceBrightness),
    ("(MJy/sr)^2", .surfaceBrightness), ("Relative Flux", .relative), ("DU/PIXEL", .counts),
    ("cnts", .counts),
    ("DN/s", .counts),
  ])
  func fluxes(text: String, family: FluxUnit) {
    #expect(FluxUnit(text) == family)
    #expect(DepthUnit.fraction(text) == nil)
  }
}
