import JSONText

extension SafetensorsFile {
  /// The file's bytes: tensors and metadata sorted by name, so that equal content gives equal bytes.
  package var encoded: [UInt8] {
    var members: [JSON.Member] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
      members.append(.init("__metadata__", .object(pairs)))
    }
    // The largest elements first, so that every tensor is aligned to its element's size.
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
    switch self {
    case .float16: 2
    case .float32: 4
    case .float64, .int64: 8
    }
  }

  fileprivate var typeName: String {
    switch self {
    case .float16: "F16"
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
    case .float16(let values): copy(values.lazy.map(\.bitPattern))
    case .float32(let values): copy(values.lazy.map(\.bitPattern))
    case .float64(let values): copy(values.lazy.map(\.bitPattern))
    case .int64(let values): copy(values)
    }
  }
}
