import PlainText
import Testing

@Suite struct NumeralsTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (1.005, 1, "1.0"), (-0.004, 2, "0.00"), (-0.006, 2, "-0.01"), (12345.678, 0, "12346"),
    (0.05, 1, "0.1"), (2.5, 0, "3"), (-2.5, 0, "-3"), (.infinity, 1, "inf"), (.nan, 3, "nan"),
  ])
  func fixed(value: Double, decimals: Int, expected: String) {
    #expect(Numerals.fixed(value, decimals: decimals) == expected)
  }

  @Test(arguments: [
    (0.001234, 3, "0.00123"), (17.46, 3, "17.5"), (4210.4, 3, "4210"), (1.0, 4, "1"), (-0.5, 2, "-0.5"),
    (3.2e-9, 2, "3.2e-9"), (6.02214e23, 4, "6.022e23"), (0, 3, "0"), (.leastNonzeroMagnitude, 2, "4.9e-324"),
  ])
  func significant(value: Double, digits: Int, expected: String) {
    #expect(Numerals.significant(value, digits: digits) == expected)
  }

  @Test func largeCountsAreGrouped() {
    #expect(Numerals.grouped(6378.1, significant: 3) == "6\u{2009}380")
    #expect(Numerals.grouped(71492, significant: 3) == "71\u{2009}500")
    #expect(Numerals.grouped(1_234_567, significant: 7) == "1\u{2009}234\u{2009}567")
    #expect(Numerals.grouped(640, significant: 3) == "640")
  }

  @Test(arguments: [
    (0.0, 3, "0"), (0.12345, 3, "0.123"), (17.46, 2, "17"), (31783.4, 3, "31783"), (-1500, 3, "-1500"),
    (2, 4, "2"),
    (1.23456e-7, 2, "1.2e-07"), (.infinity, 3, "inf"), (.nan, 3, "nan"),
  ])
  func sentence(value: Double, digits: Int, expected: String) {
    #expect(Numerals.sentence(value, digits: digits) == expected)
  }

  @Test(arguments: [
    (0.0, "0.0"), (1.005, "1.005"), (12346, "12350"), (-0.0123456, "-0.01235"), (1234567, "1235000"),
    (2, "2"),
    (1.23456e-7, "1.235e-07"), (6.02214e23, "6.022e+23"), (.infinity, "inf"), (.nan, "no number"),
  ])
  func fourDigits(value: Double, expected: String) {
    #expect(Numerals.fourDigits(value) == expected)
  }
}
