import Glibc
import InteriorMDN
import InteriorTraining
import JSONText
import NeuralNetworks
import NumericalMethods
import Observations
import Tensors
import Testing
import TrainingRuns
import TrainingSets

/// A set of planets that follow a simple law, in the shards' format: enough to see the whole chain from shards to
/// posteriors at work.
private enum ToyPlanets {
  static func shard(_ index: Int, rows: Int, of name: String = "layered") -> SafetensorsFile {
    var random = SeededRandom(seed: 4, stream: UInt64(index))
    let columns = [
      "mass", "radius", "equilibriumTemperature", "loveNumber", "coreRadiusFraction", "mantleRadiusFraction",
      "waterRadiusFraction", "envelopeRadiusFraction", "coreMassFraction", "mantleMassFraction",
      "waterMassFraction", "envelopeMassFraction",
    ]
    var values = [String: [Float]](uniqueKeysWithValues: columns.map { ($0, []) })
    for _ in 0..<rows {
      let mass = exp(random.uniform(log(0.1), log(25)))
      // A hidden number that the radius reveals but for noise.
      let hidden = random.uniform(0, 1)
      let radius = exp(0.27 * log(mass) - 0.2 + 0.5 * hidden + 0.02 * random.normal())
      let logits = [0, 0.5 - hidden, hidden - 1, 3 * hidden - 4].map { $0 + 0.2 * random.normal() }
      let exponentials = logits.map { exp($0) }
      let sum = exponentials.reduce(0, +)
      let shares = exponentials.map { $0 / sum }
      let row = [mass, radius, random.uniform(100, 1000), 1.2 - hidden * 0.5] + shares + shares
      for (column, value) in zip(columns, row) { values[column]?.append(Float(value)) }
    }
    return SafetensorsFile(
      metadata: [
        "set": name, "seed": "4", "shard": "\(index)", "version": "test", "prior": "{\"hidden\":[0,1]}",
      ],
      tensors: values.mapValues { .init($0) })
  }

  static let directory: Result<String, any Error> = Result {
    let path = "/tmp/exospool-toy-\(UInt64.random(in: 0 ... .max))"
    mkdir(path, 0o755)
    for index in 0..<3 {
      try shard(index, rows: 2000).write(path: "\(path)/layered-000\(index).safetensors")
    }
    return path
  }

  static func recipe() throws -> InteriorRecipe {
    var recipe = try #require(InteriorRecipe.named("layered"))
    recipe.components = 2
    recipe.options.hidden = [16]
    recipe.options.batchSize = 100
    recipe.options.epochs = 12
    recipe.options.peakRate = 0.01
    recipe.options.warmUpSteps = 20
    return recipe
  }
}

@Suite("Training interior networks")
struct InteriorNetworkTrainingTests {
  @Test("shards are read in order, up to a limit, and named by their content")
  func shards() throws {
    let directory = try ToyPlanets.directory.get()
    let all = try InteriorTrainingSet.load("layered", directory: directory, columns: ["mass", "radius"])
    #expect(all.rows == 6000 && all.shards.shards == 3 && all.columns["mass"]?.count == 6000)
    #expect(all.shards.metadata["version"] == "test")
    let part = try InteriorTrainingSet.load(
      "layered", directory: directory, columns: ["mass", "radius"], limit: 2500)
    #expect(part.rows == 2500 && part.shards.shards == 2)
    #expect(part.columns["radius"] == all.columns["radius"].map { Array($0.prefix(2500)) })
    #expect(part.shards.hash != all.shards.hash)
  }

