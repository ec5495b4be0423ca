import Foundation
import Observations
import ReferenceData
import SpectrumReading
import Testing

private struct Expected: Sendable, CustomTestStringConvertible {
  var file: String
  var kind: SpectrumKind
  /// Outer centres, um.
  var range: ClosedRange<Double>
  var points: Int
  /// The value of the bluest point, as a fraction, and its mean error.
  var first: (Double, Double)
  var unit: String
  var flags: [String]
  var testDescription: String { file }
}

/// By hand from the files themselves.
private let expected = [
  Expected(
    file: "HD209458b_transit_PLATON.txt", kind: .transmission, range: 0.3245...7.8, points: 42,
    first: (0.01473741, 4e-5), unit: "fraction", flags: []),
  Expected(
    file: "WASP-43b_WFC3_eclipse_BeAR.dat", kind: .eclipse, range: 1.1425...1.63275, points: 15,
    first: (367e-6, 45e-6), unit: "ppm", flags: ["wavelength-unit-assumed"]),
  Expected(
    file: "WASP-18b_eclipse_pyratbay.dat", kind: .eclipse, range: 0.85432...2.82705, points: 408,
    first: (486.2e-6, 77.2e-6), unit: "ppm", flags: []),
  Expected(
    file: "TRAPPIST-1b_NIRISS_SOSS_stctm.ecsv", kind: .transmission, range: 0.7099729286...2.8101999623,
    points: 50,
    first: (0.00716008446483, 0.00043847865644), unit: "ppm", flags: ["wavelength-unit-corrected"]),
  Expected(
    file: "WASP-39b_NIRISS_SOSS_R100_CMADF.csv", kind: .transmission, range: 0.6330547139...2.7936210105,
    points: 132,
    first: (0.02110246114041, 8.932080623635e-05), unit: "ppm", flags: ["wavelength-unit-assumed"]),
  Expected(
    file: "GJ1214b_MIRI_LRS_Kempton2023.txt", kind: .transmission, range: 5.2817...11.747, points: 14,
    first: (0.01341382191474, 3.5632257435e-05), unit: "fraction",
    flags: ["several-quantities", "wavelength-unit-assumed"]),
]

@Suite(.needsReference("spectra"))
struct ReferenceTexts {
  @Test(arguments: expected) fileprivate func isReadAsExpected(_ expected: Expected) throws {
    let file = try #require(ReferenceData.url("spectra")).appending(path: expected.file)
    let bytes = [UInt8](try Data(contentsOf: file))
    #expect(SpectrumReader.recognizes(bytes))
    let spectrum = try SpectrumReader.read(bytes)
    #expect(spectrum.kind == expected.kind)
    #expect(spectrum.flags.names == expected.flags)
    #expect(spectrum.count == expected.points)
    #expect(abs(spectrum.wavelength[0] * 1e6 - expected.range.lowerBound) < 1e-6)
    #expect(abs(spectrum.wavelength[spectrum.count - 1] * 1e6 - expected.range.upperBound) < 1e-6)
    #expect(abs(spectrum.value[0] / expected.first.0 - 1) < 1e-6)
    #expect(abs((spectrum.error?[0] ?? 0) / expected.first.1 - 1) < 1e-6)
    #expect(spectrum.unit == expected.unit)
  }
}
