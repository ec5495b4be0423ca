import Dispatch
import NumericalMethods
import Observations
import RobERt

/// Observed spectra as arrays that a network learns from.
package struct ExampleBatch: Sendable {
  package let rows: Int
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

  package static let inputWidth = 2 * Observations.SpectralGrid.count
  package static var molecules: Int { KnownMolecules.names.count }

  /// Observes rows of a set, each with its own stream of random numbers, so that threads do not matter.
  /// - Parameters:
  ///   - rows: of the source's set.
  ///   - seed, epoch: the same give the same noise; another epoch, another.
  package init(_ source: ExampleSource, rows: [Int], seed: UInt64, epoch: Int, threads: Int) {
    let bins = Observations.SpectralGrid.count
    let (width, molecules, count) = (Self.inputWidth, Self.molecules, rows.count)
    var inputs = [Float](repeating: 0, count: count * width)
    var shown = [Float](repeating: 0, count: count * molecules)
    var classes = [Int32](repeating: -1, count: count)
    var missing = [Bool](repeating: true, count: count * bins)
    inputs.withUnsafeMutableBufferPointer { inputs in
      shown.withUnsafeMutableBufferPointer { shown in
        classes.withUnsafeMutableBufferPointer { classes in
          missing.withUnsafeMutableBufferPointer { missing in
            // Each row is written by one thread, once.
            nonisolated(unsafe) let (x, y, c, m) = (inputs, shown, classes, missing)
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
              for i in stride(from: thread, to: count, by: threads) {
                var random = SeededRandom(
                  seed: seed, stream: UInt64(epoch) &* 0x1_0000_0000 &+ UInt64(rows[i]))
                guard let example = source.example(rows[i], random: &random) else { continue }
                for (j, value) in example.encoded.inputs.enumerated() { x[i * width + j] = value }
                for (j, isShown) in example.isShown.enumerated() where isShown { y[i * molecules + j] = 1 }
                if example.isSingle { c[i] = Int32(example.singleClass) }
                for j in 0..<bins where example.encoded.noise[j].isFinite { m[i * bins + j] = false }
              }
            }
          }
        }
      }
    }
    self.rows = count
    self.inputs = inputs
    self.shown = shown
    singleClass = classes
    onlyGas = rows.map { row in
      let gases = source.set.first[row]..<source.set.first[row + 1]
      return gases.count == 1 ? Int32(source.set.molecule[gases.lowerBound]) : -1
    }
    isMissing = missing
  }

  /// An order of `rows` that seed and epoch fix (Durstenfeld 1964, CACM 7, 420).
  package static func shuffled(_ rows: Range<Int>, seed: UInt64, epoch: Int) -> [Int] {
    var random = SeededRandom(seed: seed, stream: UInt64(epoch) &+ 0x5EED)
    return Array(rows).shuffled(using: &random)
  }
}
