import Foundation
import ReferenceData

/// The folder of real records beside the repository, where there is one.
enum CatalogueRecords {
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func all() throws -> [(name: String, bytes: [UInt8])] {
    guard let folder = ReferenceData.url("planets") else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "xml" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
  }

  static func golden() throws -> GoldenCounts {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/record-counts.json")
    return try JSONDecoder().decode(GoldenCounts.self, from: Data(contentsOf: file))
  }
}

/// What `Golden/count-records.py` writes.
struct GoldenCounts: Decodable {
  struct Sum: Decodable {
    var values: Int
    var sum: Double
    var plus: Double
    var minus: Double
    var upperLimits: Int
    var lowerLimits: Int
  }

  var counts: [String: Int]
  var derived: [String: Double]
  var sums: [String: Sum]
}
