import NeuralNetworks
package import NumericalMethods
package import SpectralPrior
package import Tensors

/// What one network's answer to one observation rests on.
///
/// Points are moved before the front end, in units of their errors; features follow by the front end's tangent. Changes are those of the
/// parameters' coordinates, in units of the answer's calibrated deviation: 1 is a change as large as the answer is uncertain.
package struct SensitivityProbe: Sendable {
  package let model: SensitivityModel
  package let estimates: [SensitivityModel.Estimate]
  private let tangent: SpectralTangent
  private let base: Matrix<Float>

  package init(_ model: SensitivityModel, _ tangent: SpectralTangent) {
    self.model = model
    self.tangent = tangent
    estimates = model.estimates(tangent.features)
    base = model.standardised(
      Matrix(rows: 1, columns: tangent.features.count, elements: tangent.features))
  }

  private var parameters: Int { model.parameters.count }

  // MARK: The gradient

  /// Derivative of each coordinate's mean by each point, in deviations of the answer for one of the point's error: parameters x points.
  /// - Parameter errors: of the points, as depths.
  package func gradients(errors: [Double]) -> Matrix<Double> {
    let (count, width) = (parameters, base.columns)
    let workspace = TrainingWorkspace(model.network, capacity: count, learns: false)
    let inputs = [Float]((0..<count).map { _ in base.elements }.joined())
    var byInput = [Float](repeating: 0, count: count * width)
    model.network.parameters.withUnsafeBufferPointer { parameters in
      inputs.withUnsafeBufferPointer { inputs in
        _ = workspace.forward(parameters, x: inputs, rows: count)
        let upstream = workspace.outputGradient(rows: count)
        for row in 0..<count {
          for output in 0..<2 * count { upstream[row * 2 * count + output] = output == row ? 1 : 0 }
        }
        byInput.withUnsafeMutableBufferPointer {
          workspace.backward(parameters, x: inputs, rows: count, inputGradient: $0, learns: false)
        }
      }
    }
    var byFeature = Matrix<Double>(rows: count, columns: width)
    for i in byInput.indices {
      let feature = i % width
      // What is held at its farthest does not move.
      let isHeld = abs(base.elements[feature]) >= SensitivityModel.farthestFeature
      byFeature.elements[i] = isHeld ? 0 : Double(byInput[i] / model.featureDeviations[feature])
    }
    var result = product(byFeature, tangent.slopes)
    for i in result.elements.indices {
      let (parameter, point) = (i / result.columns, i % result.columns)
      result.elements[i] *= errors[point] / estimates[parameter].calibratedDeviation
    }
    return result
  }

  // MARK: Perturbations

  /// How far each coordinate's mean moves, in deviations of the answer: rows x parameters.
  /// - Parameter features: moved, one observation a row.
  package func changes(_ features: Matrix<Double>) -> Matrix<Double> {
    let outputs = model.network(model.standardised(features))
    var result = Matrix<Double>(rows: features.rows, columns: parameters)
    let unmoved = model.network(base)
    for row in 0..<features.rows {
      for j in 0..<parameters {
        result.elements[row * parameters + j] =
          Double(outputs.elements[row * outputs.columns + j] - unmoved.elements[j])
          / estimates[j].calibratedDeviation
      }
    }
    return result
  }
}

/// Observations whose points are moved at random within their errors.
package struct Perturbations: Sendable {
  private let tangent: SpectralTangent
  private let errors: [Double]
  private let groups: PointGroups

  /// - Parameter errors: of the points, as depths.
  package init(_ tangent: SpectralTangent, errors: [Double], groups: PointGroups) {
    self.tangent = tangent
    self.errors = errors
    self.groups = groups
  }

  /// Features of one observation each: first one for each group with only its points moved, then again.
  package func single(repeats: Int, _ random: inout SeededRandom) -> Matrix<Double> {
    var moves: [[(point: Int, move: Double)]] = []
    for _ in 0..<repeats {
      for group in groups.groups {
        moves.append(group.points.map { ($0, errors[$0] * random.normal()) })
      }
    }
    return features(moves)
  }

  /// The same, with each other group moved, too, in half of the observations: the published test.
  package func subsets(repeats: Int, _ random: inout SeededRandom) -> Matrix<Double> {
    var moves: [[(point: Int, move: Double)]] = []
    for _ in 0..<repeats {
      for chosen in groups.groups.indices {
        var moved: [(point: Int, move: Double)] = []
        for (place, group) in groups.groups.enumerated() where place == chosen || random.uniform() < 0.5 {
          moved += group.points.map { ($0, errors[$0] * random.normal()) }
        }
        moves.append(moved)
      }
    }
    return features(moves)
  }

  private func features(_ moves: [[(point: Int, move: Double)]]) -> Matrix<Double> {
    let (width, points) = (tangent.features.count, errors.count)
    var moved = Matrix<Double>(rows: moves.count, columns: points)
    for (row, ofRow) in moves.enumerated() {
      for (point, move) in ofRow { moved.elements[row * points + point] = move }
    }
    var result = Matrix<Double>(rows: moves.count, columns: width)
    let shape = ProductShape(rows: moves.count, columns: width, inner: points, bIsTransposed: true)
    moved.elements.withUnsafeBufferPointer { moved in
      tangent.slopes.elements.withUnsafeBufferPointer { slopes in
        result.elements.withUnsafeMutableBufferPointer { multiplyMatrices(shape, moved, slopes, into: $0) }
      }
    }
    for row in 0..<moves.count {
      for feature in 0..<width { result.elements[row * width + feature] += tangent.features[feature] }
    }
    return result
  }
}
