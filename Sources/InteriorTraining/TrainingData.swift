/// Standardised inputs and targets, one row an example.
package struct TrainingData: Sendable {
  package let rows: Int
  package let inputWidth: Int
  package let targetWidth: Int
  /// (rows, inputWidth), row-major.
  package let inputs: [Float]
  /// (rows, targetWidth), row-major.
  package let targets: [Float]

  package init(inputs: [Float], inputWidth: Int, targets: [Float], targetWidth: Int) {
    precondition(inputWidth > 0 && targetWidth > 0 && inputs.count % inputWidth == 0)
    rows = inputs.count / inputWidth
    precondition(targets.count == rows * targetWidth)
    self.inputWidth = inputWidth
    self.targetWidth = targetWidth
    self.inputs = inputs
    self.targets = targets
  }
}
