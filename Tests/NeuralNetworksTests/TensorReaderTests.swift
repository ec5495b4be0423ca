import NeuralNetworks
import NumericalMethods
import Testing

@Suite("Reading a model's file")
struct TensorReaderTests {
  private static let reader = TensorReader(
    SafetensorsFile(
      metadata: [
        "format": "a format", "formatVersion": "3", "widths": "2 5 x", "count": "7", "list": "a  b",
      ],
      tensors: [
        "matrix": .init([1, 2, 3, 4, 5, 6] as [Double], shape: [2, 3]), "one": .init([2] as [Double]),
        "floats": .init([1, 2] as [Float]), "wild": .init([1, .infinity] as [Float]),
        "words": .init([4, -5] as [Int64]),
      ]))

  /// The sentence a read is refused with; nil where it is not.
  private func refusal<T>(_ read: @autoclosure () throws(TensorReader.Refusal) -> T) -> String? {
    do throws(TensorReader.Refusal) {
      _ = try read()
      return nil
    } catch { return error.detail }
  }

  @Test("what is there is read")
  func reads() throws {
    let reader = Self.reader
    let matrix: [Double] = try reader.tensor("matrix", shape: [2, 3])
    let floats: [Float] = try reader.tensor("floats", shape: [2])
    let words: [Int64] = try reader.tensor("words", shape: [2])
    let rows: [[Double]] = try reader.rows("matrix", shape: [nil, 3])
    let one: Double = try reader.number("one")
    #expect(matrix == [1, 2, 3, 4, 5, 6] && floats == [1, 2] && words == [4, -5])
    #expect(rows == [[1, 2, 3], [4, 5, 6]] && one == 2)
    let count = try reader.integer("count", in: 1...7)
    let list = try reader.words("list")
    #expect(count == 7 && list == ["a", "b"])
    #expect(reader.has("one") && !reader.has("two"))
    try reader.require(format: "a format", version: "3", isNone: "")
  }

  @Test(
    "what is missing, of another kind, shape or not finite is refused by name",
    arguments: ["none", "matrix", "floats", "wild"])
  func refusesTensors(name: String) {
    let sentence = "tensor \"\(name)\" is missing or not as expected"
    // The matrix is of doubles, two by three; `floats` has two.
    let shape = name == "matrix" ? [3, 2] : name == "floats" ? [3] : [2]
    let asFloats = refusal(try Self.reader.tensor(name, shape: shape) as [Float])
    let asDoubles = refusal(try Self.reader.tensor(name, shape: shape) as [Double])
    #expect(asFloats == sentence && asDoubles == sentence)
  }

  @Test("metadata that lacks or is out of range is refused by name")
  func refusesMetadata() {
    let reader = Self.reader
    let refusals = [
      refusal(try reader.text("none")), refusal(try reader.integer("count", in: 1...6)),
      refusal(try reader.require(format: "b", version: "3", isNone: "it is no b")),
      refusal(try reader.require(format: "a format", version: "4", isNone: "")),
      refusal(
        try reader.part(refusedAs: "its part is bad") { () throws(TensorReader.Refusal) in
          try reader.text("none")
        }),
    ]
    #expect(
      refusals == [
        "metadata lacks \"none\"", "metadata \"count\" is not in 1...6", "it is no b",
        "its format is version 3; this exospool reads 4", "its part is bad",
      ])
  }

  @Test("widths with a word among them are none")
  func widths() throws {
    let good = TensorReader(SafetensorsFile(metadata: ["widths": "2 5"]))
    let widths = [
      try Self.reader.widths(largest: 10), try good.widths(largest: 5), try good.widths(largest: 4),
    ]
    #expect(widths == [[], [2, 5], []])
  }

  @Test("a network goes through a file")
  func network() throws {
    var network = Sequential<Float>.perceptron(widths: [3, 4, 2])
    var random = SeededRandom(seed: 1)
    network.initialize(random: &random)
    var file = SafetensorsFile()
    file.store(network, as: "layer")
    #expect(
      file.tensors.keys.sorted() == ["layer.0.bias", "layer.0.weight", "layer.1.bias", "layer.1.weight"])
    #expect(file.tensors["layer.0.weight"]?.shape == [3, 4])
    var read = Sequential<Float>.perceptron(widths: [3, 4, 2])
    try TensorReader(file).fill(&read, from: "layer")
    #expect(read == network)
    var other = Sequential<Float>.perceptron(widths: [3, 5, 2])
    let sentence = refusal(try TensorReader(file).fill(&other, from: "layer"))
    #expect(sentence == "tensor \"layer.0.weight\" is missing or not as expected")
  }
}
