package import NeuralNetworks
import Observations
package import SpectralPrior
import Tensors

extension SafetensorsFile {
  /// Adds components and levels, as `SpectralFrontEnd.init(_:_:)` reads them.
  package mutating func store(_ frontEnd: SpectralFrontEnd) {
    let components = frontEnd.components
    tensors["components.mean"] = .init(components.mean)
    tensors["components.loadings"] = .init(
      components.loadings.elements, shape: [components.count, components.binCount])
    tensors["components.residualVariance"] = .init(components.residualVariance)
    let level = frontEnd.ranges.level
    tensors["level"] = .init([level.mean, level.deviation])
  }
}

extension SpectralFrontEnd {
  /// The front end of a space as a model's file has it.
  package init(_ reader: TensorReader, _ space: AtmosphereSpace) throws(TensorReader.Refusal) {
    let level: [Double] = try reader.tensor("level", shape: [2])
    // An eclipse has no level.
    guard level[1] > 0 || (space.kind == .eclipse && level[1] == 0) else {
      throw .init("its levels do not scatter")
    }
    self.init(
      space, components: try SpectralComponents(reader),
      level: NormalLaw(mean: level[0], deviation: level[1]))
  }
}

extension SpectralComponents {
  fileprivate init(_ reader: TensorReader) throws(TensorReader.Refusal) {
    let bins = SpectralGrid.standard.count
    let loadings: (elements: [Double], shape: [Int]) = try reader.tensor(
      "components.loadings", shape: [nil, bins])
    let residual: [Double] = try reader.tensor("components.residualVariance", shape: [bins])
    guard (1..<bins).contains(loadings.shape[0]), residual.allSatisfy({ $0 > 0 }) else {
      throw .init("its components are too many, or leave nothing over")
    }
    self.init(
      mean: try reader.tensor("components.mean", shape: [bins]),
      loadings: Matrix(rows: loadings.shape[0], columns: bins, elements: loadings.elements),
      residualVariance: residual)
  }
}
