import JSONText

extension SafetensorsFile {
  /// The largest header the reference implementation accepts, bytes.
  private static let maximumHeader = 100_000_000

  /// Reads a whole file from memory. Every tensor must lie inside the data, and together they must fill it
  /// without gap or overlap.
  package init(bytes: [UInt8]) throws(SafetensorsError) {
    let (header, dataStart) = try Self.header(bytes)
    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    for member in header {
      if member.key == "__metadata__" {
        metadata = try Self.metadata(member.value)
      } else {
        entries.append(try Entry(member))
      }
    }
    try Self.check(&entries, fill: bytes.count - dataStart)
    var tensors: [String: Tensor] = [:]
    for entry in entries {
      tensors[entry.name] = bytes.withUnsafeBytes { raw in
        entry.decode(UnsafeRawBufferPointer(rebasing: raw[dataStart...]))
      }
    }
    self.init(metadata: metadata, tensors: tensors)
  }

  private static func header(
    _ bytes: [UInt8]
  ) throws(SafetensorsError) -> (members: [JSON.Member], end: Int) {
    guard bytes.count >= 8 else {
      throw SafetensorsError(.truncated, detail: "\(bytes.count) bytes cannot hold the header's length")
    }
    let declared = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard declared <= UInt64(maximumHeader) else {
      throw SafetensorsError(.badHeader, detail: "it claims to be \(declared) bytes long")
    }
    let end = 8 + Int(declared)
    guard end <= bytes.count else {
      throw SafetensorsError(.truncated, detail: "the header ends at byte \(end), the file at \(bytes.count)")
    }
    let header: JSON
    do { header = try JSON(parsing: bytes[8..<end]) } catch {
      throw SafetensorsError(.badHeader, detail: error.description)
    }
    guard let members = header.members else {
      throw SafetensorsError(.badHeader, detail: "the header is no JSON object")
    }
    return (members, end)
  }

  private static func metadata(_ value: JSON) throws(SafetensorsError) -> [String: String] {
    guard let pairs = value.members else {
      throw SafetensorsError(.badHeader, detail: "__metadata__ is no JSON object")
    }
    var metadata: [String: String] = [:]
    for pair in pairs {
      guard let text = pair.value.string else {
        throw SafetensorsError(.badHeader, detail: "metadata \"\(pair.key)\" is no string")
      }
      metadata[pair.key] = text
    }
    return metadata
  }

  /// Puts entries into the order they lie in, and sees that they fill so many bytes.
  private static func check(_ entries: inout [Entry], fill dataCount: Int) throws(SafetensorsError) {
    entries.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
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
      throw SafetensorsError(.badLayout, detail: "\(dataCount - expected) bytes follow the last tensor")
    }
  }

  private enum ElementType: String {
    case F16, F32, F64, I64

    var size: Int {
      switch self {
      case .F16: 2
      case .F32: 4
      case .F64, .I64: 8
      }
    }
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
        case .F16: .float16(values(Float16.init(bitPattern:)))
        case .F32: .float32(values(Float.init(bitPattern:)))
        case .F64: .float64(values(Double.init(bitPattern:)))
        case .I64: .int64(values { (bits: Int64) in bits })
        }
      return Tensor(shape: shape, elements: elements)
    }
  }
}
