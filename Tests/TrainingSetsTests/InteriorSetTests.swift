import Glibc
import InteriorSpaces
import Interiors
import JSONText
import NeuralNetworks
import NumericalMethods
import ReferenceData
import Testing
import TrainingRuns
import TrainingSets
import Units

@Suite("Interior training sets")
struct InteriorSetTests {
  static let model = InteriorModel()

  private func maker(_ prior: any InteriorPrior, threads: Int = 1, seed: UInt64 = 5) -> InteriorSetMaker {
    InteriorSetMaker(model: Self.model, prior: prior, seed: seed, threads: threads)
  }

  @Test("a shard does not depend on the number of threads, and differs between seeds")
  func threads() throws {
    let one = try maker(LayeredPrior()).shard(0, count: 120)
    let two = try maker(LayeredPrior(), threads: 3).shard(0, count: 120)
    #expect(one.encoded == two.encoded)
    let other = try maker(LayeredPrior(), seed: 6).shard(0, count: 120)
    #expect(one.tensors != other.tensors)
  }

  @Test("a planet does not depend on the shard it is in")
  func shards() throws {
    let whole = try maker(RockyPrior()).shard(0, count: 60)
    let second = try maker(RockyPrior()).shard(1, count: 30)
    for (name, tensor) in second.tensors {
      let all = try #require(whole.tensors[name]?.floats)
      #expect(tensor.floats == Array(all[30...]), "\(name)")
    }
  }

  @Test("a shard says what it is, and its fractions sum to one")
  func content() throws {
    let file = try maker(LayeredPrior()).shard(2, count: 200)
    #expect(file.metadata["set"] == "layered")
    #expect(file.metadata["shard"] == "2")
    #expect(file.metadata["seed"] == "5")
    #expect(file.metadata["rejected"]?.isEmpty == false)
    let prior = try JSON(parsing: try #require(file.metadata["prior"]).utf8)
    #expect(prior == LayeredPrior().description)
    let names = ["core", "mantle", "water", "envelope"]
    for kind in ["RadiusFraction", "MassFraction"] {
      let columns = try names.map { try #require(file.tensors[$0 + kind]?.floats) }
      for row in 0..<200 {
        let sum = columns.reduce(0) { $0 + $1[row] }
        #expect(abs(sum - 1) < 1e-5)
        #expect(columns.allSatisfy { $0[row] > 0 })
      }
    }
    #expect(maker(LayeredPrior()).fileName(shard: 12) == "layered-0012.safetensors")
  }

  @Test(
    "an interrupted set goes on: whole shards are kept, half-written ones are made again, others are refused")
  func resumption() throws {
    let directory = "\(TrainingReference.temporaryDirectory)/interior-set-\(getpid())"
    #expect(mkdir(directory, 0o755) == 0)
    let first = "\(directory)/rocky-0000.safetensors"
    let second = "\(directory)/rocky-0001.safetensors"
    defer {
      for path in [first, second, second + ".part"] { unlink(path) }
      rmdir(directory)
    }
    func isMade(_ outcome: ShardFile.Outcome) -> Bool {
      if case .made = outcome { true } else { false }
    }
    #expect(isMade(try maker(RockyPrior()).write(0, count: 20, directory: directory)))
    let bytes = try SafetensorsFile.readBytes(path: first)
    // What a kill in the middle of the second shard leaves.
    try SafetensorsFile.writeBytes([1, 2, 3], path: second + ".part")
    #expect(!isMade(try maker(RockyPrior(), threads: 2).write(0, count: 20, directory: directory)))
    #expect(isMade(try maker(RockyPrior(), threads: 2).write(1, count: 20, directory: directory)))
    #expect(try SafetensorsFile.readBytes(path: first) == bytes)
    let whole = try maker(RockyPrior()).shard(1, count: 20)
    #expect(try SafetensorsFile.readBytes(path: second) == whole.encoded)

    let otherSeed = #expect(throws: TrainingError.self) {
      try maker(RockyPrior(), seed: 6).write(0, count: 20, directory: directory)
    }
    #expect(otherSeed?.detail.contains("seed") == true)
    try SafetensorsFile.writeBytes([1, 2, 3], path: second)
    #expect(throws: TrainingError.self) { try maker(RockyPrior()).write(1, count: 20, directory: directory) }
  }

  @Test("draws stay in the ranges the prior states")
  func ranges() {
    var random = SeededRandom(seed: 3)
    let prior = RockyPrior()
    for _ in 0..<2000 {
      let p = prior.draw(&random)
      #expect((0.08...12).contains(p.mass.earthMasses))
      #expect((1e-5...0.1201).contains(p.waterMassFraction))
      #expect(p.mantleMassFraction > 0)
      #expect((0...0.35).contains(p.mantleIronNumber))
      #expect((0...0.18).contains(p.coreDensityDeficit))
      #expect((1450...1850).contains(p.potentialTemperature.kelvins))
    }
  }

  @Test(
    "MAGRATHEA's planets",
    .needsReference("interiors/magrathea.csv"))
  func magrathea() throws {
    let table = try MagratheaTable(path: try #require(ReferenceData.url("interiors/magrathea.csv")).path)
    #expect(table.planets.count >= 6)
    let model = InteriorModel(materials: Materials(cationsToSilicon: MagratheaTable.cationsToSilicon))
    for planet in table.planets {
      let s = try model.solve(planet.parameters)
      #expect(abs(s.radius / planet.radius - 1) < 0.015, "\(planet.name): \(s.radius.kilometers) km")
    }
  }

  @Test("a MAGRATHEA table that is none says which line")
  func malformed() throws {
    let path = "\(TrainingReference.temporaryDirectory)/magrathea-\(getpid()).csv"
    try SafetensorsFile.writeBytes(
      Array("name,M,fc,fm,fh,ts,R_km\nx,1,0.3,0.7,0,hot,6371\n".utf8), path: path)
    defer { unlink(path) }
    let error = #expect(throws: TrainingError.self) { try MagratheaTable(path: path) }
    #expect(error?.description.contains("line 2") == true)
  }
}
