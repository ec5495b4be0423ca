/// How a set is divided: the last examples are for the test, those before for validation, all others for training. The examples are
/// independent draws, so any division is a random one.
package struct SetDivision: Sendable, Hashable {
  package let training: Range<Int>
  package let validation: Range<Int>
  package let test: Range<Int>

  /// - Parameters:
  ///   - validation, test: the most that are kept from training; never more than a tenth each.
  package init(examples: Int, validation: Int, test: Int) {
    let tested = min(test, examples / 10)
    let validated = min(validation, examples / 10)
    training = 0..<examples - tested - validated
    self.validation = training.upperBound..<examples - tested
    self.test = self.validation.upperBound..<examples
  }
}
