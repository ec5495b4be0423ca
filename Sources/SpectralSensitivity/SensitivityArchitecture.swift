package import NeuralNetworks

/// The three networks that retrieve (after Yip et al. 2021, AJ 162, 195), on bins that each have a mean and a deviation.
package struct SensitivityArchitecture: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case mlp, cnn, lstm

    /// For people.
    package var title: String {
      switch self {
      case .mlp: "MLP"
      case .cnn: "CNN"
      case .lstm: "LSTM"
      }
    }

    /// Widths unless others are asked for: hidden layers; channels of the convolutions and the dense layer behind them; the state of
    /// either pass and the dense layer.
    package var usualWidths: [Int] {
      switch self {
      case .mlp: [256, 256]
      case .cnn: [16, 32, 64, 128]
      case .lstm: [24, 128]
      }
    }
  }

  package let kind: Kind
  package let widths: [Int]

  /// - Returns: nil where the widths are not of the kind: an MLP has one to eight, a CNN two to six, an LSTM two; 1 to 4,096 each.
  package init?(_ kind: Kind, widths: [Int]? = nil) {
    let widths = widths ?? kind.usualWidths
    let counts: ClosedRange<Int>
    switch kind {
    case .mlp: counts = 1...8
    case .cnn: counts = 2...6
    case .lstm: counts = 2...2
    }
    guard counts.contains(widths.count), widths.allSatisfy({ (1...4096).contains($0) }) else { return nil }
    self.kind = kind
    self.widths = widths
  }

  package var summary: String { "\(kind.rawValue) \(widths.map(String.init).joined(separator: " "))" }

  /// Neighbouring bins that the LSTM takes as one step.
  private static let binsAStep = 8

  /// - Parameters:
  ///   - channels: numbers a bin.
  ///   - others: numbers behind those of the bins.
  package func layers(bins: Int, channels: Int, others: Int, outputs: Int) -> [any Layer] {
    switch kind {
    case .mlp:
      let inputs = bins * channels + others
      return dense([inputs] + widths) + [
        DenseLayer(inputs: widths[widths.count - 1], outputs: outputs, activation: .identity)
      ]
    case .cnn:
      var inner: [any Layer] = []
      var (steps, features) = (bins, channels)
      for (place, width) in widths.dropLast().enumerated() {
        let convolution = Convolution2D.alongRow(
          steps: steps, features: features, channels: width, kernel: place == 0 ? 8 : 5,
          stride: place == 0 ? 2 : 1, activation: .identity)
        inner += [convolution, BatchNormalization(convolution.output, activation: .rectifier)] as [any Layer]
        (steps, features) = (convolution.output.width, width)
        if steps % 2 == 0 {
          inner.append(MaxPooling(steps: steps, channels: features, window: 2))
          steps /= 2
        }
      }
      return head(inner, made: steps * features, others: others, outputs: outputs)
    case .lstm:
      let size = bins % Self.binsAStep == 0 ? Self.binsAStep : 1
      let memory = BidirectionalLSTM(
        steps: bins / size, features: size * channels, hidden: widths[0])
      return head([memory], made: memory.outputs, others: others, outputs: outputs)
    }
  }

  private func dense(_ widths: [Int]) -> [any Layer] {
    zip(widths, widths.dropFirst()).map {
      DenseLayer(inputs: $0, outputs: $1, activation: .sigmoidLinear)
    }
  }

  /// What the others pass by, and a dense layer behind both.
  private func head(_ inner: [any Layer], made: Int, others: Int, outputs: Int) -> [any Layer] {
    let width = widths[widths.count - 1]
    let behind: [any Layer] = [
      DenseLayer(inputs: made + others, outputs: width, activation: .sigmoidLinear),
      DenseLayer(inputs: width, outputs: outputs, activation: .identity),
    ]
    return (others > 0 ? [PartialLayers(inner, passing: others)] : inner) + behind
  }
}
