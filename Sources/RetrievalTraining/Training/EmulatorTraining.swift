package import NeuralNetworks
import NumericalMethods
package import Retrieval
package import SpectralPrior
package import Tensors
package import TrainingRuns
package import TrainingSets

/// How an emulator is built and taught.
package struct EmulatorOptions: Sendable, Hashable {
  /// The most components that it makes.
  package var components = 120
  package var width = 256
  package var hiddenLayers = 3
  package var learning = ExampleOptions(
    batchSize: 1024, epochs: 30, peakRate: 2e-3, finalRate: 1e-6, warmUpSteps: 500, weightDecay: 0,
    maximumGradientNorm: 5)

  package init() {}

  package var summary: String { "emulator \(components) components, \(width) x \(hiddenLayers), \(learning.summary)" }
}

/// An emulator's examples: rows to level and components, as `SpectrumEmulator` has them.
package enum EmulatorTraining {
  private static let blockRows = 4096

  package static func examples(
    _ set: RetrievalTrainingSet, components: SpectralComponents, meanLevel: Double
  ) -> Examples {
    let (bins, width) = (components.binCount, 1 + components.count)
    let scales = SpectrumEmulator.scales(components)
    // (1 + bins, 1 + components): centred level and shape to the network's numbers. Loadings are orthogonal.
    var projection = [Float](repeating: 0, count: bins * components.count)
    for k in 0..<components.count {
      let norm = scales[k] * Double(bins)
      for bin in 0..<bins {
        projection[bin * components.count + k] = Float(components.loadings.elements[k * bins + bin] / norm)
      }
    }
    let mean = components.mean.map { Float($0) }
    var targets = [Float](repeating: 0, count: set.count * width)
    for start in stride(from: 0, to: set.count, by: blockRows) {
      let rows = min(blockRows, set.count - start)
      var centred = Array(set.shapes[start * bins..<(start + rows) * bins])
      for row in 0..<rows { for bin in 0..<bins { centred[row * bins + bin] -= mean[bin] } }
      var numbers = [Float](repeating: 0, count: rows * components.count)
      centred.withUnsafeBufferPointer { centred in
        projection.withUnsafeBufferPointer { projection in
          numbers.withUnsafeMutableBufferPointer {
            multiplyMatrices(
              ProductShape(rows: rows, columns: components.count, inner: bins), centred, projection, into: $0)
          }
        }
      }
      for row in 0..<rows {
        let target = (start + row) * width
        targets[target] = Float(Double(set.levels[start + row]) - meanLevel)
        for k in 0..<components.count { targets[target + 1 + k] = numbers[row * components.count + k] }
      }
    }
    return Examples(
      inputWidth: set.space.count, targetWidth: width,
      inputs: (0..<set.count).flatMap { SpectrumEmulator.inputs(set.row($0), set.space) }, targets: targets)
  }

  package static func trainer(
    _ examples: Examples, division: SetDivision, options: EmulatorOptions
  ) -> ExampleTrainer<SquareLoss> {
    let widths =
      [examples.inputWidth] + Array(repeating: options.width, count: options.hiddenLayers)
      + [examples.targetWidth]
    return ExampleTrainer(
      Sequential<Float>.perceptron(widths: widths).layers, lastBiases: nil, loss: SquareLoss(),
      examples: examples, rows: division.training, validation: division.validation, options: options.learning)
  }
}

/// How far an emulator is from the forward model, on spectra that it has not learnt from.
package struct EmulatorEvaluation: Sendable, Hashable {
  package let spectra: Int
  /// rms over the spectra, one a bin, in the shape's unit.
  package let deviation: [Double]
  package let levelDeviation: Double
  /// Over the spectra: of the rms over the bins, and of the level's error.
  package let shape: Spread
  package let level: Spread

  package struct Spread: Sendable, Hashable {
    package let median: Double
    package let ninetieth: Double

    init(_ values: [Double]) {
      let sorted = values.sorted()
      median = quantile(ofSorted: sorted, 0.5)
      ninetieth = quantile(ofSorted: sorted, 0.9)
    }
  }

  package init(_ emulator: SpectrumEmulator, _ set: RetrievalTrainingSet, rows: Range<Int>) {
    let bins = emulator.components.binCount
    var squares = [Double](repeating: 0, count: bins)
    var (shapes, levels): ([Double], [Double]) = ([], [])
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: 512) {
      let end = min(start + 512, rows.upperBound)
      let made = emulator.shapes(
        of: Matrix(
          rows: end - start, columns: set.space.count,
          elements: Array(set.rows[start * set.space.count..<end * set.space.count])))
      for row in start..<end {
        levels.append(abs(made.levels[row - start] - Double(set.levels[row])))
        var sum = 0.0
        for bin in 0..<bins {
          let error = made.shapes.elements[(row - start) * bins + bin] - Double(set.shapes[row * bins + bin])
          squares[bin] += error * error
          sum += error * error
        }
        shapes.append((sum / Double(bins)).squareRoot())
      }
    }
    spectra = rows.count
    deviation = squares.map { ($0 / Double(rows.count)).squareRoot() }
    levelDeviation = (levels.reduce(0) { $0 + $1 * $1 } / Double(rows.count)).squareRoot()
    shape = Spread(shapes)
    level = Spread(levels)
  }
}
