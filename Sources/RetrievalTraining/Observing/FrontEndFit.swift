package import Retrieval
package import SpectralPrior
package import Tensors
package import TrainingSets

extension SpectralFrontEnd {
  /// Components kept.
  package static let fittedComponents = 150
  /// What no component tells is taken for no less, in the shapes' unit: 0.2 ppm of a hot Jupiter's transit.
  private static let leastResidual = 1e-3

  /// Components and levels of a set's spectra.
  /// - Parameter rows: those to take; two at least.
  package init(
    fittedTo set: RetrievalTrainingSet, rows: Range<Int>, components: Int = Self.fittedComponents
  ) {
    var moments = SpectralMoments(origin: set.shape(rows.lowerBound).values)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: 1024) {
      moments.add(set.shapeValues(start..<min(start + 1024, rows.upperBound)))
    }
    let levels = rows.map { Double(set.levels[$0]) }
    let mean = levels.reduce(0, +) / Double(levels.count)
    let variance = levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(levels.count)
    self.init(
      set.space, components: moments.components(components, leastResidual: Self.leastResidual),
      level: NormalLaw(mean: mean, deviation: variance.squareRoot()))
  }
}

extension RetrievalTrainingSet {
  package func row(_ index: Int) -> [Double] {
    Array(rows[index * space.count..<(index + 1) * space.count])
  }

  package func shape(_ index: Int) -> SpectrumShape {
    let bins = shapes.count / count
    return SpectrumShape(
      level: Double(levels[index]), values: shapes[index * bins..<(index + 1) * bins].map(Double.init))
  }

  /// Rows x bins.
  package func shapeValues(_ rows: Range<Int>) -> Matrix<Double> {
    let bins = shapes.count / count
    return Matrix(
      rows: rows.count, columns: bins,
      elements: shapes[rows.lowerBound * bins..<rows.upperBound * bins].map(Double.init))
  }
}
