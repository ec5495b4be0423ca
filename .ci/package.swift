// The walls between targets, read from `swift package dump-package` on standard input: each target depends only on
// targets declared before it, imports everything it depends on, and stands in README's table, which is made from the
// comments in Package.swift: one above a target is the purpose of all targets down to the next blank line or comment.
//
// swift package dump-package | swift -swift-version 6 .ci/package.swift [--write]    (see .ci/lint)
import Foundation

struct Package: Decodable {
  struct Target: Decodable {
    let name: String
    let type: String
    let path: String?
    let dependencies: [[String: Reference]]

    /// Where its sources lie.
    var folder: String { path ?? (type == "test" ? "Tests/" : "Sources/") + name }
    /// What it depends on: targets of ours and libraries of others.
    var needs: [String] { dependencies.flatMap { $0.values.compactMap(\.name) } }
    /// Programs and targets of tests have no place in the table.
    var isOfTests: Bool { folder.hasPrefix("Tests/") }
  }

  /// A name, and what else SwiftPM notes of it.
  struct Reference: Decodable {
    let name: String?

    init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      name = try parts.decodeNil() ? nil : parts.decode(String.self)
    }
  }

  let targets: [Target]
}

var faults: [String] = []
let package = try JSONDecoder().decode(Package.self, from: FileHandle.standardInput.readDataToEndOfFile())

/// All Swift text of a folder.
func text(of folder: String) throws -> String {
  try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
    .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined(separator: "\n")
}

// MARK: - Order and use

let names = Set(package.targets.map(\.name))
let programs = Set(package.targets.filter { $0.type == "executable" }.map(\.name))
var declared: Set<String> = []
for target in package.targets {
  let source = try text(of: target.folder)
  let imported = Set(
    source.matches(of: /\bimport +(?:(?:struct|enum|class|func|protocol) +)?(\w+)/).map { String($0.1) })
  for need in target.needs {
    if names.contains(need), !declared.contains(need) {
      faults.append("\(target.name) depends on \(need), which Package.swift declares further down")
    }
    // Tests run programs whose code they do not import.
    let isRun = programs.contains(need) && source.contains("\(need)\"")
    if !imported.contains(need.replacing("-", with: "_")), !isRun {
      faults.append("\(target.name) depends on \(need) but no file of it says \"import \(need)\"")
    }
  }
  declared.insert(target.name)
}

// MARK: - README's table

/// Purposes with their targets, from the comments of Package.swift.
var rows: [(purpose: String, targets: [String])] = []
var purpose: String?
var isDeclaring = false
for line in try String(contentsOfFile: "Package.swift", encoding: .utf8).split(
  separator: "\n", omittingEmptySubsequences: false)
{
  if line.allSatisfy(\.isWhitespace) {
    purpose = nil
  } else if let comment = line.firstMatch(of: /^    \/\/ (.*)/) {
    // A comment over several lines is one purpose.
    if let last = rows.last, last.targets.isEmpty, purpose != nil {
      rows[rows.count - 1].purpose += " " + comment.1
    } else {
      rows.append((String(comment.1), []))
    }
    purpose = rows.last?.purpose
  } else if line.contains(/^    (?:module|numerics|program|\.target|\.executableTarget|\.systemLibrary)\(/) {
    isDeclaring = true
  }
  if isDeclaring, let name = line.firstMatch(of: /"([^"]+)"/) {
    isDeclaring = false
    guard package.targets.contains(where: { $0.name == name.1 && !$0.isOfTests }) else { continue }
    if purpose == nil {
      faults.append("Package.swift says nothing of the purpose of \(name.1)")
    } else {
      rows[rows.count - 1].targets.append(String(name.1))
    }
  }
}
let table =
  "| target | purpose |\n|---|---|\n"
  + rows.filter { !$0.targets.isEmpty }
  .map { "| \($0.targets.map { "`\($0)`" }.joined(separator: ", ")) | \($0.purpose) |\n" }.joined()

let marks = ("<!-- targets, made by .ci/package.swift -->\n", "<!-- end of targets -->\n")
let readme = try String(contentsOfFile: "README.md", encoding: .utf8)
if let start = readme.range(of: marks.0)?.upperBound, let end = readme.range(of: marks.1)?.lowerBound,
  start <= end
{
  if readme[start..<end] != table {
    if CommandLine.arguments.contains("--write") {
      try (readme[..<start] + table + readme[end...]).write(
        toFile: "README.md", atomically: true, encoding: .utf8)
    } else {
      faults.append("README's table of targets is not the package's; .ci/lint --write makes it anew")
    }
  }
} else {
  faults.append("README has no place for the table of targets: \(marks.0)\(marks.1)")
}

for fault in faults { FileHandle.standardError.write(Data("lint: \(fault)\n".utf8)) }
exit(faults.isEmpty ? 0 : 1)
