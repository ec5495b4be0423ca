import NeuralNetworks
import NumericalMethods
import RobERt
import Tensors

/// One Boltzmann machine learning, batch by batch, from what the layer below it makes of the spectra.
struct MachineLesson {
  private(set) var machine: RestrictedBoltzmannMachine<Float>
  private let visible: Matrix<Float>
  /// Of the Gaussian units, a row a spectrum; nil where none can be missing.
  private let isMissing: [Bool]?
  private let isTop: Bool
  private let topGibbsSteps: Int
  private var centred: CentredParameters<Float>
  private let divergence: ContrastiveDivergence<Float>
  private var optimiser: AdamW<Float>
  private var batch: Matrix<Float>
  private var missing: [Bool]
  /// The topmost machine has to dream on its own: its chains go on from batch to batch.
  private var chains: [Float]

  init(
    _ machine: RestrictedBoltzmannMachine<Float>, visible: Matrix<Float>, isMissing: [Bool]?, isTop: Bool,
    options: RobERtOptions
  ) {
    self.machine = machine
    self.visible = visible
    self.isMissing = isMissing
    self.isTop = isTop
    topGibbsSteps = options.topGibbsSteps
    centred = CentredParameters(machine, visibleMeans: Self.means(visible))
    centred.store(into: &self.machine)
    let size = options.batchSize
    divergence = ContrastiveDivergence(machine, capacity: size)
    optimiser = AdamW(
      count: machine.parameters.count, weightDecay: options.weightDecay,
      maximumNorm: options.maximumGradientNorm)
    batch = Matrix(rows: size, columns: machine.visible)
    missing = [Bool](repeating: false, count: isMissing == nil ? 0 : size * machine.gaussianUnits)
    chains = isTop ? Array(visible.elements.prefix(size * machine.visible)) : []
  }

  /// - Parameter rows: as many spectra as a batch has.
  /// - Returns: the batch's reconstruction error a unit.
  mutating func step(_ rows: ArraySlice<Int>, rate: Double, random: inout SeededRandom) -> Double {
    gather(rows)
    let error = batch.elements.withUnsafeBufferPointer { v in
      missing.withUnsafeBufferPointer { missing in
        chains.withUnsafeMutableBufferPointer { chains in
          divergence.step(
            machine, v, isMissing: isMissing == nil ? nil : missing, rows: rows.count,
            steps: isTop ? topGibbsSteps : 1, samplesVisible: isTop, chains: isTop ? chains : nil,
            random: &random)
        }
      }
    }
    centred.centre(divergence.gradient)
    _ = centred.parameters.withUnsafeMutableBufferPointer {
      optimiser.step($0, gradient: UnsafeBufferPointer(divergence.gradient), rate: rate)
    }
    centred.store(into: &machine)
    return error
  }

  private mutating func gather(_ rows: ArraySlice<Int>) {
    let (width, gaussian) = (machine.visible, machine.gaussianUnits)
    for (i, row) in rows.enumerated() {
      for j in 0..<width { batch.elements[i * width + j] = visible[row, j] }
      guard let isMissing else { continue }
      for j in 0..<gaussian { missing[i * gaussian + j] = isMissing[row * gaussian + j] }
    }
  }

  private static func means(_ visible: Matrix<Float>) -> [Float] {
    var sums = [Double](repeating: 0, count: visible.columns)
    for row in 0..<visible.rows {
      for (i, value) in visible.row(row).enumerated() { sums[i] += Double(value) }
    }
    return sums.map { Float($0 / Double(max(visible.rows, 1))) }
  }
}
