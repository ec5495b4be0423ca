/// Where a result comes from: enough to make it again. Holds no clock time, so a repeat gives the same bytes.
package struct Provenance: Sendable, Hashable {
  package var inputName: String
  /// SHA-256 of the input's bytes, hexadecimal.
  package var inputSHA256: String
  package var exospoolVersion: String
  /// The networks that had a say, each once, by name.
  package var networks: [NetworkIdentity]
  package var seed: UInt64
  /// SHA-256 of the catalogue of planet records, hexadecimal; `nil` where none was used.
  package var catalogueHash: String?

  package init(
    inputName: String, inputSHA256: String, exospoolVersion: String, networks: [NetworkIdentity],
    seed: UInt64, catalogueHash: String? = nil
  ) {
    self.inputName = inputName
    self.inputSHA256 = inputSHA256
    self.exospoolVersion = exospoolVersion
    self.networks = Set(networks).sorted { ($0.name, $0.sha256) < ($1.name, $1.sha256) }
    self.seed = seed
    self.catalogueHash = catalogueHash
  }
}
