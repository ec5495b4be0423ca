import Analyses
import Observations
import Testing

@testable import RobERt

@Suite("Verdicts where a posterior has its say") struct WeighedRecognitionTests {
  private static func evidence(
    _ formula: String, _ probability: Double, limit: Double? = -5, isOfFilters: Bool = false
  ) -> MoleculeEvidence {
    MoleculeEvidence(
      formula: formula, probability: probability, significance: 4, logBayesFactor: 6,
      isLeastBayesFactor: false, logUpperLimit: -2.5, logDetectionLimit: limit,
      logDetectionLimitAbove: limit.map { $0 + 1 }, isOfFilters: isOfFilters)
  }

  private static func recognition(
    _ verdicts: [(name: String, probability: Double, verdict: MoleculeVerdict.Verdict)], flags: [Flag] = []
  ) -> MoleculeRecognition {
    MoleculeRecognition(
      model: "robert-transmission", modelHash: "00",
      molecules: verdicts.map {
        MoleculeVerdict(
          name: $0.name, probability: $0.probability, isDetectable: true, logDetectionLimit: -6,
          verdict: $0.verdict)
      }, inDomain: true, distance: 1, distanceLimit: 2, dream: nil, flags: flags, remarks: [])
  }

  private static func weighed(
    _ recognition: MoleculeRecognition, _ molecules: [MoleculeEvidence], isExplained: Bool = true
  ) -> MoleculeRecognition {
    recognition.weighed(
      by: AtmosphericEvidence(
        network: "completion-transmission", isExplained: isExplained, molecules: molecules))
  }

  @Test(
    "the posterior's probability decides, whatever the network says",
    arguments: [
      (0.9, -5.0, MoleculeVerdict.Verdict.seen), (0.899, -5, .unclear), (0.051, -5, .unclear),
      (0.05, -5, .notSeen), (0.05, .infinity, .cannotTell), (0.5, .infinity, .cannotTell),
      (0.96, .infinity, .seen),
    ])
  func decided(probability: Double, limit: Double, verdict: MoleculeVerdict.Verdict) throws {
    for network in MoleculeVerdict.Verdict.allCases {
      let result = Self.weighed(
        Self.recognition([("H2O", 0.3, network)]), [Self.evidence("H2O", probability, limit: limit)])
      let molecule = try #require(result.molecules.first)
      #expect(molecule.verdict == verdict && molecule.probability == probability)
      #expect(molecule.networkProbability == 0.3 && molecule.evidence?.logUpperLimit == -2.5)
      #expect(molecule.logDetectionLimit == (limit.isFinite ? limit : nil))
      #expect(molecule.isDetectable == limit.isFinite)
      #expect(result.flags.contains(.noMoleculeSeen) == (verdict != .seen))
    }
  }

  @Test("a contradiction is a flag, a doubt is none")
  func contradiction() {
    func flags(_ network: MoleculeVerdict.Verdict, _ probability: Double) -> [Flag] {
      Self.weighed(Self.recognition([("CO", 0.5, network)]), [Self.evidence("CO", probability)]).flags
    }
    #expect(flags(.seen, 0.01).contains(.verdictsContradict))
    #expect(flags(.notSeen, 0.97).contains(.verdictsContradict))
    #expect(
      !flags(.seen, 0.6).contains(.verdictsContradict) && !flags(.notSeen, 0.6).contains(.verdictsContradict))
    #expect(
      !flags(.unclear, 0.99).contains(.verdictsContradict)
        && !flags(.seen, 0.99).contains(.verdictsContradict))
  }

  @Test("a gas that the atmospheres do not have is not seen in what they explain without it")
  func others() throws {
    let result = Self.weighed(
      Self.recognition([("PH3", 0.99, .seen), ("HCN", 0.01, .notSeen), ("H2O", 0.2, .unclear)]),
      [Self.evidence("H2O", 0.99)])
    #expect(result.molecules.map(\.name) == ["H2O", "PH3", "HCN"])
    #expect(result.molecules.map(\.verdict) == [.seen, .unclear, .notSeen])
    #expect(result.flags == [.verdictsContradict] && result.remarks.count == 1)
    #expect(result.molecules[1].evidence == nil && result.molecules[1].probability == 0.99)
  }

  @Test("features of a gas that they do not have leave nothing seen, whatever explains them instead")
  func somethingElse() {
    let molecules = [Self.evidence("CO2", 0.99), Self.evidence("CO", 0.01)]
    let network = [("CO2", 0.2, MoleculeVerdict.Verdict.unclear), ("CO", 0.3, .unclear)]
    let strange = Self.weighed(Self.recognition(network, flags: [.somethingElse]), molecules)
    #expect(strange.molecules.map(\.verdict) == [.unclear, .notSeen])
    #expect(strange.flags.contains(.noMoleculeSeen) && strange.remarks.count == 1)
    #expect(Self.weighed(Self.recognition(network), molecules).molecules.first?.verdict == .seen)
  }

  @Test("what broad filters alone show is not called seen, and a sentence says why")
  func filters() throws {
    let network = [("CO2", 0.2, MoleculeVerdict.Verdict.seen), ("H2O", 0.99, .seen), ("CO", 0.3, .unclear)]
    let result = Self.weighed(
      Self.recognition(network),
      [
        Self.evidence("CO2", 0.99, isOfFilters: true), Self.evidence("H2O", 0.98),
        Self.evidence("CO", 0.01, isOfFilters: true),
      ])
    #expect(result.molecules.map(\.name) == ["CO2", "H2O", "CO"])
    #expect(result.molecules.map(\.verdict) == [.unclear, .seen, .notSeen])
    #expect(result.flags.isEmpty && result.remarks.count == 1)
    #expect(result.remarks[0].hasPrefix("By the posterior CO2 would not show without the points of"))
  }

  @Test("what no atmosphere explains gets no verdict, and a sentence")
  func unexplained() {
    let result = Self.weighed(
      Self.recognition([("H2O", 0.99, .seen), ("HCN", 0.01, .notSeen)], flags: [.noMoleculeSeen]),
      [Self.evidence("H2O", 0.99)], isExplained: false)
    #expect(result.molecules.allSatisfy { $0.verdict == .cannotTell })
    #expect(result.flags.isEmpty && result.remarks.count == 1)
  }

  @Test("depths whose unit is in doubt stay undecided")
  func doubtful() {
    var recognition = Self.recognition([("H2O", 0.5, .unclear)])
    recognition.isDoubtful = true
    #expect(Self.weighed(recognition, [Self.evidence("H2O", 0.99)]) == recognition)
  }
}
