import Observations
import PlainText
import Testing
import Units

@testable import ResultFiles

@Suite struct ValueTextTests {
  @Test func errorsSetTheDigits() {
    #expect(ValueText(2.8194, upper: 0.118, lower: 0.12).plain == "2.82 +-0.12")
    #expect(ValueText(2.8194, upper: 0.2, lower: 0.12).plain == "2.82 +0.20 -0.12")
    #expect(ValueText(1017.05, upper: 63.5, lower: nil).plain == "1017 +64 -?")
    #expect(ValueText(5.51534, upper: nil, lower: nil).plain == "5.515")
    #expect(ValueText(-0.0321, upper: 0.01, lower: 0.01).inline == "−0.032 ± 0.010")
  }

  @Test func anErrorFarBelowThePrecisionDoesNotFloodTheLine() {
    #expect(ValueText(1.0, upper: 1e-14, lower: 1e-14).plain == "1.0000000 +-0.0000000")
    #expect(ValueText(3, upper: 12, lower: 0.0001).plain == "3.00 +12.00 -0.00")
    #expect(ValueText(3.1e-6, upper: 2.64e-5, lower: 2.9e-6).plain == "3.1e-6 +2.6e-5 -2.9e-6")
  }

  @Test func aRowOfQuantilesKeepsWhatItsSpanAllows() {
    let narrow = Posterior(mean: 0.5, sd: 0.03, p025: 0.44, p16: 0.47, p50: 0.5, p84: 0.53, p975: 0.56)
    #expect(Numerals.format(for: narrow, factor: 100)(0.5) == "50.0")
    let wide = Posterior(mean: 1e-5, sd: 1e-4, p025: 1e-9, p16: 2e-8, p50: 3.14e-7, p84: 5e-6, p975: 7e-5)
    #expect(Numerals.format(for: wide, factor: 100)(3.14e-7) == "3.1e-5")
  }

  @Test func limitsAndMinimaShowTheirSide() throws {
    let limit = Measurement<MassDimension>(value: nil, upperLimit: Mass(earthMasses: 25))
    let minimum = Measurement(value: Mass(earthMasses: 4), upperError: nil, lowerError: nil)
    #expect(ValueText(limit, in: { $0.earthMasses })?.plain == "<25")
    #expect(ValueText(minimum, isMinimum: true, in: { $0.earthMasses })?.plain == ">4")
    #expect(ValueText(Measurement<MassDimension>(value: nil), in: { $0.earthMasses }) == nil)
  }
}
