import NeuralNetworks
import NumericalMethods
import Observations
import Tensors
import Testing

@testable import ExoGAN

@Suite("ExoGAN's networks and completion")
struct CompletionTests {
  static func model(
    width: Int = 2, latent: Int = 3, seesDeviation: Bool = true, withEncoder: Bool = false
  ) -> ExoGANModel {
    let architecture = ExoGANArchitecture(width: width, latent: latent, seesDeviation: seesDeviation)
    var random = SeededRandom(seed: 1)
    var generator: Sequential<Float> = architecture.generator()
    var discriminator: Sequential<Float> = architecture.discriminator()
    for network in [0, 1] {
      // Larger than at the start of a training, so that pictures depend on their latent numbers.
      if network == 0 {
        ExoGANArchitecture.initialize(&generator, random: &random)
        for tensor in generator.tensors where tensor.name.hasSuffix("weight") {
          generator[tensor.name] = generator[tensor.name].map { 20 * $0 }
        }
      } else {
        ExoGANArchitecture.initialize(&discriminator, random: &random)
      }
    }
    var encoder: LatentEncoder?
    if withEncoder {
      var network = LatentEncoder.network(width: 2, latent: latent)
      network.parameters = network.parameters.map { _ in Float(0.1 * random.normal()) }
      encoder = LatentEncoder(network: network)
    }
    return ExoGANModel(
      name: "small", architecture: architecture, generator: generator, discriminator: discriminator,
      encoder: encoder)
  }

  static func picture(_ model: ExoGANModel, _ latents: [Float]) -> ASPA {
    ASPA(
      cells: model.generator(Matrix(rows: 1, columns: latents.count, elements: latents)).elements.map(
        Double.init))
  }

  static func observation(_ picture: ASPA, error: Double = 2e-5) -> ASPAObservation {
    let bins = SpectralGrid.standard.count
    return ASPAObservation(
      depth: picture.depth, error: [Double](repeating: error, count: bins),
      isObserved: [Bool](repeating: true, count: bins), parameters: [.temperature: picture[.temperature]])
  }

  /// Counted by hand from the published shapes: weights, biases, scale and shift; our running statistics come on top.
  @Test("the networks are as large as the published ones")
  func sizes() {
    let architecture = ExoGANArchitecture(seesDeviation: false)
    let generator: Sequential<Float> = architecture.generator()
    let discriminator: Sequential<Float> = architecture.discriminator()
    let statistics = (512 + 256 + 128 + 64, 128 + 256 + 512)
    #expect(generator.parameters.count - 2 * statistics.0 == 4_770_177)
    #expect(discriminator.parameters.count - 2 * statistics.1 == 4_309_761)
    #expect(generator.widths == [100, 4608, 4608, 6400, 6400, 10368, 10368, 18496, 18496, 1089])
    #expect(generator.outputs == ASPALayout.count && discriminator.outputs == 1)
  }

  @Test("each picture has its own answer")
  func ownAnswer() {
    let model = Self.model()
    let pictures = [[0.1, -0.5, 0.9], [-0.8, 0.2, 0], [0.5, 0.5, -0.5]].map { Self.picture(model, $0) }
    let cells = pictures.map { $0.cells.map { Float($0) } }
    let together = model.discriminator(
      Matrix(rows: 3, columns: ASPALayout.count, elements: cells.flatMap { $0 }))
    #expect(together.rows == 3 && Set(together.elements).count == 3)
    for (row, cells) in cells.enumerated() {
      let alone = model.discriminator(Matrix(rows: 1, columns: cells.count, elements: cells))
      #expect(abs(alone[0, 0] - together[row, 0]) < 1e-5)
    }
  }

  /// h = 1e-4 of numbers of order 1 in single precision cells: the steps are made in Double and the cells read as Float, so the
  /// quotient of a smooth loss is right to about 1e-3 of its largest part.
  @Test("the data terms' derivatives", arguments: [true, false])
  func dataTerm(isWeighted: Bool) {
    let model = Self.model()
    let target = Self.observation(Self.picture(model, [0.3, -0.2, 0.6]), error: 1e-3)
    let aspa = target.aspa
    var cells = Self.picture(model, [-0.4, 0.5, 0.1]).cells.map { Float($0) }
    func loss(_ cells: [Float], _ gradient: inout [Float]) -> Double {
      cells.withUnsafeBufferPointer { cells in
        gradient.withUnsafeMutableBufferPointer {
          isWeighted
            ? DataTerm.weighted(cells, target, gradient: $0) : DataTerm.absolute(cells, aspa, gradient: $0)
        }
      }
    }
    var analytic = [Float](repeating: .nan, count: cells.count)
    _ = loss(cells, &analytic)
    let largest = analytic.map(abs).max() ?? 0
    var unused = analytic
    let h: Float = 0x1p-10
    for i in cells.indices {
      let cell = cells[i]
      cells[i] = cell + h
      let above = loss(cells, &unused)
      cells[i] = cell - h
      let below = loss(cells, &unused)
      cells[i] = cell
      let difference = (above - below) / Double(2 * h)
      // Where the absolute difference turns within the step, its quotient is neither.
      if !isWeighted, abs(Double(cell) - aspa.cells[i]) < Double(h) { continue }
      #expect(abs(difference - Double(analytic[i])) < 2e-3 * Double(largest), "cell \(i)")
    }
  }

