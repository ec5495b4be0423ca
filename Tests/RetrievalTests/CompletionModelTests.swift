import Glibc
import NeuralNetworks
import NumericalMethods
import Observations
import Retrieval
import SpectralPrior
import Tensors
import TestSupport
import Testing

@Suite("Completion models")
struct CompletionModelTests {
  @Test("a model is read as it was written", arguments: AtmosphereSpace.Name.allCases)
  func roundTrip(name: AtmosphereSpace.Name) throws {
    let model = TinyCompletion.model(name)
    let read = try CompletionModel(file: SafetensorsFile(bytes: model.file.encoded), path: "model")
    #expect(read.file == model.file && read.name == "completion-\(name.rawValue)")
    var random = SeededRandom(seed: 1)
    let row = Matrix(rows: 1, columns: model.space.count, elements: model.space.draw(&random))
    let (first, second) = (model.emulator.shapes(of: row), read.emulator.shapes(of: row))
    #expect(first.levels == second.levels && first.shapes == second.shapes)
    let features = (0..<model.frontEnd.featureCount).map { _ in Float(random.normal()) }
    #expect(model.proposals.density(given: features) == read.proposals.density(given: features))
    #expect(read.frontEnd.ranges == model.frontEnd.ranges)
  }

  @Test("files that are not of this version, or contradict themselves, are refused in a sentence")
  func refusals() throws {
    func refusal(_ change: (inout SafetensorsFile) -> Void) -> String? {
      var file = TinyCompletion.model().file
      change(&file)
      do {
        _ = try CompletionModel(file: file, path: "there")
        return nil
      } catch { return error.detail }
    }
    #expect(refusal { _ in } == nil)
    #expect(refusal { $0.metadata["format"] = "other" } == "it is no model that completes spectra")
    #expect(
      refusal { $0.metadata["formatVersion"] = "9" } == "its format is version 9; this exospool reads 2")
    #expect(
      refusal { $0.metadata["space"] = "moon" } == "its space of atmospheres is unknown: moon")
    #expect(
      refusal { $0.metadata["space"] = "eclipse" }
        == "its emulator is of another space or of other components")
    #expect(
      refusal { $0.tensors["heights.bins"] = .init([Int64(3), 100, 400]) }
        == "the heights of its gases lie in no bins or at no temperatures")
    #expect(refusal { $0.metadata["proposals"] = "4 1" } == "the shape of its proposals is unknown")
    #expect(refusal { $0.tensors["level"] = .init([7.0, 0]) } == "its levels do not scatter")
    #expect(
      refusal { $0.tensors["emulator.0.weight"] = nil }
        == "tensor \"emulator.0.weight\" is missing or not as expected")
    #expect(
      refusal { $0.tensors["components.mean"] = .init([Double.nan]) }
        == "tensor \"components.mean\" is missing or not as expected")
  }

  @Test("a directory without models gives none; a broken one is an error")
  func directories() throws {
    let directory = try TemporaryDirectory()
    #expect(try CompletionModelSet.load(directory: directory.path).models.isEmpty)
    try TinyCompletion.write(.eclipse, to: directory.path)
    let set = try CompletionModelSet.load(directory: directory.path)
    #expect(set.identities.map(\.name) == ["completion-eclipse"])
    #expect(set[.eclipse] != nil && set[.transmission] == nil)
    try TinyCompletion.write(.eclipse, to: directory.path, as: .transmission)
    #expect(throws: CompletionModelError.self) { try CompletionModelSet.load(directory: directory.path) }
  }
}

@Suite("Emulators and coordinates")
struct NetworkInputTests {
  @Test("gases of hot atmospheres alone are absent from colder ones")
  func hotGases() throws {
    let space = AtmosphereSpace(.transmission)
    let oxide = try #require(space.index("log10TiO"))
    var row = space.variables.map { ($0.range.lowerBound + $0.range.upperBound) / 2 }
    row[1] = Glibc.log(1499)
    #expect(EmulatorInputs.scaled(row, space)[oxide] == -1)
    row[1] = Glibc.log(1501)
    let inputs = EmulatorInputs.scaled(row, space)
    #expect(abs(inputs[oxide]) < 1e-6)
    #expect(inputs.enumerated().allSatisfy { $0.offset == 1 || abs($0.element) < 1e-6 })
  }

  @Test(
    "an emulator's numbers are guess and correction; its shape is its components', its level about the mean")
  func shapes() {
    let model = TinyCompletion.model()
    let components = model.emulator.components
    var random = SeededRandom(seed: 2)
    let rows = (0..<3).map { _ in model.space.draw(&random) }
    let made = model.emulator.shapes(
      of: Matrix(rows: 3, columns: model.space.count, elements: rows.flatMap { $0 }))
    let scales = SpectrumEmulator.scales(components)
    for (n, row) in rows.enumerated() {
      let inputs = model.emulator.inputs(Matrix(rows: 1, columns: row.count, elements: row), model.space)
      let (guess, width) = (model.emulator.guess, inputs.columns)
      let corrections = model.emulator.network(inputs).elements
      let outputs = corrections.indices.map { k in
        (0..<width).reduce(Double(corrections[k] + guess[width, k])) {
          $0 + Double(inputs.elements[$1] * guess[$1, k])
        }
      }
      #expect(abs(made.levels[n] - 7 - outputs[0]) < 1e-4)
      let shape = components.spectrum(zip(outputs.dropFirst(), scales).map { $0 / $1 })
      for bin in [0, 17, 399] { #expect(abs(made.shapes[n, bin] - shape[bin]) < 1e-4) }
    }
  }

  @Test("rows and points are each other's inverse", arguments: AtmosphereSpace.Name.allCases)
  func coordinates(name: AtmosphereSpace.Name) {
    let space = AtmosphereSpace(name)
    let coordinates = ProposalCoordinates(space)
    #expect(
      coordinates.count == space.count - (name == .eclipse ? 1 : 0)
        && coordinates.keys.count == coordinates.count)
    var random = SeededRandom(seed: 3)
    let row = space.draw(&random)
    let point = coordinates.point(row: row, level: 5)
    #expect(point.allSatisfy { (0...1).contains($0) })
    let back = coordinates.row(point: point, logRadius: row[2])
    #expect(zip(back.row, row).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(abs(back.level - (name == .eclipse ? 0 : 5)) < 1e-9)
  }
}