  @Test("a set that is missing, foreign, ragged or not finite is refused")
  func badSets() throws {
    let path = "/tmp/exospool-toy-bad-\(UInt64.random(in: 0 ... .max))"
    mkdir(path, 0o755)
    func refusal(_ name: String = "layered") throws -> TrainingError? {
      let recipe = try ToyPlanets.recipe()
      return #expect(throws: TrainingError.self) {
        try PreparedInteriorSet.load(recipe, directory: path)
      }
    }
    #expect(try refusal()?.code == .noTrainingSet)
    let place = path + "/layered-0000.safetensors"
    try ToyPlanets.shard(0, rows: 50, of: "rocky").write(path: place)
    #expect(try refusal()?.code == .badTrainingSet)
    var ragged = ToyPlanets.shard(0, rows: 50)
    ragged.tensors["radius"] = .init([1] as [Float])
    try ragged.write(path: place)
    #expect(try refusal()?.detail == "its columns are of different lengths")
    var lacking = ToyPlanets.shard(0, rows: 50)
    lacking.tensors["radius"] = nil
    try lacking.write(path: place)
    #expect(try refusal()?.detail == "the column \"radius\" is missing")
    var negative = ToyPlanets.shard(0, rows: 50)
    negative.tensors["waterMassFraction"] = .init([Float](repeating: -1, count: 50))
    try negative.write(path: place)
    #expect(try refusal()?.code == .notFinite)
    try SafetensorsFile.writeBytes([1, 2, 3], path: place)
    #expect(try refusal()?.code == .badTrainingSet)
  }

  @Test("test, validation and training planets are different ones")
  func division() throws {
    let prepared = try PreparedInteriorSet.load(
      try ToyPlanets.recipe(), directory: try ToyPlanets.directory.get())
    #expect(prepared.division.training == 0..<4800)
    #expect(prepared.division.validation == 4800..<5400 && prepared.division.test == 5400..<6000)
    let data = prepared.data(prepared.division.training)
    let n = Double(data.rows)
    for column in 0..<data.inputWidth {
      let values = (0..<data.rows).map { Double(data.inputs[$0 * data.inputWidth + column]) }
      let mean = values.reduce(0, +) / n
      // Float's rounding, 6e-8 relative, is all that is between these and 0 and 1.
      #expect(abs(mean) < 1e-5)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } / n - 1) < 1e-5)
    }
  }

  @Test("from shards to a network in a file whose posteriors cover, with its card")
  func chain() throws {
    let recipe = try ToyPlanets.recipe()
    let prepared = try PreparedInteriorSet.load(recipe, directory: try ToyPlanets.directory.get())
    var trainer = MixtureDensityTrainer(
      density: recipe.density, training: prepared.data(prepared.division.training),
      validation: prepared.data(prepared.division.validation), options: recipe.options)
    while !trainer.isFinished { trainer.step() }
    let trained = prepared.network(trainer.best, iron: nil)
    let network = try InteriorNetwork(file: SafetensorsFile(bytes: trained.file.encoded), path: "layered")
    #expect(network == trained)

    // 600 planets: coverage of 68 % scatters by 1.9 points, of 95 % by 0.9; four sigma and a point for the tiny network.
    let evaluation = InteriorEvaluation(
      network, on: prepared, rows: prepared.division.test, draws: 100, seed: 1)
    #expect(evaluation.planets == 600 && evaluation.outputs.count == 8)
    for output in evaluation.outputs {
      #expect(abs(output.coverage68 - 0.68) < 0.086, "\(output)")
      #expect(abs(output.coverage95 - 0.95) < 0.046, "\(output)")
      #expect(output.medianAbsoluteError > 0 && output.medianAbsoluteError < 0.1)
    }
    // Cells of 40 bins a side hold one or two of 4,800 planets, too few to be inside; the map knows of them all the same.
    #expect(network.domain.cells.count { $0 > 0 } > 1000)

    let card = InteriorCard.trained(
      network, set: prepared,
      run: .init(
        trainer, command: "exospool-lab train interior layered --resume", kernels: BLAS.kernels, threads: 1,
        seconds: 1.5),
      sha256: "abc", bytes: 5)
    let whole = ModelCard.setting(
      "heldOut", to: InteriorCard.heldOut(evaluation, command: "evaluate"), in: card)
    let read = try JSON(parsing: whole.text(.card).utf8)
    #expect(read == whole)
    #expect(read["weights"]?["sha256"]?.string == "abc")
    #expect(read["training"]?["command"]?.string == "exospool-lab train interior layered")
    #expect(read["trainingSet"]?["training"]?.integer == 4800)
    #expect(read["trainingSet"]?["prior"]?["hidden"]?.numbers == [0, 1])
    #expect(read["heldOut"]?["outputs"]?["coreMassFraction"]?["coverage68"]?.number != nil)
    let again = ModelCard.setting("heldOut", to: .null, in: whole)
    #expect(again.members?.count == whole.members?.count && again["heldOut"] == .null)
  }

  @Test("Earth is asked as the issue has it")
  func earth() throws {
    let recipe = try ToyPlanets.recipe()
    let prepared = try PreparedInteriorSet.load(recipe, directory: try ToyPlanets.directory.get())
    var perceptron = Sequential<Float>.perceptron(widths: [3, 16, recipe.density.width])
    var random = SeededRandom(seed: 1)
    perceptron.initialize(random: &random)
    let check = EarthCheck(prepared.network(perceptron, iron: nil), modelHash: "x", seed: 1)
    #expect(check.answer.model == "layered")
    #expect(check.rows.count == (check.answer.inDomain ? 8 : 0))
    for row in check.rows where row.quantity == .coreMassFraction {
      #expect(row.truth == 0.325)
      #expect(row.isInside68 == (row.posterior.p16...row.posterior.p84).contains(0.325))
    }
  }
}
