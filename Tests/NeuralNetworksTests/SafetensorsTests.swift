import NeuralNetworks
import PosixFiles
import SystemCallRecorder
import SystemPackage
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
  private static func file(_ header: String, data: Int) -> [UInt8] {
    let count = header.utf8.count
    return (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  private static let sample = SafetensorsFile(
    metadata: ["set": "rocky", "prior": "{\"a\": \"\\u00e9\"}\n"],
    tensors: [
      "mass": .init([1, -2.5, .greatestFiniteMagnitude] as [Float]),
      "matrix": .init([1, 2, 3, 4, 5, .pi] as [Double], shape: [2, 3]),
      "words": .init([Int64.min, -1, .max] as [Int64]),
      "empty": .init([] as [Float], shape: [0, 4]),
      "scalar": .init([7] as [Float], shape: []),
    ])

  @Test("what is written is read back, bit for bit")
  func roundTrip() throws {
    let bytes = Self.sample.encoded
    #expect(try SafetensorsFile(bytes: bytes) == Self.sample)
    #expect(try SafetensorsFile(bytes: bytes).encoded == bytes)
  }

  @Test("a file written by the reference layout is read")
  func knownBytes() throws {
    let header = #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    var bytes = Self.file(header, data: 0)
    bytes += [0x00, 0x00, 0x20, 0x41]  // 10, IEEE 754, little-endian
    #expect(try SafetensorsFile(bytes: bytes).tensor("x").floats == [10])
  }

  @Test("through the file system, and the error names the path")
  func disk() throws {
    let path = "/tmp/exospool-safetensors-\(UInt64.random(in: 0 ... .max))"
    try Self.sample.write(path: path)
    #expect(try SafetensorsFile.read(path: path) == Self.sample)
    let missing = #expect(throws: SafetensorsError.self) { try SafetensorsFile.read(path: path + "-none") }
    #expect(missing?.code == .missingFile)
    #expect(missing?.path == path + "-none")
    let directory = #expect(throws: SafetensorsError.self) { try SafetensorsFile.read(path: "/tmp") }
    #expect(directory?.code == .cannotRead)
  }

  @Test("weights are durable before they have their name, and the name before anybody speaks of it")
  func durableWeights() throws {
    let path = "/tmp/exospool-safetensors-\(UInt64.random(in: 0 ... .max))"
    let recorder = SystemCallRecorder()
    try recorder.watch { try Self.sample.write(path: path) }
    #expect(
      recorder.calls.map(\.name) == [.create, .write, .fsync, .close, .rename, .synchronizeDirectory])
    try PosixFiles.unlink(FilePath(path))
  }

  @Test("a missing tensor is named together with what there is")
  func missing() {
    let error = #expect(throws: SafetensorsError.self) { try Self.sample.tensor("radius") }
    #expect(error?.code == .missingTensor)
    #expect(error?.description.contains("mass, matrix") == true)
  }

  @Test(
    "malformed files are refused, each with its reason",
    arguments: [
      ("{", 0, SafetensorsError.Code.badHeader),
      ("[]", 0, .badHeader),
      (#"{"a":{},"a":{}}"#, 0, .badHeader),
      (#"{"__metadata__":{"k":1}}"#, 0, .badHeader),
      (#"{"__metadata__":[]}"#, 0, .badHeader),
      (#"{"x":{"shape":[1],"data_offsets":[0,4]}}"#, 4, .badTensor),
      (#"{"x":{"dtype":"F32","data_offsets":[0,4]}}"#, 4, .badTensor),
      (#"{"x":{"dtype":"F32","shape":[1]}}"#, 4, .badTensor),
      (#"{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4, .badTensor),
      (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, .badTensor),
      (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, .badTensor),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, .badTensor),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 4, .badTensor),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, .badTensor),
      (
        #"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0,
        .badTensor
      ),
      (#"{"x":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}"#, 2, .unsupportedType),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 3, .truncated),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 5, .badLayout),
      (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, .badLayout),
      (
        #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
          + #""y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4, .badLayout
      ),
    ])
  func malformed(header: String, data: Int, code: SafetensorsError.Code) {
    let error = #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(bytes: Self.file(header, data: data))
    }
    #expect(error?.code == code, "\(error?.description ?? "")")
  }

  @Test("a header length beyond reason or beyond the file is refused")
  func headerLength() {
    let huge = #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(bytes: [UInt8](repeating: 0xFF, count: 8))
    }
    #expect(huge?.code == .badHeader)
    let long = #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(bytes: [9, 0, 0, 0, 0, 0, 0, 0])
    }
    #expect(long?.code == .truncated)
    let short = #expect(throws: SafetensorsError.self) { try SafetensorsFile(bytes: [1, 2]) }
    #expect(short?.code == .truncated)
  }

  @Test("every truncation of a valid file is refused")
  func truncations() {
    let bytes = Self.sample.encoded
    for count in 0..<bytes.count {
      #expect(throws: SafetensorsError.self) { try SafetensorsFile(bytes: Array(bytes[..<count])) }
    }
  }
}
