package import Atmospheres
import NumericalMethods
package import Retrieval
package import TrainingSets

extension RetrievalTrainingSet {
  /// Planets of the prior that no set holds, by the forward model: each from a random stream of its own.
  /// - Parameter model: of the space's configuration, on the whole grid.
  package init(
    fresh space: AtmosphereSpace, model: SpectrumModel, count: Int, seed: UInt64, threads: Int
  ) {
    struct Drawn: Sendable {
      var row: [Double]
      var level: Float
      var shape: [Float]
    }
    let drawn = concurrentMap(Array(0..<count), threads: threads) { number -> Drawn? in
      var random = SeededRandom(seed: seed, stream: 0xF2E5_0000_0000 + UInt64(number))
      for _ in 0..<1000 {
        let row = space.draw(&random)
        do throws(AtmosphereError) {
          let shape = try space.shape(row, model)
          return Drawn(row: row, level: Float(shape.level), shape: shape.values.map { Float($0) })
        } catch { continue }
      }
      return nil
    }.compactMap(\.self)
    self.init(
      space, rows: drawn.flatMap(\.row), levels: drawn.map(\.level), shapes: drawn.flatMap(\.shape))
  }
}
