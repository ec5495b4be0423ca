package import Tensors

/// A layer that takes over a normalisation behind it: each output channel's weights and bias times a scale, plus an offset.
private protocol FoldingLayer: Layer {
  var activation: Activation { get }
  /// The output channel, of so many, that a weight belongs to. Weights come first, then biases, one an output or a channel.
  func channel(ofWeight index: Int, channels: Int) -> Int
  var weightCount: Int { get }
  func with(_ activation: Activation) -> any Layer
}

extension DenseLayer: FoldingLayer {
  fileprivate var weightCount: Int { inputs * outputs }
  fileprivate func channel(ofWeight index: Int, channels: Int) -> Int { index % outputs % channels }
  fileprivate func with(_ activation: Activation) -> any Layer {
    DenseLayer(inputs: inputs, outputs: outputs, activation: activation)
  }
}

extension Convolution2D: FoldingLayer {
  fileprivate var weightCount: Int { geometry.weightCount }
  fileprivate func channel(ofWeight index: Int, channels: Int) -> Int { index % channels }
  fileprivate func with(_ activation: Activation) -> any Layer {
    Convolution2D(geometry: geometry, activation: activation)
  }
}

extension TransposedConvolution2D: FoldingLayer {
  fileprivate var weightCount: Int { geometry.weightCount }
  fileprivate func channel(ofWeight index: Int, channels: Int) -> Int {
    index / geometry.small.channels % channels
  }
  fileprivate func with(_ activation: Activation) -> any Layer {
    TransposedConvolution2D(geometry: geometry, activation: activation)
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
        layers[layers.count - 1] = before.with(normalisation.activation)
        parameters[parameters.count - 1] = Self.fold(normalisation, own, into: before, numbers)
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
      } else {
        layers.append(layer)
        parameters.append(own)
      }
    }
    return Sequential(layers, parameters: Array(parameters.joined()))
  }

  private static func fold(
    _ normalisation: BatchNormalization, _ own: [S], into layer: some FoldingLayer, _ numbers: [S]
  ) -> [S] {
    let channels = normalisation.channels
    let scale = (0..<channels).map {
      own[$0] / (own[3 * channels + $0] + S(BatchNormalization.epsilon)).squareRoot()
    }
    let offset = (0..<channels).map { own[channels + $0] - scale[$0] * own[2 * channels + $0] }
    let weights = layer.weightCount
    return numbers.indices.map { index in
      index < weights
        ? numbers[index] * scale[layer.channel(ofWeight: index, channels: channels)]
        : numbers[index] * scale[(index - weights) % channels] + offset[(index - weights) % channels]
    }
  }

  /// Without the weights of the added channel, which is always the same number and so goes into the biases.
  private static func fold(
    _ deviation: MinibatchDeviation, _ value: S, into layer: DenseLayer, _ numbers: [S]
  ) -> [S] {
    let channels = deviation.output.channels
    var weights: [S] = []
    var biases = Array(numbers[layer.weightCount...])
    for input in 0..<layer.inputs {
      let row = numbers[input * layer.outputs..<(input + 1) * layer.outputs]
      if input % channels == channels - 1 {
        for (j, weight) in row.enumerated() { biases[j] += value * weight }
      } else {
        weights += row
      }
    }
    return weights + biases
  }
}
