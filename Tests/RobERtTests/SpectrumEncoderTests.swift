import Glibc
import NumericalMethods
import Observations
import RobERt
import Testing

@Suite("Spectrum encoder")
struct SpectrumEncoderTests {
  private let encoder = SpectrumEncoder()
  private let bins = SpectralGrid.standard.count

  private func planck(_ wavelength: Double, _ temperature: Double) -> Double {
    pow(wavelength, -5) / expm1(1.438776877e-2 / (wavelength * temperature))
  }

  @Test("level and size of a transmission spectrum do not change its shape")
  func transmission() throws {
    var random = SeededRandom(seed: 1)
    let shape = (0..<bins).map { _ in random.normal() }
    func encode(_ level: Double, _ size: Double) throws -> EncodedSpectrum {
      try #require(
        encoder.encode(
          depth: shape.map { level + size * $0 }, error: shape.map { _ in 0.1 * size },
          isObserved: shape.map { _ in true }, kind: .transmission))
    }
    let one = try encode(0.01, 1e-4)
    let other = try encode(0.02, 3e-5)
    // Depths of 1e-2 in double precision hold shapes of 1e-4 to 1e-14.
    #expect(zip(one.shape, other.shape).allSatisfy { abs($0 - $1) < 1e-9 })
    let square = one.shape.reduce(0) { $0 + $1 * $1 } / Double(bins)
    #expect(abs(square - 1) < 1e-9)
    #expect(zip(one.depths(of: one.shape), shape).allSatisfy { abs($0 - (0.01 + 1e-4 * $1)) < 1e-12 })
  }

  @Test("a black body has no shape, and its temperature is found", arguments: [600.0, 1400, 2600])
  func blackBody(temperature: Double) throws {
    let depth = SpectralGrid.standard.wavelengths.map { 1e-2 * planck($0, temperature) / planck($0, 5500) }
    let encoded = try #require(
      encoder.encode(
        depth: depth, error: depth.map { $0 / 100 }, isObserved: depth.map { _ in true }, kind: .eclipse))
    // The grid of temperatures has steps of 1.6 %.
    #expect(abs(log((encoded.temperature ?? 0) / temperature)) < 0.01)
    // What is left is less than half a step in ln T.
    #expect(encoded.amplitude < 0.009)
  }

  @Test("bins too dark to see bend neither the temperature nor the shape", arguments: [600.0, 1400])
  func darkness(temperature: Double) throws {
    var random = SeededRandom(seed: 5)
    let depth = SpectralGrid.standard.wavelengths.map { 1e-2 * planck($0, temperature) / planck($0, 5500) }
    // One error for all bins, so that the visible is far below it.
    let error = depth[380] / 50
    let encoded = try #require(
      encoder.encode(
        depth: depth.map { $0 + error * random.normal() }, error: depth.map { _ in error },
        isObserved: depth.map { _ in true }, kind: .eclipse))
    #expect(abs(log((encoded.temperature ?? 0) / temperature)) < 0.03)
    #expect(encoded.inputs[bins + 20] < 1e-3 && encoded.inputs[bins + 380] > 0.1)
    // What is left is noise: no bin departs by more than a few of its deviations.
    for bin in 0..<bins where encoded.noise[bin] < 3 {
      #expect(abs(encoded.shape[bin]) < 5 * encoded.noise[bin], "bin \(bin)")
    }
  }

  @Test("a bump in brightness temperature has one size from the visible to the infrared")
  func brightnessTemperature() throws {
    let depth = (0..<bins).map { bin in
      let isBump = (40..<50).contains(bin) || (340..<350).contains(bin)
      let wavelength = SpectralGrid.standard.wavelengths[bin]
      return 1e-2 * planck(wavelength, isBump ? 1260 : 1200) / planck(wavelength, 5500)
    }
    let encoded = try #require(
      encoder.encode(
        depth: depth, error: depth.map { $0 / 100 }, isObserved: depth.map { _ in true }, kind: .eclipse))
    let short = encoded.shape[45] * encoded.amplitude
    let long = encoded.shape[345] * encoded.amplitude
    // ln 1.05 = 0.049; the linear form is off by half its square times the exponent's curvature, some 15 % in the visible.
    #expect(abs(short - 0.049) < 0.012)
    #expect(abs(long - 0.049) < 0.012)
  }

  @Test("what was not observed weighs nothing; noise lowers the weight")
  func quality() throws {
    let depth = (0..<bins).map { 0.01 + 1e-4 * sin(Double($0) / 9) }
    let isObserved = (0..<bins).map { (100..<200).contains($0) }
    let error = (0..<bins).map { $0 < 150 ? 1e-6 : 1e-3 }
    let inputs = try #require(
      encoder.encode(depth: depth, error: error, isObserved: isObserved, kind: .transmission)
    ).inputs
    #expect(inputs.count == 2 * bins)
    #expect(inputs[50] == 0 && inputs[bins + 50] == 0)
    #expect(inputs[bins + 120] > inputs[bins + 180] && inputs[bins + 180] > 0)
  }

  @Test("a depth below its error, or below zero, is an input like any other")
  func negative() throws {
    let depth = (0..<bins).map { $0 % 2 == 0 ? -1e-5 : 3e-5 }
    let encoded = try #require(
      encoder.encode(
        depth: depth, error: depth.map { _ in 5e-5 }, isObserved: depth.map { _ in true }, kind: .eclipse))
    #expect(encoded.inputs.allSatisfy { $0.isFinite })
  }

  @Test("two bins have no shape, a star's flux none that is asked for")
  func refused() {
    let depth = [Double](repeating: 0.01, count: bins)
    let two = (0..<bins).map { $0 < 2 }
    #expect(encoder.encode(depth: depth, error: depth, isObserved: two, kind: .transmission) == nil)
    let all = [Bool](repeating: true, count: bins)
    #expect(encoder.encode(depth: depth, error: depth, isObserved: all, kind: .stellar) == nil)
  }
}
