package import NeuralNetworks
package import NumericalMethods
package import Tensors

/// A trained mixture density network for interiors, with all that it takes to use it: scaling and domain.
package struct InteriorNetwork: Sendable, Hashable {
  /// Mean and standard deviation that standardise one coordinate.
  package struct Scaling: Sendable, Hashable {
    package var mean: [Double]
    package var sd: [Double]

    package init(mean: [Double], sd: [Double]) {
      precondition(mean.count == sd.count && sd.allSatisfy { $0 > 0 })
      self.mean = mean
      self.sd = sd
    }
  }

  package let name: String
  package let features: InteriorFeatures
  package let outputs: InteriorOutputs
  package let density: MixtureDensity
  package let perceptron: Sequential<Float>
  package let inputScaling: Scaling
  package let outputScaling: Scaling
  package let domain: InteriorDomain
  /// The range of each standardised coordinate among the training planets (log-ratios: three times as wide). Draws beyond
  /// are drawn again: the far tail of a Gaussian is an extrapolation, too.
  package let outputRange: [ClosedRange<Double>]
  /// Learnt on validation planets after training; `nil` for a network taken as it is.
  package let recalibration: Recalibration?

  package init(
    name: String, features: InteriorFeatures, outputs: InteriorOutputs, density: MixtureDensity,
    perceptron: Sequential<Float>, inputScaling: Scaling, outputScaling: Scaling,
    domain: InteriorDomain, outputRange: [ClosedRange<Double>], recalibration: Recalibration? = nil
  ) {
    precondition(recalibration == nil || recalibration?.quantiles.count == density.dimensions)
    precondition(perceptron.inputs == features.inputs.count && perceptron.outputs == density.width)
    precondition(density.dimensions == outputs.coordinateNames.count)
    precondition(inputScaling.mean.count == features.inputs.count)
    precondition(outputScaling.mean.count == density.dimensions)
    precondition(domain.axes.count == features.inputs.count)
    self.name = name
    self.features = features
    self.outputs = outputs
    self.density = density
    self.perceptron = perceptron
    self.inputScaling = inputScaling
    self.outputScaling = outputScaling
    precondition(outputRange.count == density.dimensions)
    self.domain = domain
    self.outputRange = outputRange
    self.recalibration = recalibration
  }

  /// The mixtures at several inputs, a row each, in standardised coordinates.
  /// - Parameter features: as `InteriorFeatures` makes them, inside the domain.
  package func mixtures(_ features: [[Double]]) -> Matrix<Float> {
    let count = inputScaling.mean.count
    var x = Matrix<Float>(rows: features.count, columns: count)
    for (i, row) in features.enumerated() {
      for j in 0..<count { x[i, j] = Float((row[j] - inputScaling.mean[j]) / inputScaling.sd[j]) }
    }
    return perceptron(x)
  }

  /// One draw of the mixture that `sampler` has taken up, recalibrated, in standardised coordinates; `nil` where 32 draws in
  /// a row lie beyond what was trained.
  package func draw(_ sampler: borrowing MixtureSampler, random: inout SeededRandom) -> [Double]? {
    for _ in 0..<32 {
      let draw = sampler.draw(recalibration, random: &random)
      if zip(draw, outputRange).allSatisfy({ $1.contains($0) }) { return draw }
    }
    return nil
  }

  /// Physical values, in the order of `outputs.quantities`, from standardised coordinates.
  package func values(_ standardized: [Double], mass: Double, radius: Double) -> [Double] {
    var coordinates = standardized
    for i in coordinates.indices {
      coordinates[i] = outputScaling.mean[i] + outputScaling.sd[i] * coordinates[i]
    }
    return outputs.values(coordinates, mass: mass, radius: radius)
  }
}

/// A model file that cannot be used, and why.
package struct InteriorModelError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    case cannotRead, notAModel, hashMismatch, noModels
  }

  package let code: Code
  package let path: String
  package let detail: String

  package init(_ code: Code, path: String, detail: String) {
    self.code = code
    self.path = path
    self.detail = detail
  }

  package var description: String { "\(path): \(detail)" }
}
