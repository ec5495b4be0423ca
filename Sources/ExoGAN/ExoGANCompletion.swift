import NeuralNetworks
import NumericalMethods
import Observations
import Tensors

/// Completes what an observation lacks, as ExoGAN does: of the pictures that the generator can make, those that agree with what is
/// known (Yeh et al. 2017, CVPR; Zingales & Waldmann 2018, AJ 156, 268).
///
/// From each of 64 starts, 1,000 steps of Adam move the latent numbers, held within [-1, 1], down the masked absolute difference plus
/// a tenth of what the discriminator finds wrong. The answers are the medians of the 64 ends, with 16 and 84 %.
package struct ExoGANCompletion: Sendable {
  package enum Data: String, Sendable, CaseIterable {
    /// Known cells, all with one weight, as published.
    case absolute
    /// Half of chi squared in depths: errors decide.
    case weighted
  }

  package enum Start: String, Sendable, CaseIterable {
    /// Uniform in [-1, 1], as published.
    case random
    /// What the encoder guesses, scattered a little.
    case encoder
  }

  package struct Options: Sendable, Hashable {
    package var starts = 64
    package var steps = 1000
    package var rate = 0.01
    /// Weight of what the discriminator says.
    package var perceptualWeight = 0.1
    package var data = Data.absolute
    package var start = Start.random
    /// Standard deviation of the latent numbers about the encoder's guess.
    package var scatter = 0.1
    /// Each start sees noise of its own on top of the spectrum; the published code gives all of them one draw.
    package var drawsNoise = true
    package var seed: UInt64 = 1

    package init() {}
  }

  private let model: ExoGANModel
  private let options: Options
  private let threads: Int
  /// Starts that are searched from together: results depend on it by the rounding of matrix products, and so not on threads.
  private static let block = 32

  /// - Parameter threads: no result depends on it.
  /// - Precondition: an encoder's start needs a model that has one.
  package init(_ model: ExoGANModel, options: Options = Options(), threads: Int = 1) {
    precondition(options.starts > 0 && options.steps >= 0 && threads > 0)
    precondition(options.start == .random || model.encoder != nil)
    self.model = model
    self.options = options
    self.threads = threads
  }

  /// - Parameter observation: for weighted data, with errors above nought wherever it is observed.
  package func complete(_ observation: ASPAObservation) -> CompletedASPA {
    let rows = options.starts
    let targets = (0..<rows).map { start in
      var random = SeededRandom(seed: options.seed, stream: UInt64(2 * start))
      return options.drawsNoise ? observation.noisy(&random) : observation
    }
    let pictures = targets.map(\.aspa)
    let latents = latents(pictures)
    let blocks = stride(from: 0, to: rows, by: Self.block).map { $0..<min($0 + Self.block, rows) }
    let ends = concurrentMap(blocks, threads: threads) { own in
      search(from: latents[own], for: targets[own], pictures[own])
    }
    return CompletedASPA(
      pictures: ends.flatMap(\.pictures), targets: pictures, losses: ends.flatMap(\.losses))
  }

  /// Some of the starts to their ends; none of them knows of the others.
  private func search(
    from latents: ArraySlice<[Float]>, for targets: ArraySlice<ASPAObservation>, _ pictures: ArraySlice<ASPA>
  ) -> (pictures: [ASPA], losses: [Double]) {
    let (targets, pictures) = (Array(targets), Array(pictures))
    var search = Search(model, latents: Array(latents))
    for _ in 0..<options.steps {
      search.step(rate: options.rate, perceptualWeight: options.perceptualWeight) { row, cells, gradient in
        switch options.data {
        case .absolute: DataTerm.absolute(cells, pictures[row], gradient: gradient)
        case .weighted: DataTerm.weighted(cells, targets[row], gradient: gradient)
        }
      }
    }
    return (search.pictures, search.losses)
  }

  /// Where each start begins.
  private func latents(_ pictures: [ASPA]) -> [[Float]] {
    func random(_ start: Int) -> SeededRandom {
      SeededRandom(seed: options.seed, stream: UInt64(2 * start + 1))
    }
    guard options.start == .encoder, let encoder = model.encoder else {
      return pictures.indices.map { start in
        var random = random(start)
        return (0..<model.generator.inputs).map { _ in Float(random.uniform(-1, 1)) }
      }
    }
    return encoder.latents(pictures).enumerated().map { start, latents in
      var random = random(start)
      return latents.map { min(max($0 + Float(options.scatter * random.normal()), -1), 1) }
    }
  }
}

