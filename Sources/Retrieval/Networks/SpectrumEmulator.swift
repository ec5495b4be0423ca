package import NeuralNetworks
package import SpectralPrior
package import Tensors

/// A network in the place of the forward model: rows of a space to spectra, microseconds each.
///
/// It sees what `EmulatorInputs` makes of the row and gives the level and the principal components of the shape, all in scale
/// heights (eclipse: in units of the temperature): a linear guess and a network's correction.
package struct SpectrumEmulator: Sendable {
  package let space: AtmosphereSpace
  package let components: SpectralComponents
  package let inputs: EmulatorInputs
  /// (inputs + 1, outputs): the linear guess, the last row alone.
  package let guess: Matrix<Float>
  /// Inputs to the level's and the components' deviations from their means, each in the shape's unit: a component's number is its
  /// part in the root mean square over the bins.
  package let network: Sequential<Float>
  package let meanLevel: Double
  /// rms over held-out spectra of emulated less true shape, one a bin.
  package let deviation: [Double]
  /// The same of the level.
  package let levelDeviation: Double
  /// (1 + components, 1 + bins): what each of the network's numbers does to level and shape.
  private let projection: [Float]
  /// All layers of the network but the last, nil where it has no other, and the last.
  private let hidden: Sequential<Float>?
  private let readout: Sequential<Float>

  package init(
    space: AtmosphereSpace, components: SpectralComponents, inputs: EmulatorInputs, guess: Matrix<Float>,
    network: Sequential<Float>, meanLevel: Double, deviation: [Double], levelDeviation: Double
  ) {
    precondition(network.inputs == inputs.count(space) && network.outputs == 1 + components.count)
    precondition(guess.rows == network.inputs + 1 && guess.columns == network.outputs)
    precondition(deviation.count == components.binCount)
    self.space = space
    self.components = components
    self.inputs = inputs
    self.guess = guess
    self.network = network
    self.meanLevel = meanLevel
    self.deviation = deviation
    self.levelDeviation = levelDeviation
    let (bins, scales) = (components.binCount, Self.scales(components))
    var projection = [Float](repeating: 0, count: (1 + components.count) * (1 + bins))
    projection[0] = 1
    for k in 0..<components.count {
      for bin in 0..<bins {
        projection[(k + 1) * (1 + bins) + 1 + bin] = Float(
          components.loadings.elements[k * bins + bin] / scales[k])
      }
    }
    self.projection = projection
    (hidden, readout) =
      network.layers.count > 1 ? network.split(at: network.layers.count - 1) : (nil, network)
  }

  /// The root mean square over the bins of what one standard deviation of each component does.
  package static func scales(_ components: SpectralComponents) -> [Double] {
    (0..<components.count).map { k in
      let squares = components.loadings.row(k).reduce(0) { $0 + $1 * $1 }
      return max((squares / Double(components.binCount)).squareRoot(), 1e-12)
    }
  }

  /// The numbers of level and components, rows x (1 + components): guess and correction; and the clues.
  func numbers(of rows: Matrix<Double>) -> (numbers: Matrix<Float>, clues: Matrix<Float>) {
    let inputs = inputs(rows, space)
    let clues = hidden?(inputs) ?? Matrix(rows: inputs.rows, columns: 0)
    var numbers = readout(hidden == nil ? inputs : clues)
    let (width, outputs) = (inputs.columns, numbers.columns)
    guess.elements.withUnsafeBufferPointer { guess in
      inputs.elements.withUnsafeBufferPointer { inputs in
        numbers.elements.withUnsafeMutableBufferPointer { numbers in
          multiplyMatrices(
            ProductShape(rows: rows.rows, columns: outputs, inner: width), inputs,
            UnsafeBufferPointer(rebasing: guess[..<(width * outputs)]), into: numbers, beta: 1)
          guard let base = numbers.baseAddress, let alone = guess.baseAddress.map({ $0 + width * outputs })
          else { return }
          Float.addRow(alone, to: base, rows: rows.rows, columns: outputs)
        }
      }
    }
    return (numbers, clues)
  }

  /// Levels, one a row, and shapes, rows x bins, as `SpectrumShape` has them; and what the last hidden layer makes of the rows.
  /// - Parameter rows: of the space, inside its ranges.
  package func spectra(of rows: Matrix<Double>) -> SurrogateSpectra {
    precondition(rows.columns == space.count)
    let (outputs, clues) = numbers(of: rows)
    let bins = components.binCount
    let columns = 1 + bins
    var products = [Float](repeating: 0, count: rows.rows * columns)
    outputs.elements.withUnsafeBufferPointer { outputs in
      projection.withUnsafeBufferPointer { projection in
        products.withUnsafeMutableBufferPointer {
          multiplyMatrices(
            ProductShape(rows: rows.rows, columns: columns, inner: 1 + components.count), outputs, projection,
            into: $0)
        }
      }
    }
    let levels = (0..<rows.rows).map { meanLevel + Double(products[$0 * columns]) }
    let shapes = [Double](unsafeUninitializedCapacity: rows.rows * bins) { shapes, count in
      for row in 0..<rows.rows {
        for bin in 0..<bins {
          shapes[row * bins + bin] = components.mean[bin] + Double(products[row * columns + 1 + bin])
        }
      }
      count = rows.rows * bins
    }
    return SurrogateSpectra(
      levels: levels, shapes: Matrix(rows: rows.rows, columns: bins, elements: shapes), clues: clues)
  }
}
