import JSONText

/// Named arrays with string metadata, in the safetensors format.
///
/// Layout: eight bytes, the header's length N (little-endian); N bytes of JSON, padded with blanks so that the
/// data start at a multiple of eight; the arrays, little-endian, row-major, without gaps.
/// https://huggingface.co/docs/safetensors ("Format"). Read are F32, F64 and I64; all else is refused by name.
package struct SafetensorsFile: Sendable, Hashable {
  package struct Tensor: Sendable, Hashable {
    package var shape: [Int]
    package var elements: Elements

    /// - Precondition: the product of `shape` is the number of elements; an empty shape is a scalar.
    package init(shape: [Int], elements: Elements) {
      precondition(shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == elements.count)
      self.shape = shape
      self.elements = elements
    }

    package init(_ values: [Float], shape: [Int]? = nil) {
      self.init(shape: shape ?? [values.count], elements: .float32(values))
    }

    package init(_ values: [Double], shape: [Int]? = nil) {
      self.init(shape: shape ?? [values.count], elements: .float64(values))
    }

    package init(_ values: [Int64], shape: [Int]? = nil) {
      self.init(shape: shape ?? [values.count], elements: .int64(values))
    }

    /// The elements, if they are 32-bit floating point.
    package var floats: [Float]? {
      guard case .float32(let values) = elements else { return nil }
      return values
    }

    /// The elements, if they are 64-bit floating point.
    package var doubles: [Double]? {
      guard case .float64(let values) = elements else { return nil }
      return values
    }

    /// The elements, if they are 64-bit integers.
    package var integers: [Int64]? {
      guard case .int64(let values) = elements else { return nil }
      return values
    }
  }

  package enum Elements: Sendable, Hashable {
    case float32([Float])
    case float64([Double])
    case int64([Int64])

    package var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      case .int64(let values): values.count
      }
    }
  }

  package var metadata: [String: String]
  package var tensors: [String: Tensor]

  package init(metadata: [String: String] = [:], tensors: [String: Tensor] = [:]) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// The array of that name, or an error that names what the file has instead.
  package func tensor(_ name: String) throws(SafetensorsError) -> Tensor {
    guard let tensor = tensors[name] else {
      throw SafetensorsError(
        .missingTensor, path: nil, tensor: name,
        detail: "the file holds " + tensors.keys.sorted().joined(separator: ", "))
    }
    return tensor
  }
}

/// Why bytes are not a safetensors file we read, or a file could not be read or written.
package struct SafetensorsError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    case missingFile, cannotRead, cannotWrite, truncated, badHeader, badTensor, badLayout, unsupportedType,
      missingTensor
    /// Weights without a usable card, or with that of others.
    case badCard, otherCard
  }

  package let code: Code
  package var path: String?
  package let tensor: String?
  package let detail: String

  package init(_ code: Code, path: String? = nil, tensor: String? = nil, detail: String) {
    self.code = code
    self.path = path
    self.tensor = tensor
    self.detail = detail
  }

  package var isMissingFile: Bool { code == .missingFile }

  /// Trouble with the file system may pass; a missing file stays missing and a malformed file stays malformed.
  package var isTemporary: Bool { code == .cannotRead || code == .cannotWrite }

  package var description: String {
    let place = [path, tensor.map { "tensor \"\($0)\"" }].compactMap { $0 }.joined(separator: ": ")
    let reason =
      switch code {
      case .missingFile: "is not there"
      case .cannotRead: "cannot be read"
      case .cannotWrite: "cannot be written"
      case .truncated: "is shorter than its header says"
      case .badHeader: "has no valid safetensors header"
      case .badTensor: "is described wrongly"
      case .badLayout: "lies wrongly in the data"
      case .unsupportedType: "has an element type that is not read here"
      case .missingTensor: "is missing"
      case .badCard: "is no card of a network"
      case .otherCard: "does not belong to the weights beside it"
      }
    return (place.isEmpty ? "safetensors data" : place) + " " + reason + ": " + detail
  }
}

// MARK: - Reading

extension SafetensorsFile {
  /// The largest header the reference implementation accepts, bytes.
  private static let maximumHeader = 100_000_000

  /// Reads a whole file from memory. Every tensor must lie inside the data, and together they must fill it
  /// without gap or overlap.
  package init(bytes: [UInt8]) throws(SafetensorsError) {
    guard bytes.count >= 8 else {
      throw SafetensorsError(.truncated, detail: "\(bytes.count) bytes cannot hold the header's length")
    }
    let declared = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard declared <= UInt64(Self.maximumHeader) else {
      throw SafetensorsError(.badHeader, detail: "it claims to be \(declared) bytes long")
    }
    let headerEnd = 8 + Int(declared)
    guard headerEnd <= bytes.count else {
      throw SafetensorsError(
        .truncated, detail: "the header ends at byte \(headerEnd), the file at \(bytes.count)")
    }
    let header: JSON
    do {
      header = try JSON(parsing: bytes[8..<headerEnd])
    } catch {
      throw SafetensorsError(.badHeader, detail: error.description)
    }
    guard let members = header.members else {
      throw SafetensorsError(.badHeader, detail: "the header is no JSON object")
    }

    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    for member in members {
      if member.key == "__metadata__" {
        guard let pairs = member.value.members else {
          throw SafetensorsError(.badHeader, detail: "__metadata__ is no JSON object")
        }
        for pair in pairs {
          guard let text = pair.value.string else {
            throw SafetensorsError(.badHeader, detail: "metadata \"\(pair.key)\" is no string")
          }
          metadata[pair.key] = text
        }
      } else {
        entries.append(try Entry(member))
      }
    }

    entries.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
    let dataCount = bytes.count - headerEnd
    var expected = 0
    for entry in entries {
      guard entry.end <= dataCount else {
        throw SafetensorsError(
          .truncated, tensor: entry.name, detail: "it ends at byte \(entry.end) of \(dataCount) bytes of data"
        )
      }
      guard entry.begin == expected else {
        let relation = entry.begin < expected ? "overlaps what stands before it" : "leaves a gap before it"
        throw SafetensorsError(.badLayout, tensor: entry.name, detail: "it \(relation)")
      }
      expected = entry.end
    }
    guard expected == dataCount else {
      throw SafetensorsError(
        .badLayout, detail: "\(dataCount - expected) bytes follow the last tensor")
    }

    var tensors: [String: Tensor] = [:]
    for entry in entries {
      tensors[entry.name] = bytes.withUnsafeBytes { raw in
        entry.decode(UnsafeRawBufferPointer(rebasing: raw[headerEnd...]))
      }
    }
    self.init(metadata: metadata, tensors: tensors)
  }

