/// A gas that can say all its lines.
package protocol LineModel: Sendable {
  /// Chemical formula.
  var species: String { get }
  var broadening: LineBroadening { get }
  /// Where the constants come from, and what the model is good for.
  var provenance: OpacityProvenance { get }

  /// Sum over states of weight times exp(-c2 E/T), with the weights of the lines' lower levels.
  func partitionFunction(temperature: Double) -> Double

  /// The same sum over those levels alone whose lines are added; dividing by it lets the levels left out absorb like
  /// the average of the others.
  func partitionFunctionOfLines(temperature: Double) -> Double

  /// Adds every line to the spectra.
  func addLines(to spectra: inout StickSpectra)
}

extension LineModel {
  package func partitionFunctionOfLines(temperature: Double) -> Double {
    partitionFunction(temperature: temperature)
  }
}

/// Where an opacity comes from.
package struct OpacityProvenance: Sendable {
  /// What the model is, in a sentence.
  package let method: String
  /// The papers the constants were taken from.
  package let sources: [String]
  /// How far to trust it.
  package let fidelity: String

  package init(method: String, sources: [String], fidelity: String) {
    self.method = method
    self.sources = sources
    self.fidelity = fidelity
  }
}
