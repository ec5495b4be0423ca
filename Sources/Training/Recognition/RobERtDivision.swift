/// How a set is divided: the last spectra are for the test, those before for validation, all others for training. The spectra
/// are independent draws, so any division is a random one.
package struct RobERtDivision: Sendable, Hashable {
  package let training: Range<Int>
  package let validation: Range<Int>
  package let test: Range<Int>

  package static let testCount = 10_000
  package static let validationCount = 5_000

  package init(spectra: Int) {
    let test = min(Self.testCount, spectra / 10)
    let validation = min(Self.validationCount, spectra / 10)
    training = 0..<spectra - test - validation
    self.validation = training.upperBound..<spectra - test
    self.test = self.validation.upperBound..<spectra
  }
}