/// Starts on their way, one a row.
private struct Search {
  private let model: ExoGANModel
  private let rows: Int
  private var latents: [Float]
  private var optimiser: AdamW<Float>
  private let generator: TrainingWorkspace<Float>
  private let discriminator: TrainingWorkspace<Float>
  private var byPicture: [Float]
  private var byLatents: [Float]
  /// Of each start before its last step.
  private(set) var losses: [Double]

  init(_ model: ExoGANModel, latents: [[Float]]) {
    self.model = model
    rows = latents.count
    self.latents = latents.flatMap { $0 }
    // Adam moves each number for itself, so the starts do not know of each other.
    optimiser = AdamW(count: self.latents.count, weightDecay: 0, maximumNorm: .infinity)
    generator = TrainingWorkspace(model.generator, capacity: rows, learns: false)
    discriminator = TrainingWorkspace(model.discriminator, capacity: rows, learns: false)
    byPicture = [Float](repeating: 0, count: rows * ASPALayout.count)
    byLatents = [Float](repeating: 0, count: self.latents.count)
    losses = [Double](repeating: .nan, count: rows)
  }

  /// - Parameter data: given a row, its picture, and where the derivative by the picture is to stand, the data term.
  mutating func step(
    rate: Double, perceptualWeight: Double,
    data: (Int, UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Double
  ) {
    let cells = ASPALayout.count
    model.generator.parameters.withUnsafeBufferPointer { generatorParameters in
      model.discriminator.parameters.withUnsafeBufferPointer { discriminatorParameters in
        latents.withUnsafeBufferPointer { latents in
          let pictures = generator.forward(generatorParameters, x: latents, rows: rows)
          let logits = discriminator.forward(discriminatorParameters, x: pictures, rows: rows)
          let byLogit = discriminator.outputGradient(rows: rows)
          for row in 0..<rows {
            losses[row] =
              perceptualWeight
              * SigmoidCrossEntropy.sum(
                UnsafeBufferPointer(rebasing: logits[row...row]), label: 1,
                gradient: UnsafeMutableBufferPointer(rebasing: byLogit[row...row]), scale: perceptualWeight)
          }
          byPicture.withUnsafeMutableBufferPointer {
            discriminator.backward(
              discriminatorParameters, x: pictures, rows: rows, inputGradient: $0, learns: false)
          }
          let upstream = generator.outputGradient(rows: rows)
          for row in 0..<rows {
            let range = row * cells..<(row + 1) * cells
            losses[row] += data(
              row, UnsafeBufferPointer(rebasing: pictures[range]),
              UnsafeMutableBufferPointer(rebasing: upstream[range]))
          }
          for i in upstream.indices { upstream[i] += byPicture[i] }
          byLatents.withUnsafeMutableBufferPointer {
            generator.backward(
              generatorParameters, x: latents, rows: rows, inputGradient: $0, learns: false)
          }
        }
      }
    }
    latents.withUnsafeMutableBufferPointer { latents in
      _ = byLatents.withUnsafeBufferPointer { optimiser.step(latents, gradient: $0, rate: rate) }
      for i in latents.indices { latents[i] = min(max(latents[i], -1), 1) }
    }
  }

  /// What the generator makes of the latents as they are.
  var pictures: [ASPA] {
    let made = model.generator(Matrix(rows: rows, columns: model.generator.inputs, elements: latents))
    return (0..<rows).map { ASPA(cells: made.row($0).map(Double.init)) }
  }
}
