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
