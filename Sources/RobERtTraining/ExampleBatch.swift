import Dispatch
import NumericalMethods
import Observations
import RobERt
import TrainingSets

/// Observed spectra as arrays that a network learns from.
package struct ExampleBatch: Sendable {
  package private(set) var rows: Int
  /// (rows, 800)
  package var inputs: [Float]
  /// (rows, molecules): 1 where shown, else 0.
  package var shown: [Float]
  /// The class of a spectrum with at most one gas, -1 for a mixture.
  package var singleClass: [Int32]
  /// The one gas that is there, shown or not: its place among the molecules; -1 where there is none or more than one.
  package var onlyGas: [Int32]
  /// (rows, 400): true where nothing was observed.
  package var isMissing: [Bool]

  package static let inputWidth = 2 * SpectralGrid.standard.count
  package static var molecules: Int { KnownMolecules.names.count }

  /// Observes rows of a set, each with its own stream of random numbers, so that threads do not matter.
  /// - Parameters:
  ///   - rows: of the source's set.
  ///   - seed, epoch: the same give the same noise; another epoch, another.
  package init(_ source: ExampleSource, rows: [Int], seed: UInt64, epoch: Int, threads: Int) {
    let observation = BatchObservation(source, rows: rows, seed: seed, epoch: epoch)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in observation.work() }
    self = observation.finish()
  }

  init(rows: Int) {
    self.rows = rows
    inputs = [Float](repeating: 0, count: rows * Self.inputWidth)
    shown = [Float](repeating: 0, count: rows * Self.molecules)
    singleClass = [Int32](repeating: -1, count: rows)
    onlyGas = singleClass
    isMissing = [Bool](repeating: true, count: rows * SpectralGrid.standard.count)
  }

  mutating func set(_ row: Int, _ example: ObservedExample, inputs values: [Float]) {
    let (width, molecules, bins) = (Self.inputWidth, Self.molecules, SpectralGrid.standard.count)
    inputs.withUnsafeMutableBufferPointer { inputs in
      for (j, value) in values.enumerated() { inputs[row * width + j] = value }
    }
    for (j, isShown) in example.isShown.enumerated() where isShown { shown[row * molecules + j] = 1 }
    if example.isSingle { singleClass[row] = Int32(example.singleClass) }
    isMissing.withUnsafeMutableBufferPointer { missing in
      for (j, noise) in example.encoded.noise.enumerated() { missing[row * bins + j] = !noise.isFinite }
    }
  }

  /// These spectra, then the other's.
  package func joined(with other: ExampleBatch) -> ExampleBatch {
    var joined = self
    joined.rows += other.rows
    joined.inputs += other.inputs
    joined.shown += other.shown
    joined.singleClass += other.singleClass
    joined.onlyGas += other.onlyGas
    joined.isMissing += other.isMissing
    return joined
  }

  /// An order of `rows` that seed and epoch fix (Durstenfeld 1964, CACM 7, 420).
  package static func shuffled(_ rows: Range<Int>, seed: UInt64, epoch: Int) -> [Int] {
    var random = SeededRandom(seed: seed, stream: UInt64(epoch) &+ 0x5EED)
    return Array(rows).shuffled(using: &random)
  }
}
