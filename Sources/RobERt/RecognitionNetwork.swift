package import NeuralNetworks
package import Tensors

#if canImport(Glibc)
  import Glibc
#endif

/// The network that recognises: sigmoid layers (500-200-50 in Waldmann 2016), then two sets of outputs beside each other: one
/// class of all for spectra of a single gas (softmax over "no feature" and the molecules), and one logit a molecule for
/// mixtures.
///
/// Output columns: class 0 is "no feature", class m+1 molecule m; then `molecules` columns of logits.
package struct RecognitionNetwork: Sendable, Hashable {
  package let molecules: [String]
  package var perceptron: Sequential<Float>
  package var calibration: Calibration

  /// What turns outputs into probabilities that hold; learnt on validation spectra.
  package struct Calibration: Sendable, Hashable {
    /// The softmax's logits are divided by it (Guo et al. 2017, ICML).
    package var temperature: Double
    /// p = sigmoid(slope x logit + offset), one a molecule (Platt 1999).
    package var slopes: [Double]
    package var offsets: [Double]

    package init(temperature: Double, slopes: [Double], offsets: [Double]) {
      precondition(temperature > 0 && slopes.count == offsets.count)
      self.temperature = temperature
      self.slopes = slopes
      self.offsets = offsets
    }

    /// Takes outputs as they are.
    package static func identity(_ molecules: Int) -> Calibration {
      Calibration(
        temperature: 1, slopes: [Double](repeating: 1, count: molecules),
        offsets: [Double](repeating: 0, count: molecules))
    }
  }

  package init(
    molecules: [String], perceptron: Sequential<Float>, calibration: Calibration
  ) {
    precondition(perceptron.outputs == 2 * molecules.count + 1)
    precondition(calibration.slopes.count == molecules.count)
    self.molecules = molecules
    self.perceptron = perceptron
    self.calibration = calibration
  }

  package var classCount: Int { molecules.count + 1 }

  /// Probabilities of one spectrum.
  package struct Answer: Sendable, Hashable {
    /// Of "no feature" and each molecule, where at most one gas shows: they add up to 1.
    package var classes: [Double]
    /// Of each molecule on its own.
    package var molecules: [Double]

    /// The likeliest class.
    package var best: Int { classes.indices.max { classes[$0] < classes[$1] } ?? 0 }
  }

  /// - Parameter inputs: (rows, 800), as `EncodedSpectrum.inputs`.
  package func answers(_ inputs: Matrix<Float>) -> [Answer] {
    let outputs = perceptron(inputs)
    return (0..<inputs.rows).map { answer(Array(outputs.row($0))) }
  }

  /// - Parameter outputs: one row of the perceptron's.
  package func answer(_ outputs: [Float]) -> Answer {
    let logits = outputs[..<classCount].map { Double($0) / calibration.temperature }
    let largest = logits.max() ?? 0
    let weights = logits.map { exp($0 - largest) }
    let sum = weights.reduce(0, +)
    return Answer(
      classes: weights.map { $0 / sum },
      molecules: molecules.indices.map { m in
        let logit = calibration.slopes[m] * Double(outputs[classCount + m]) + calibration.offsets[m]
        return 1 / (1 + exp(-logit))
      })
  }
}
