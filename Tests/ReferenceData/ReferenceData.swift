package import Foundation
package import Testing

/// Data beside the checkout that results are compared with, where there are any: `../shared/reference`.
package enum ReferenceData {
  /// A file or folder of it; nil where it is missing.
  package static func url(_ name: String) -> URL? {
    let url = folder.appending(path: name)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  private static let folder = URL(filePath: #filePath).appending(path: "../../../../shared/reference")
    .standardizedFileURL
}

extension Trait where Self == ConditionTrait {
  /// Skips where a file or folder of the reference data is missing. `Etc/run-tests` counts these words.
  package static func needsReference(_ name: String) -> ConditionTrait {
    .enabled(if: ReferenceData.url(name) != nil, "needs ../shared/reference/\(name)")
  }
}
