import Tensors

/// A layer that takes over a normalisation behind it: each output channel's weights and bias times a scale, plus an offset.
private protocol FoldingLayer: Layer {
  var activation: Activation { get }
  func with(_ activation: Activation) -> any Layer
  /// What weights are multiplied with, given what each output channel is: they stand in rows of that length.
  func weightScales<S: Scalar>(_ channels: [S]) -> [S]
}

extension FoldingLayer {
  private var weightCount: Int { parameters[0].count }
  private var biasCount: Int { parameters[1].count }

  /// The parameters with a normalisation of those folded in.
  fileprivate func folded<S: Scalar>(_ own: [S], scale: [S], offset: [S]) -> [S] {
    let scales = weightScales(scale)
    let biasScales = (0..<biasCount).map { scale[$0 % scale.count] }
    let biasOffsets = (0..<biasCount).map { offset[$0 % offset.count] }
    let zeros = [S](repeating: 0, count: scales.count)
    return [S](unsafeUninitializedCapacity: own.count) { folded, count in
      count = own.count
      own.withUnsafeBufferPointer { own in
        guard let source = own.baseAddress, let target = folded.baseAddress else { return }
        scales.withUnsafeBufferPointer { scales in
          zeros.withUnsafeBufferPointer { zeros in
            guard let scale = scales.baseAddress, let zero = zeros.baseAddress else { return }
            S.scaleColumns(
              source, scale: scale, offset: zero, into: target, rows: weightCount / scales.count,
              columns: scales.count)
          }
        }
        for i in 0..<biasCount {
          target[weightCount + i] = source[weightCount + i] * biasScales[i] + biasOffsets[i]
        }
      }
    }
  }
}

extension DenseLayer: FoldingLayer {
  fileprivate func with(_ activation: Activation) -> any Layer {
    DenseLayer(inputs: inputs, outputs: outputs, activation: activation)
  }
  fileprivate func weightScales<S: Scalar>(_ channels: [S]) -> [S] {
    (0..<outputs).map { channels[$0 % channels.count] }
  }
}

extension Convolution2D: FoldingLayer {
  fileprivate func with(_ activation: Activation) -> any Layer {
    Convolution2D(geometry: geometry, activation: activation)
  }
  fileprivate func weightScales<S: Scalar>(_ channels: [S]) -> [S] { channels }
}

extension TransposedConvolution2D: FoldingLayer {
  fileprivate func with(_ activation: Activation) -> any Layer {
    TransposedConvolution2D(geometry: geometry, activation: activation)
  }
  fileprivate func weightScales<S: Scalar>(_ channels: [S]) -> [S] {
    (0..<channels.count * geometry.small.channels).map { channels[$0 / geometry.small.channels] }
  }
}

extension Sequential {
  /// The network for inference: layers that look at the whole batch in training are merged, with the statistics they have learnt,
  /// into those beside them, so that a row no longer depends on its neighbours.
  ///
  /// - Precondition: each batch normalisation stands behind a layer of weights without activation, each minibatch deviation before a
  ///   dense layer.
  package var folded: Sequential {
    var layers: [any Layer] = []
    var parameters: [[S]] = []
    var deviation: (layer: MinibatchDeviation, value: S)?
    for (i, layer) in self.layers.enumerated() {
      let own = Array(self.parameters[places[i]])
      if let normalisation = layer as? BatchNormalization {
        guard let before = layers.last as? any FoldingLayer, let numbers = parameters.last,
          before.activation == .identity
        else { preconditionFailure("a batch normalisation needs a layer of weights before it") }
        let (scale, offset) = normalisation.learnt(own)
        layers[layers.count - 1] = before.with(normalisation.activation)
        parameters[parameters.count - 1] = before.folded(numbers, scale: scale, offset: offset)
      } else if let layer = layer as? MinibatchDeviation {
        deviation = (layer, own[0])
      } else if let found = deviation {
        guard let dense = layer as? DenseLayer else {
          preconditionFailure("a minibatch deviation needs a dense layer behind it")
        }
        layers.append(
          DenseLayer(inputs: found.layer.inputs, outputs: dense.outputs, activation: dense.activation))
        parameters.append(Self.fold(found.layer, found.value, into: dense, own))
        deviation = nil
      } else if let partial = layer as? PartialLayers {
        let inner = Sequential(partial.layers, parameters: own).folded
        layers.append(PartialLayers(inner.layers, passing: partial.passing))
        parameters.append(inner.parameters)
      } else {
        layers.append(layer)
        parameters.append(own)
      }
    }
    var all: [S] = []
    all.reserveCapacity(self.parameters.count)
    for numbers in parameters { all.append(contentsOf: numbers) }
    return Sequential(layers, parameters: all)
  }

  /// Without the weights of the added channel, which is always the same number and so goes into the biases.
  private static func fold(
    _ deviation: MinibatchDeviation, _ value: S, into layer: DenseLayer, _ numbers: [S]
  ) -> [S] {
    let channels = deviation.output.channels
    var weights: [S] = []
    var biases = Array(numbers[(layer.inputs * layer.outputs)...])
    for input in 0..<layer.inputs {
      let row = numbers[input * layer.outputs..<(input + 1) * layer.outputs]
      if input % channels == channels - 1 {
        for (j, weight) in row.enumerated() { biases[j] += value * weight }
      } else {
        weights.append(contentsOf: row)
      }
    }
    return weights + biases
  }
}

extension BatchNormalization {
  /// What the statistics learnt make of a number: times the scale, plus the offset, of its channel.
  fileprivate func learnt<S: Scalar>(_ own: [S]) -> (scale: [S], offset: [S]) {
    let scale = (0..<channels).map {
      own[$0] / (own[3 * channels + $0] + S(Self.epsilon)).squareRoot()
    }
    return (scale, (0..<channels).map { own[channels + $0] - scale[$0] * own[2 * channels + $0] })
  }
}