  /// With weights these are the truth's depths. An untrained generator's stripes are not even, which no picture of depths and
  /// parameters has, so the absolute difference ends where the truth's own does.
  @Test(
    "a picture that the generator can make is found again", arguments: ExoGANCompletion.Data.allCases,
    ExoGANCompletion.Start.allCases)
  func completion(data: ExoGANCompletion.Data, start: ExoGANCompletion.Start) {
    let model = Self.model(withEncoder: true)
    let truth = Self.picture(model, [0.4, -0.6, 0.2])
    let observation = Self.observation(truth)
    var options = ExoGANCompletion.Options()
    options.starts = 5
    options.rate = 0.05
    options.data = data
    options.start = start
    options.perceptualWeight = 0
    options.drawsNoise = false
    func complete(_ steps: Int) -> CompletedASPA {
      options.steps = steps
      return ExoGANCompletion(model, options: options).complete(observation)
    }
    var unused = [Float](repeating: 0, count: ASPALayout.count)
    let atTruth = truth.cells.map { Float($0) }.withUnsafeBufferPointer { cells in
      unused.withUnsafeMutableBufferPointer {
        data == .absolute
          ? DataTerm.absolute(cells, observation.aspa, gradient: $0)
          : DataTerm.weighted(cells, observation, gradient: $0)
      }
    }
    let (before, after) = (complete(1).losses.min() ?? 0, complete(100))
    let best = after.losses.min() ?? .infinity
    #expect(best - atTruth < 0.02 * (before - atTruth))
    #expect(
      after.pictures.count == 5
        && after.targets[0].isKnown.count { $0 } == ASPALayout.count - 3 * 23 - 100 - 2 * 23)
    if data == .weighted, let row = after.losses.firstIndex(of: best) {
      for parameter in ASPAParameter.allCases {
        #expect(abs(after.pictures[row][parameter] - truth[parameter]) < 0.05 * abs(parameter.scale))
      }
    }
    let quantiles = after.parameter(.log10H2O)
    #expect(quantiles.p16 <= quantiles.median && quantiles.median <= quantiles.p84)
    #expect(after.depth.count == SpectralGrid.standard.count)
  }

  @Test("the discriminator has a say, starts have noise of their own, a seed fixes all")
  func switches() {
    let model = Self.model()
    let observation = Self.observation(Self.picture(model, [0.4, -0.6, 0.2]), error: 1e-3)
    func complete(_ change: (inout ExoGANCompletion.Options) -> Void) -> CompletedASPA {
      var options = ExoGANCompletion.Options()
      options.starts = 3
      options.steps = 5
      change(&options)
      return ExoGANCompletion(model, options: options).complete(observation)
    }
    let plain = complete { _ in }
    // Compared outside of expectations, which would print every cell.
    let isRepeated = plain.pictures == complete { _ in }.pictures
    let areOthers = [
      complete { $0.seed = 2 }, complete { $0.drawsNoise = false }, complete { $0.perceptualWeight = 30 },
    ].map { $0.pictures != plain.pictures }
    #expect(isRepeated && areOthers == [true, true, true])
    // More starts than are searched from together.
    var options = ExoGANCompletion.Options()
    (options.starts, options.steps) = (40, 2)
    let (one, two) = (
      ExoGANCompletion(model, options: options).complete(observation),
      ExoGANCompletion(model, options: options, threads: 2).complete(observation)
    )
    let isSame = one.pictures == two.pictures && one.losses == two.losses
    #expect(isSame && one.pictures.count == 40)
    #expect(Set(plain.targets.map(\.cells)).count == 3)
    #expect(Set(complete { $0.drawsNoise = false }.targets.map(\.cells)).count == 1)
  }

  @Test("a model goes through its file; other files are refused")
  func file() throws {
    let model = Self.model(withEncoder: true)
    let file = try SafetensorsFile(bytes: model.file.encoded)
    let read = try ExoGANModel(file: file, path: "x")
    #expect(read.architecture == model.architecture && read.name == "small")
    // Half precision rounds by 2^-12 of a number, and to 3e-8.
    for (a, b) in [
      (read.generator, model.generator), (read.discriminator, model.discriminator),
      (try #require(read.encoder).network, try #require(model.encoder).network),
    ] {
      #expect(a.parameters.count == b.parameters.count && a.parameters != b.parameters)
      #expect(zip(a.parameters, b.parameters).allSatisfy { abs($0 - $1) <= 0x1p-11 * abs($1) + 1e-7 })
    }
    #expect(try ExoGANModel(file: Self.model().file, path: "x").encoder == nil)
    for change: (inout SafetensorsFile) -> Void in [
      { $0.metadata["format"] = "other" }, { $0.metadata["formatVersion"] = "9" },
      { $0.metadata["width"] = "3" }, { $0.tensors["generator.0.weight"] = nil },
      { $0.tensors["encoder.0.weight"] = nil },
    ] {
      var other = file
      change(&other)
      #expect(throws: ExoGANModelError.self) { try ExoGANModel(file: other, path: "x") }
    }
  }
}
