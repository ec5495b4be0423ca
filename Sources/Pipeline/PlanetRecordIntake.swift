import Analyses
import JobContract
import Observations
import PlainText
import PlanetXML
import Reports
import ResultFiles

/// Planet records: every method on every planet, in the record's order.
struct PlanetRecordIntake: FormatIntake {
  let methods: [any PlanetMethod]
  let networks: [NetworkIdentity]
  let modelSetHash: String?

  /// Takes what nobody else takes: its reader says best what is missing from a planet record.
  func recognizes(_ bytes: [UInt8]) -> Bool { true }

  func analyze(_ input: IntakeInput) -> JobOutcome<AnalysisProducts> {
    let system: PlanetarySystem
    do {
      system = try PlanetRecordReader.read(input.bytes)
    } catch {
      var reason = error.sentence(file: input.name)
      if error.code == .notXML { reason += " Spectra are read from FITS files and from text tables." }
      return JobOutcome(error, reason, isYoung: input.isYoung)
    }
    let planets = system.members.enumerated().map { number, member in
      let subject = PreparedPlanet(member)
      return PlanetAnalysis(
        of: subject, answers: answers(to: subject, seed: Self.seed(ofPlanet: number, in: input.seed)))
    }
    return products(
      of: SystemAnalysis(
        names: system.names, planets: planets, remarks: system.remarks,
        provenance: Provenance(
          inputName: input.name, inputSHA256: input.sha256, exospoolVersion: ExospoolVersion.current,
          networks: networks, seed: input.seed)), file: input.name)
  }

  /// Planets of one record draw independently of each other.
  private static func seed(ofPlanet number: Int, in record: UInt64) -> UInt64 {
    record &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15
  }

  private func answers(to subject: PreparedPlanet, seed: UInt64) -> [MethodAnswer] {
    methods.reduce(into: []) { answers, method in
      let findings = method.findings(on: subject, after: answers.flatMap(\.findings), seed: seed)
      answers.append(MethodAnswer(method: method.description, findings: findings))
    }
  }

  private func products(of analysis: SystemAnalysis, file: String) -> JobOutcome<AnalysisProducts> {
    let xml: String
    do {
      xml = try SystemXML.text(for: analysis)
    } catch {
      return .failed(
        "\(printable(file)): a number of the result is not finite (\(error.place)). "
          + "This is a fault of exospool; please report it with the file.",
        mayPass: false)
    }
    return .done(
      AnalysisProducts(
        analysis: .planets(analysis),
        result: JobResult(
          products: [
            JobProduct(name: "result.xml", bytes: Array(xml.utf8)),
            JobProduct(name: "summary.json", bytes: Array(SystemJSON.document(for: analysis).document.utf8)),
            JobProduct(name: "report.html", bytes: Array(SystemReport.html(for: analysis).utf8)),
          ],
          logLines: analysis.planets.map { LogLine.text(for: $0) },
          jsonLines: analysis.planets.map { SystemJSON.line(for: $0, provenance: analysis.provenance) })))
  }
}
