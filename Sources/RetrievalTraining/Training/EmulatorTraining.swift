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
    batchSize: 512, epochs: 30, peakRate: 2e-3, finalRate: 1e-6, warmUpSteps: 500, weightDecay: 0,
    maximumGradientNorm: 5)

  package init() {}

  package var summary: String {
    "emulator \(components) components, \(width) x \(hiddenLayers), \(learning.summary)"
  }
}

/// An emulator's examples: rows to what a linear guess leaves of level and components, as `SpectrumEmulator` has them.
package struct EmulatorTraining: Sendable {
  package let space: AtmosphereSpace
  package let components: SpectralComponents
  package let meanLevel: Double
  package let inputs: EmulatorInputs
  package let guess: Matrix<Float>
  package let examples: Examples

  private static let blockRows = 4096
  /// Spectra that are enough for means and for the guess.
  private static let mostForGuess = 40_000

  /// - Parameters:
  ///   - heights: nil: the network sees the rows alone, and nothing is guessed.
  ///   - rows: the set's that may be learnt from.
  package init(
    _ set: RetrievalTrainingSet, components: SpectralComponents, meanLevel: Double, heights: GasHeights?,
    rows: Range<Int>
  ) {
    space = set.space
    self.components = components
    self.meanLevel = meanLevel
    let some = rows.prefix(Self.mostForGuess)
    let inputs = Self.inputs(set, heights, some)
    var numbers = Self.numbers(of: set, components, meanLevel)
    let seen = inputs(Matrix(rows: set.count, columns: set.space.count, elements: set.rows), set.space)
    let width = 1 + components.count
    var guess = Matrix<Float>(rows: seen.columns + 1, columns: width)
    if heights != nil {
      guess = Self.guess(seen, numbers, width: width, rows: some)
      let alone = seen.columns * width
      let negative = guess.elements[..<alone].map { -$0 }
      seen.elements.withUnsafeBufferPointer { seenNumbers in
        negative.withUnsafeBufferPointer { guess in
          numbers.withUnsafeMutableBufferPointer {
            multiplyMatrices(
              ProductShape(rows: seen.rows, columns: width, inner: seen.columns), seenNumbers, guess,
              into: $0,
              beta: 1)
          }
        }
      }
      for row in 0..<seen.rows {
        for k in 0..<width { numbers[row * width + k] -= guess.elements[alone + k] }
      }
    }
    self.inputs = inputs
    self.guess = guess
    examples = Examples(
      inputWidth: seen.columns, targetWidth: width, inputs: seen.elements, targets: numbers)
  }

  private static func inputs(
    _ set: RetrievalTrainingSet, _ heights: GasHeights?, _ rows: Range<Int>
  ) -> EmulatorInputs {
    guard let heights else { return .rowAlone }
    let width = heights.guessCount
    let plain = EmulatorInputs(
      heights: heights, means: [Float](repeating: 0, count: width),
      deviations: [Float](repeating: 1, count: width))
    let first = set.space.count
    let seen = plain(
      Matrix(
        rows: rows.count, columns: first,
        elements: Array(set.rows[rows.lowerBound * first..<rows.upperBound * first])), set.space)
    var (sums, squares) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
    for row in 0..<rows.count {
      for j in 0..<width {
        let value = Double(seen.elements[row * seen.columns + first + j])
        sums[j] += value
        squares[j] += value * value
      }
    }
    let means = sums.map { $0 / Double(rows.count) }
    return EmulatorInputs(
      heights: heights, means: means.map { Float($0) },
      deviations: zip(squares, means).map { Float(max($0 / Double(rows.count) - $1 * $1, 1e-6).squareRoot()) }
    )
  }

  /// Level and components of the set's spectra, rows x (1 + components), as the network gives them.
  private static func numbers(
    of set: RetrievalTrainingSet, _ components: SpectralComponents, _ meanLevel: Double
  ) -> [Float] {
    let (bins, width) = (components.binCount, 1 + components.count)
    let scales = SpectrumEmulator.scales(components)
    // Bins x components; loadings are orthogonal.
    var projection = [Float](repeating: 0, count: bins * components.count)
    for k in 0..<components.count {
      let norm = scales[k] * Double(bins)
      for bin in 0..<bins {
        projection[bin * components.count + k] = Float(components.loadings.elements[k * bins + bin] / norm)
      }
    }
    let mean = components.mean.map { Float($0) }
    var result = [Float](repeating: 0, count: set.count * width)
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
        result[target] = Float(Double(set.levels[start + row]) - meanLevel)
        for k in 0..<components.count { result[target + 1 + k] = numbers[row * components.count + k] }
      }
    }
    return result
  }

  /// Least squares of the numbers on the inputs and 1, with a little ridge.
  private static func guess(
    _ seen: Matrix<Float>, _ numbers: [Float], width: Int, rows: Range<Int>
  ) -> Matrix<Float> {
    let columns = seen.columns + 1
    let all = columns + width
    var gram = [Double](repeating: 0, count: columns * all)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      let count = min(blockRows, rows.upperBound - start)
      var left = [Double](repeating: 1, count: count * columns)
      var both = [Double](repeating: 1, count: count * all)
      for row in 0..<count {
        for j in 0..<seen.columns {
          let value = Double(seen.elements[(start + row) * seen.columns + j])
          left[row * columns + j] = value
          both[row * all + j] = value
        }
        for k in 0..<width { both[row * all + columns + k] = Double(numbers[(start + row) * width + k]) }
      }
      left.withUnsafeBufferPointer { left in
        both.withUnsafeBufferPointer { both in
          gram.withUnsafeMutableBufferPointer {
            multiplyMatrices(
              ProductShape(rows: columns, columns: all, inner: count, aIsTransposed: true), left, both,
              into: $0,
              beta: 1)
          }
        }
      }
    }
    let ridge = 1e-4 * Double(rows.count)
    var solution = (0..<columns).flatMap { gram[($0 * all + columns)..<(($0 + 1) * all)] }
    guard
      let factor = SkylineCholesky(
        count: columns,
        element: { gram[$0 * all + $1] + ($0 == $1 ? ridge : 0) })
    else { return Matrix(rows: columns, columns: width) }
    factor.forward(&solution, columns: width)
    factor.backward(&solution, columns: width)
    return Matrix(rows: columns, columns: width, elements: solution.map { Float($0) })
  }

  package func trainer(division: SetDivision, options: EmulatorOptions) -> ExampleTrainer<SquareLoss> {
    let widths =
      [examples.inputWidth] + Array(repeating: options.width, count: options.hiddenLayers)
      + [examples.targetWidth]
    return ExampleTrainer(
      Sequential<Float>.perceptron(widths: widths).layers, lastBiases: nil, loss: SquareLoss(),
      examples: examples, rows: division.training, validation: division.validation, options: options.learning)
  }

  package func emulator(_ network: Sequential<Float>, _ evaluation: EmulatorEvaluation? = nil)
    -> SpectrumEmulator
  {
    SpectrumEmulator(
      space: space, components: components, inputs: inputs, guess: guess, network: network,
      meanLevel: meanLevel,
      deviation: evaluation?.deviation ?? [Double](repeating: 0, count: components.binCount),
      levelDeviation: evaluation?.levelDeviation ?? 0)
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
