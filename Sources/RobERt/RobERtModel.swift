import NeuralNetworks
package import Observations

/// A trained RobERt of one kind of spectrum: the network that recognises, the one that dreams, and what is needed to know
/// when neither should be asked.
package struct RobERtModel: Sendable, Hashable {
  package let name: String
  package let kind: SpectrumKind
  package let recognition: RecognitionNetwork
  package let belief: DeepBeliefNetwork
  /// By molecule, the last for "no feature": 400 dreamt shapes and 400 qualities.
  package let dreams: [[Float]]
  package let domain: TrainingDomain
  package let limits: DetectionLimits
  package let thresholds: Thresholds
  /// Of the sets it was trained on; raised with the opacities they are computed with.
  package let trainingSetVersion: Int

  /// The version that `exospool-lab simulate set` makes today: what an earlier one taught is flagged.
  package static let currentTrainingSetVersion = 2

  /// Probabilities from which, and up to which, a verdict is right nineteen times in twenty; one a molecule.
  package struct Thresholds: Sendable, Hashable {
    package var seenFrom: [Double]
    package var notSeenUpTo: [Double]

    package init(seenFrom: [Double], notSeenUpTo: [Double]) {
      precondition(seenFrom.count == notSeenUpTo.count)
      self.seenFrom = seenFrom
      self.notSeenUpTo = notSeenUpTo
    }
  }

  package init(
    name: String, kind: SpectrumKind, recognition: RecognitionNetwork, belief: DeepBeliefNetwork,
    dreams: [[Float]], domain: TrainingDomain, limits: DetectionLimits, thresholds: Thresholds,
    trainingSetVersion: Int = Self.currentTrainingSetVersion
  ) {
    let molecules = recognition.molecules
    precondition(limits.molecules == molecules && thresholds.seenFrom.count == molecules.count)
    precondition(belief.labels == molecules.count && dreams.count == molecules.count + 1)
    precondition(recognition.perceptron.inputs == 2 * SpectralGrid.standard.count)
    precondition(belief.machines[0].visible == 2 * SpectralGrid.standard.count)
    self.name = name
    self.kind = kind
    self.recognition = recognition
    self.belief = belief
    self.dreams = dreams
    self.domain = domain
    self.limits = limits
    self.thresholds = thresholds
    self.trainingSetVersion = trainingSetVersion
  }

  package var molecules: [String] { recognition.molecules }

  /// The shape dreamt of a molecule, without its qualities.
  package func dreamtShape(_ molecule: Int) -> [Double] {
    dreams[molecule][..<SpectralGrid.standard.count].map { Double($0) }
  }
}

/// Why a file is no RobERt that this version can use.
package struct RobERtModelError: Error, Sendable, Hashable, CustomStringConvertible {
  package let path: String
  package let detail: String

  package init(path: String, detail: String) {
    self.path = path
    self.detail = detail
  }

  package var description: String { "\(path): \(detail)" }
}
