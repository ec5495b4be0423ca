/// Reads what a model file must hold: each text, number and array by its name, checked, or refused in a sentence.
package struct TensorReader: Sendable {
  /// Why a file is not what it should be, without the file's name.
  package struct Refusal: Error, Sendable, Hashable {
    package let detail: String

    package init(_ detail: String) { self.detail = detail }
  }

  package let file: SafetensorsFile

  package init(_ file: SafetensorsFile) { self.file = file }

  /// Refuses other formats with `isNone` and other versions by name.
  package func require(format: String, version: String, isNone: String) throws(Refusal) {
    guard try text("format") == format else { throw Refusal(isNone) }
    let found = try text("formatVersion")
    guard found == version else {
      throw Refusal("its format is version \(found); this exospool reads \(version)")
    }
  }

  /// What `read` reads; whatever it refuses is refused in these words.
  package func part<Part>(
    refusedAs detail: String, _ read: () throws(Refusal) -> Part
  ) throws(Refusal) -> Part {
    do throws(Refusal) { return try read() } catch { throw Refusal(detail) }
  }

  // MARK: Metadata

  package func text(_ key: String) throws(Refusal) -> String {
    guard let text = file.metadata[key] else { throw Refusal("metadata lacks \"\(key)\"") }
    return text
  }

  package func states(_ key: String) -> Bool { file.metadata[key] != nil }

  /// What stands between blanks.
  package func words(_ key: String) throws(Refusal) -> [String] {
    try text(key).split(separator: " ").map(String.init)
  }

  package func integer(_ key: String, in range: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let number = Int(try text(key)), range.contains(number) else {
      throw Refusal("metadata \"\(key)\" is not in \(range)")
    }
    return number
  }

  /// Layers' widths, each at least 1 and at most `largest`; empty where they are not.
  package func widths(largest: Int) throws(Refusal) -> [Int] {
    let words = try words("widths")
    let widths = words.compactMap { Int($0) }
    return widths.count == words.count && widths.allSatisfy { (1...largest).contains($0) } ? widths : []
  }

  // MARK: Arrays

  package func has(_ name: String) -> Bool { file.tensors[name] != nil }

  /// An array of that shape, all finite.
  package func tensor<Element: TensorElement>(_ name: String, shape: [Int]) throws(Refusal) -> [Element] {
    try tensor(name, shape: shape.map { $0 }).elements
  }

  /// An array whose shape is given but for where it is nil.
  package func tensor<Element: TensorElement>(
    _ name: String, shape: [Int?]
  ) throws(Refusal) -> (elements: [Element], shape: [Int]) {
    guard let tensor = file.tensors[name], tensor.shape.count == shape.count,
      zip(tensor.shape, shape).allSatisfy({ $1 == nil || $0 == $1 }),
      let elements = Element.elements(of: tensor), Element.areUsable(elements)
    else { throw Refusal("tensor \"\(name)\" is missing or not as expected") }
    return (elements, tensor.shape)
  }

  /// One number.
  package func number<Element: TensorElement>(_ name: String) throws(Refusal) -> Element {
    try tensor(name, shape: [1])[0]
  }

  /// A table, row by row; either side may be left open.
  package func rows<Element: TensorElement>(_ name: String, shape: [Int?]) throws(Refusal) -> [[Element]] {
    precondition(shape.count == 2)
    let table: (elements: [Element], shape: [Int]) = try tensor(name, shape: shape)
    let width = table.shape[1]
    return (0..<table.shape[0]).map { Array(table.elements[$0 * width..<($0 + 1) * width]) }
  }

  /// Takes a network's parameters, which stand in the file as `prefix`.0.weight and so on.
  package func fill(_ network: inout Sequential<Float>, from prefix: String) throws(Refusal) {
    for place in network.tensors {
      network.parameters.replaceSubrange(
        place.range, with: try tensor("\(prefix).\(place.name)", shape: place.shape))
    }
  }
}

extension SafetensorsFile {
  /// Adds a network's parameters, as `TensorReader.fill` reads them.
  /// - Parameter halved: in half precision.
  package mutating func store(_ network: Sequential<Float>, as prefix: String, halved: Bool = false) {
    for place in network.tensors {
      let numbers = network.parameters[place.range]
      tensors["\(prefix).\(place.name)"] =
        halved
        ? .init(numbers.map { Float16($0) }, shape: place.shape) : .init(Array(numbers), shape: place.shape)
    }
  }
}

/// What a file's arrays are made of.
package protocol TensorElement: Sendable {
  static func elements(of tensor: SafetensorsFile.Tensor) -> [Self]?
  /// Whether none is infinite or not a number; of a whole array, for each network has millions.
  static func areUsable(_ elements: [Self]) -> Bool
}

extension Float: TensorElement {
  package static func elements(of tensor: SafetensorsFile.Tensor) -> [Float]? { tensor.floats }
  package static func areUsable(_ elements: [Self]) -> Bool { elements.allSatisfy { $0.isFinite } }
}

extension Double: TensorElement {
  package static func elements(of tensor: SafetensorsFile.Tensor) -> [Double]? { tensor.doubles }
  package static func areUsable(_ elements: [Self]) -> Bool { elements.allSatisfy { $0.isFinite } }
}

extension Int64: TensorElement {
  package static func elements(of tensor: SafetensorsFile.Tensor) -> [Int64]? { tensor.integers }
  package static func areUsable(_ elements: [Self]) -> Bool { true }
}