  private enum ElementType: String {
    case F32, F64, I64

    var size: Int { self == .F32 ? 4 : 8 }
  }

  /// One tensor as the header describes it; offsets count from the start of the data.
  private struct Entry {
    let name: String
    let type: ElementType
    let shape: [Int]
    let begin: Int
    let end: Int

    init(_ member: JSON.Member) throws(SafetensorsError) {
      let name = member.key
      func bad(_ detail: String) -> SafetensorsError {
        SafetensorsError(.badTensor, tensor: name, detail: detail)
      }
      guard let typeName = member.value["dtype"]?.string else { throw bad("it has no \"dtype\"") }
      guard let type = ElementType(rawValue: typeName) else {
        throw SafetensorsError(.unsupportedType, tensor: name, detail: typeName)
      }
      guard let dimensions = member.value["shape"]?.elements else { throw bad("it has no \"shape\"") }
      let shape = dimensions.compactMap(\.integer)
      guard shape.count == dimensions.count, shape.allSatisfy({ $0 >= 0 }) else {
        throw bad("its shape is not made of whole numbers")
      }
      guard let offsets = member.value["data_offsets"]?.elements?.compactMap(\.integer), offsets.count == 2,
        offsets[0] >= 0, offsets[0] <= offsets[1]
      else { throw bad("its \"data_offsets\" are not two ascending whole numbers") }
      var size = type.size
      for dimension in shape {
        let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
        guard !overflow else { throw bad("its shape has more elements than can be counted") }
        size = product
      }
      guard offsets[1] - offsets[0] == size else {
        throw bad("its shape needs \(size) bytes, its offsets give \(offsets[1] - offsets[0])")
      }
      self.name = name
      self.type = type
      self.shape = shape
      begin = offsets[0]
      end = offsets[1]
    }

    /// - Parameter data: all bytes after the header; this entry is known to lie within.
    func decode(_ data: UnsafeRawBufferPointer) -> Tensor {
      let count = (end - begin) / type.size
      func values<Element, Bits: FixedWidthInteger>(_ make: (Bits) -> Element) -> [Element] {
        [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
          for i in 0..<count {
            let bits = data.loadUnaligned(fromByteOffset: begin + i * type.size, as: Bits.self)
            buffer.initializeElement(at: i, to: make(Bits(littleEndian: bits)))
          }
          initialized = count
        }
      }
      let elements: Elements =
        switch type {
        case .F32: .float32(values(Float.init(bitPattern:)))
        case .F64: .float64(values(Double.init(bitPattern:)))
        case .I64: .int64(values { (bits: Int64) in bits })
        }
      return Tensor(shape: shape, elements: elements)
    }
  }
}

// MARK: - Writing

extension SafetensorsFile {
  /// The file's bytes: tensors and metadata sorted by name, so that equal content gives equal bytes.
  package var encoded: [UInt8] {
    var members: [JSON.Member] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
      members.append(.init("__metadata__", .object(pairs)))
    }
    // Eight-byte elements first, so that every tensor is aligned to its element's size.
    let ordered = tensors.sorted {
      (-$0.value.elements.size, $0.key) < (-$1.value.elements.size, $1.key)
    }
    var offset = 0
    for (name, tensor) in ordered {
      let end = offset + tensor.elements.count * tensor.elements.size
      members.append(
        .init(
          name,
          .object([
            .init("dtype", .string(tensor.elements.typeName)),
            .init("shape", .array(tensor.shape.map { .integer($0) })),
            .init("data_offsets", .array([.integer(offset), .integer(end)])),
          ])))
      offset = end
    }
    var header = Array(JSON.object(members).text(.compact).utf8)
    while header.count % 8 != 0 { header.append(0x20) }

    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: header)
    for (_, tensor) in ordered { tensor.elements.append(to: &bytes) }
    return bytes
  }
}

extension SafetensorsFile.Elements {
  fileprivate var size: Int {
    if case .float32 = self { return 4 }
    return 8
  }

  fileprivate var typeName: String {
    switch self {
    case .float32: "F32"
    case .float64: "F64"
    case .int64: "I64"
    }
  }

  fileprivate func append(to bytes: inout [UInt8]) {
    func copy<Bits: FixedWidthInteger>(_ values: some Sequence<Bits>) {
      for bits in values {
        withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    switch self {
    case .float32(let values): copy(values.lazy.map(\.bitPattern))
    case .float64(let values): copy(values.lazy.map(\.bitPattern))
    case .int64(let values): copy(values)
    }
  }
}
