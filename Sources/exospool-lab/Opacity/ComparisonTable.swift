import Foundation
import NumericalMethods
import OpacityFiles

/// Lines of gases, columns of temperatures, in each cell the size of the differences of both means.
struct ComparisonTable {
  private var lines: [[String]]

  init(temperatures: [Double]) {
    lines = [["gas", "rows"] + temperatures.map { "\(Int($0)) K" }]
  }

  /// - Parameter differences: by temperature, ours less the reference's.
  mutating func add(gas: String, _ differences: [[TwoMeans]]) {
    lines.append(
      [gas, "\(differences.map(\.count).max() ?? 0)"]
        + differences.map {
          Self.cell($0.map(\.logOfMean)) + "; " + Self.cell($0.map(\.meanOfLog))
        })
  }

  /// Median and 90th percentile of the modulus, and the median with its sign.
  private static func cell(_ differences: [Double]) -> String {
    guard !differences.isEmpty else { return "-" }
    let sizes = differences.map { abs($0) }.sorted()
    return String(
      format: "%.2f %.2f (%+.2f)", quantile(ofSorted: sizes, 0.5), quantile(ofSorted: sizes, 0.9),
      quantile(ofSorted: differences.sorted(), 0.5))
  }

  /// In columns, or as a table of Markdown.
  func text(isMarkdown: Bool) -> String {
    if isMarkdown {
      var rows = lines.map { "| " + $0.joined(separator: " | ") + " |" }
      rows.insert("|" + String(repeating: "---|", count: lines[0].count), at: 1)
      return rows.joined(separator: "\n")
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      zip(line, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
