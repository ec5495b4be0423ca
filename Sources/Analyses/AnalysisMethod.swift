package import Observations

/// One published method, as the pipeline runs it.
package protocol AnalysisMethod: Sendable {
  /// What its findings hold, the same for every input: schemas are made from it.
  static var description: MethodDescription { get }
  /// The networks that have a say in its findings.
  var networks: [NetworkIdentity] { get }
  /// What else decides its findings besides the input, a line each: results made under other choices are no duplicates.
  var choices: [String] { get }
  /// Where it is not, results are as if there were no such method.
  var isInPlay: Bool { get }

  /// - Throws: where a network that is there cannot be used, or one that the method needs is not.
  init(_ resources: MethodResources) throws
}

extension AnalysisMethod {
  package var description: MethodDescription { Self.description }
  package var choices: [String] { [] }
  package var isInPlay: Bool { true }
}

/// A method that reads spectra.
package protocol SpectrumMethod: AnalysisMethod {
  /// What the method finds in one spectrum; `nil` where it has nothing to say of spectra of its kind.
  /// - Parameters:
  ///   - earlier: the findings of the methods registered before this one.
  ///   - seed: fixed by the input's content; the same seed gives the same finding.
  func finding(on spectrum: PreparedSpectrum, after earlier: [Finding], seed: UInt64) -> Finding?

  /// The finding again, once all methods have spoken.
  /// - Parameter others: what the methods said, this one's own finding among them.
  func conclusion(of finding: Finding, beside others: [Finding]) -> Finding
}

extension SpectrumMethod {
  package func conclusion(of finding: Finding, beside others: [Finding]) -> Finding { finding }
}

/// A method that reads planets.
package protocol PlanetMethod: AnalysisMethod {
  /// What the method finds, one finding a network, each in or out of its domain.
  /// - Parameters:
  ///   - earlier: the findings of the methods registered before this one.
  ///   - seed: fixed by the input's content and the planet's place in it; the same seed gives the same findings.
  func findings(on planet: PreparedPlanet, after earlier: [Finding], seed: UInt64) -> [Finding]
}

/// Which network speaks: its name and the SHA-256 of its weights, hexadecimal.
package struct NetworkIdentity: Sendable, Hashable {
  package let name: String
  package let sha256: String

  package init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }
}

/// All that one method said of one input.
package struct MethodAnswer: Sendable {
  package let method: MethodDescription
  /// In the order of the method's networks; none where it has nothing to say.
  package let findings: [Finding]

  package init(method: MethodDescription, findings: [Finding]) {
    self.method = method
    self.findings = findings
  }

  /// The finding that speaks where there is room for one: of the least rank.
  package var speaking: Finding? {
    let ranks = findings.compactMap(\.rank)
    return ranks.min().flatMap { least in findings.first { $0.rank == least } }
  }

  /// The flags of the finding that speaks, or of all where none does.
  package var spokenFlags: [Flag] { speaking?.flags ?? findings.flatMap(\.flags) }

  /// The method's part of the log line.
  package var digest: String { speaking?.digest ?? method.silence }
}
