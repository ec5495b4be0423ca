import PosixFiles
package import SystemPackage
import TOMLKit

/// All faults of a configuration at once, each a sentence that names the place and the cure.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  package let faults: [String]

  package init(faults: [String]) { self.faults = faults }

  package var description: String { faults.joined(separator: "\n") }
}

/// Reads a configuration: flag over environment over file over default.
package enum ConfigurationReader {
  /// - Throws: `ConfigurationError` with every fault. The parameters are those of `inspect`.
  package static func read(
    file: FilePath?, environment: [String: String], settings: [String]
  ) throws(ConfigurationError) -> Configuration {
    let (configuration, faults) = inspect(file: file, environment: environment, settings: settings)
    if !faults.isEmpty { throw ConfigurationError(faults: faults) }
    return configuration
  }

  /// The configuration with the default in the place of each faulty value, and all faults.
  /// - Parameters:
  ///   - file: a TOML file; nil takes defaults.
  ///   - environment: variables `EXOSPOOL_<KEY>`; others are ignored.
  ///   - settings: `key=value`, from flags.
  package static func inspect(
    file: FilePath?, environment: [String: String], settings: [String]
  ) -> (configuration: Configuration, faults: [String]) {
    var values: [String: ConfigurationValue] = [:]
    var faults: [String] = []
    for key in ConfigurationKey.all {
      switch key.kind {
      case .text(let value, _): values[key.name] = .text(value)
      case .integer(let value, _): values[key.name] = .integer(value)
      case .number(let value, _): values[key.name] = .number(value)
      }
    }
    func set(_ name: String, _ value: ConfigurationValue?, _ shown: String, _ place: String) {
      guard let key = ConfigurationKey.all.first(where: { $0.name == name }) else {
        return faults.append("\(place): there is no key \(name)\(hint(name))")
      }
      guard let value else { return faults.append("\(place): \(name) = \(shown) is not a \(key.summary)") }
      if let fault = check(value, key) {
        faults.append("\(place): \(name) = \(shown) \(fault)")
      } else {
        values[name] = value
      }
    }
    if let file {
      switch table(file) {
      case .failure(let error): faults += error.faults
      case .success(let table):
        for name in table.keys.sorted() {
          let (value, shown) = value(table[name], name)
          set(name, value, shown, file.string)
        }
      }
    }
    for key in ConfigurationKey.all {
      guard let text = environment[key.environmentVariable] else { continue }
      set(key.name, parse(text, key), text, "environment \(key.environmentVariable)")
    }
    for setting in settings {
      guard let equals = setting.firstIndex(of: "=") else {
        faults.append("--set \(setting): write key=value")
        continue
      }
      let name = String(setting[..<equals])
      let text = String(setting[setting.index(after: equals)...])
      let key = ConfigurationKey.all.first { $0.name == name }
      set(name, key.flatMap { parse(text, $0) }, text, "--set")
    }
    return (Configuration(values), faults)
  }

  /// Bytes; the commented default has 4,000.
  private static let largestFile = 1 << 20

  private static func table(_ file: FilePath) -> Result<TOMLTable, ConfigurationError> {
    guard let bytes = try? PosixFiles.read(file, limit: largestFile, followingLinks: true) else {
      return .failure(
        ConfigurationError(faults: [
          "\(file.string) cannot be read: name the configuration with --configuration"
        ]))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return .failure(ConfigurationError(faults: ["\(file.string) is not UTF-8 text"]))
    }
    do {
      return .success(try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      let place = "\(file.string), line \(error.source.begin.line), column \(error.source.begin.column)"
      return .failure(ConfigurationError(faults: ["\(place): \(error.description)"]))
    } catch {
      return .failure(ConfigurationError(faults: ["\(file.string) is not TOML: \(error)"]))
    }
  }

  /// A TOML value as ours, and as a person would write it.
  private static func value(
    _ toml: (any TOMLValueConvertible)?, _ name: String
  ) -> (ConfigurationValue?, String) {
    guard let toml else { return (nil, "nothing") }
    let isWhole = ConfigurationKey.all.contains { key in
      if case .integer = key.kind { key.name == name } else { false }
    }
    if let text = toml.string { return (.text(text), "\"\(text)\"") }
    if let whole = toml.int { return (isWhole ? .integer(whole) : .number(Double(whole)), "\(whole)") }
    if let number = toml.double { return (isWhole ? nil : .number(number), "\(number)") }
    return (nil, "\(toml.tomlValue)")
  }

  private static func parse(_ text: String, _ key: ConfigurationKey) -> ConfigurationValue? {
    switch key.kind {
    case .text: .text(text)
    case .integer: Int(text).map { .integer($0) }
    case .number: Double(text).map { .number($0) }
    }
  }

  private static func check(_ value: ConfigurationValue, _ key: ConfigurationKey) -> String? {
    switch (key.kind, value) {
    case (.text(let standard, let allowed), .text(let text)):
      // Empty means "none" where that is the default.
      if text.isEmpty { return standard.isEmpty ? nil : "is empty" }
      return allowed.isEmpty || allowed.contains(text) ? nil : "is none of \(allowed.joined(separator: ", "))"
    case (.integer(_, let range), .integer(let whole)):
      return range.contains(whole) ? nil : "is outside \(range.lowerBound) to \(range.upperBound)"
    case (.number(_, let range), .number(let number)):
      return range.contains(number)
        ? nil
        : "is outside \(ConfigurationKey.plain(range.lowerBound)) to \(ConfigurationKey.plain(range.upperBound))"
    default: return "is not a \(key.summary)"
    }
  }

  /// The key that was perhaps meant.
  private static func hint(_ name: String) -> String {
    let nearest = ConfigurationKey.all.map { ($0.name, editDistance(name, $0.name)) }.min { $0.1 < $1.1 }
    guard let nearest, nearest.1 <= max(2, name.count / 3) else {
      return "; `exospoold check --help` lists the keys"
    }
    return "; is \(nearest.0) meant?"
  }

  /// Levenshtein's distance.
  private static func editDistance(_ a: String, _ b: String) -> Int {
    let b = Array(b)
    var row = Array(0...b.count)
    for (i, character) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substitution = diagonal + (character == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
