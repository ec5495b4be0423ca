package import Analyses

/// Schemas of result files, written from the same descriptions as the files.
package struct ResultSchema: Sendable {
  let planetMethods: [MethodDescription]
  let spectrumMethods: [MethodDescription]

  package init(planetMethods: [MethodDescription], spectrumMethods: [MethodDescription]) {
    self.planetMethods = planetMethods
    self.spectrumMethods = spectrumMethods
  }

  /// The files of `Etc/schema` that are generated, by name.
  package var files: [(name: String, text: String)] {
    [("result.xsd", xsd), ("summary.schema.json", jsonSchema), ("keys.md", keyTables)]
  }
}
