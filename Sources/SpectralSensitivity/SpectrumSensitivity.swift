package import Analyses
package import Observations

/// What the answers to one spectrum rest on.
package struct SpectrumSensitivity: FindingDetail {
  /// One network's retrieval and what it rests on.
  package struct Network: Sendable {
    package let kind: SensitivityArchitecture.Kind
    package let identity: NetworkIdentity
    package let estimates: [SensitivityModel.Estimate]
    /// By parameter and point: change of the answer for one error of the point, in deviations of the answer.
    package let gradients: [[Double]]
    /// The single-group test.
    package let map: SensitivityMap

    package init(
      kind: SensitivityArchitecture.Kind, identity: NetworkIdentity, estimates: [SensitivityModel.Estimate],
      gradients: [[Double]], map: SensitivityMap
    ) {
      self.kind = kind
      self.identity = identity
      self.estimates = estimates
      self.gradients = gradients
      self.map = map
    }
  }

  /// A network's answer that is further from the posterior than both allow.
  package struct Disagreement: Sendable, Hashable {
    package let kind: SensitivityArchitecture.Kind
    package let parameter: Int
    /// Of the coordinates' medians, in deviations of both together.
    package let distance: Double
  }

  package let parameters: [SensitivityParameter]
  /// Empty where there is none to be had.
  package let networks: [Network]
  package let groups: PointGroups
  /// Of the front end: chi-squared a point.
  package let distance: Double
  /// The posterior's, by parameter, in the parameters' own unit: quantiles at 16, 50 and 84 %; nil where it has none.
  package let posteriors: [(p16: Double, p50: Double, p84: Double)?]
  /// What an optimal linear retrieval rests on at the posterior's mean: parameters x groups; nil where there is no posterior.
  package let optimal: SensitivityMap?
  /// Of each molecule at the posterior's mean; empty where there is no posterior.
  package let contributions: [MoleculeContributions.Contribution]
  /// By parameter and bin, root mean square over the networks of the gradients; their squares add up over bins. NaN where nothing was
  /// observed.
  package let image: [[Double]]
  package let disagreements: [Disagreement]
  package let flags: [Flag]
  package let remarks: [String]

  /// Beyond it a network's answer disagrees with the posterior.
  package static let largestDistance = 3.0
  /// Of the front end, beyond which a spectrum is like none that the networks learnt from.
  package static let largestMisfit = 4.0

  /// The root mean square over the networks of the single-group tests, parameters x groups.
  package var combined: [[Double]] {
    parameters.indices.map { parameter in
      groups.groups.indices.map { group in
        let squares = networks.map { $0.map.values[parameter][group] * $0.map.values[parameter][group] }
        return (squares.reduce(0, +) / Double(max(networks.count, 1))).squareRoot()
      }
    }
  }
}
