import InteriorMDN
import Observations
import PlainText
import PlanetXML
import Reports

/// Planet records: every interior model on every planet, in the record's order.
struct PlanetRecordIntake: FormatIntake {
  let models: InteriorModelSet

  /// Takes what nobody else takes: its reader says best what is missing from a planet record.
  func recognizes(_ bytes: [UInt8]) -> Bool { true }

  func analyze(_ input: IntakeInput) -> PipelineOutcome {
    let system: PlanetarySystem
    do {
      system = try PlanetRecordReader.read(input.bytes)
    } catch {
      var reason = error.sentence(file: input.name)
      if error.code == .notXML { reason += " Spectra are read from FITS files and from text tables." }
      return input.isYoung && error.isTemporary ? .unsettled(reason: reason) : .corrupt(reason: reason)
    }
    let analysis = SystemAnalysis(
      names: system.names,
      planets: system.members.enumerated().map { planetAnalysis(of: $1, number: $0, seed: input.seed) },
      remarks: system.remarks,
      provenance: Provenance(
        inputName: input.name, inputSHA256: input.sha256, exospoolVersion: ExospoolVersion.current,
        modelHashes: models.hashes, seed: input.seed))
    return products(of: analysis, file: input.name)
  }

  private func planetAnalysis(of member: PlanetarySystem.Member, number: Int, seed: UInt64) -> PlanetAnalysis
  {
    let derived = DerivedProperties(of: member.planet, around: member.host)
    let judgement = PlanetJudgement(of: member.planet, derived: derived)
    var remarks = member.remarks + judgement.remarks + derived.remarks
    let observation = observation(of: member, derived: derived, remarks: &remarks)
    // Planets of one record draw independently of each other.
    let planetSeed = seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    return PlanetAnalysis(
      planet: member.planet, host: member.host, derived: derived,
      interiors: models.posteriors(for: observation, seed: planetSeed), flags: judgement.flags,
      remarks: remarks)
  }

  /// What the interior models are told: the record's temperature before the derived one, the star's metallicity
  /// where there is one star or where its companions agree to share it.
  private func observation(
    of member: PlanetarySystem.Member, derived: DerivedProperties, remarks: inout [String]
  ) -> InteriorObservation {
    let planet = member.planet
    let stars: [Star] =
      switch member.host {
      case .star(let star): [star]
      case .binary(let stars): stars
      case .none: []
      }
    let withMetallicity = stars.filter { $0.metallicity?.value != nil }
    if withMetallicity.count > 1, let name = withMetallicity[0].names.first {
      remarks.append("Several stars have a metallicity; that of \(name) counts.")
    }
    return InteriorObservation(
      mass: planet.mass, massIsMinimum: planet.massIsMinimum, radius: planet.radius,
      equilibriumTemperature: planet.temperature?.value != nil
        ? planet.temperature : derived.equilibriumTemperature,
      loveNumber: planet.loveNumber, ironToMagnesiumSilicon: planet.ironToMagnesiumSilicon,
      compositionSource: planet.ironToMagnesiumSilicon == nil ? nil : "Fe/(Mg+Si) is the record's own.",
      stellarMetallicity: withMetallicity.first?.metallicity)
  }

  private func products(of analysis: SystemAnalysis, file: String) -> PipelineOutcome {
    let result: String
    do {
      result = try ResultDocument.xml(for: analysis)
    } catch {
      return .failed(
        reason: "\(printable(file)): a number of the result is not finite (\(error.place)). "
          + "This is a fault of exospool; please report it with the file.",
        isTemporary: false)
    }
    let flags = analysis.planets.flatMap { $0.flags + $0.interiors.flatMap(\.flags) }
    return .done(
      AnalysisProducts(
        analysis: analysis,
        files: [
          .init(name: "result.xml", bytes: Array(result.utf8)),
          .init(name: "summary.json", bytes: Array(SummaryDocument.json(for: analysis).document.utf8)),
          .init(name: "report.html", bytes: Array(InteriorReport.html(for: analysis).utf8)),
        ],
        logLines: analysis.planets.map { SummaryLine.text(for: $0) },
        jsonLines: analysis.planets.map { SummaryLine.json(for: $0, provenance: analysis.provenance) },
        flags: Set(flags).sorted()))
  }
}
