/// Named arrays with string metadata, in the safetensors format.
///
/// Layout: eight bytes, the header's length N (little-endian); N bytes of JSON, padded with blanks so that the
/// data start at a multiple of eight; the arrays, little-endian, row-major, without gaps.
/// https://huggingface.co/docs/safetensors ("Format"). Read are F16, F32, F64 and I64; all else is refused by name.
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

    package init(_ values: [Float16], shape: [Int]? = nil) {
      self.init(shape: shape ?? [values.count], elements: .float16(values))
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

    /// The elements, if they are 32-bit floating point, or 16-bit, which is as good as any.
    package var floats: [Float]? {
      switch elements {
      case .float32(let values): values
      case .float16(let values): values.map { Float($0) }
      case .float64, .int64: nil
      }
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
    case float16([Float16])
    case float32([Float])
    case float64([Double])
    case int64([Int64])

    package var count: Int {
      switch self {
      case .float16(let values): values.count
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
