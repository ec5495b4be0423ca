import Foundation
import TestSupport
import Testing

@testable import exospool

@Suite struct AnalyzeTests {
  let directory: TemporaryDirectory
  let models: String
  let record: String

  init() throws {
    directory = try TemporaryDirectory()
    models = directory.path("models")
    try FileManager.default.createDirectory(atPath: models, withIntermediateDirectories: true)
    try TinyInteriorModels.write(to: models)
    record = try directory.write(
      "records/Sample 1.xml",
      """
      <system><name>Sample 1</name><star><name>Sample 1</name><metallicity errorplus="0.1" errorminus="0.1">0</metallicity>
      <planet><name>Sample 1 b</name><mass errorplus="0.0003" errorminus="0.0003">0.00314635</mass>
      <radius errorplus="0.001" errorminus="0.001">0.0892</radius><temperature>300</temperature></planet>
      </star></system>
      """)
  }

  private func analyze(_ arguments: String..., input: String? = nil) throws -> Tool.Run {
    try Tool.run(["analyze", "--models", models, "--interior-planets", "0"] + arguments, input: input)
  }

  @Test func printsEveryPlanetForPeople() throws {
    let run = try analyze(record)
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.hasPrefix("Sample 1: 1 planet\n\nSample 1 b\n"))
    #expect(run.output.contains("M 1.000 +-0.095 M_E"))
    #expect(run.output.contains("Core thickness, % of radius"))
    #expect(run.complaint == "")
  }

  /// Once what lies between 64 and 256 MB was refused here alone, or cut and then blamed for being cut.
  @Test func readsWhatTheDaemonReads() throws {
    let large = try directory.write("large.xml", "")
    let handle = try FileHandle(forWritingTo: URL(filePath: large))
    try handle.write(contentsOf: Data(contentsOf: URL(filePath: record)))
    try handle.seekToEnd()
    // A comment of blanks: a record all the same, though one that the reader of records finds too large.
    try handle.write(contentsOf: Data("<!--".utf8 + [UInt8](repeating: 0x20, count: 65 << 20) + "-->".utf8))
    try handle.close()
    let files = [try analyze(large), try Tool.shell("$exospool analyze --models \(models) - < \(large)")]
    for run in files {
      #expect(run.status == 65)
      #expect(!run.complaint.contains("end"), "\(run.complaint)")
      #expect(!run.complaint.contains("at most 256 MB"), "\(run.complaint)")
    }
    #expect(files[0].complaint.split(separator: ":").last == files[1].complaint.split(separator: ":").last)
  }

  @Test func printsTheFixedFieldsForMachines() throws {
    let run = try analyze("--json", record)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let planets = try #require(object["planets"] as? [[String: Any]])
    #expect(planets.first?["name"] as? String == "Sample 1 b")
    let models = try #require((planets.first?["interior"] as? [String: Any])?["models"] as? [[String: Any]])
    #expect(models.contains { $0["name"] as? String == "rocky-A" && $0["inDomain"] is Bool })
  }

  @Test func writesTheSameFilesAsTheDaemonWould() throws {
    let run = try analyze("--output", directory.path("a/b"), record)
    #expect(run.status == 0, "\(run.complaint)")
    #expect(try directory.names(in: "a/b/Sample 1") == ["report.html", "result.xml", "summary.json"])
    let json = try analyze("--json", record).output
    let written = try String(contentsOfFile: directory.path("a/b/Sample 1/summary.json"), encoding: .utf8)
    #expect(written == json)
    #expect(run.output.contains("Report: \(directory.path("a/b"))/Sample 1/report.html"))
  }

  @Test func filesOfOneNameDoNotOverwriteEachOther() throws {
    let other = try directory.write("other/Sample 1.xml", String(contentsOfFile: record, encoding: .utf8))
    _ = try analyze("--output", directory.path("out"), record, other)
    #expect(try directory.names(in: "out") == ["Sample 1", "Sample 1-2"])
  }

  /// 65 for the refused file, whose sentence names it; the others are analysed all the same.
  @Test func whatTheUserSaysStandsInTheResult() throws {
    let rows = (0..<9).map { "\(1 + 0.1 * Double($0)) 0.12 0.001\n" }.joined()
    let file = try directory.write("a.txt", "wavelength_um rp_rs err\n" + rows)
    let run = try analyze("--json", "--object", "Planet X b", "--star-radius", "0.93:0.02", file)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let spectrum = try #require(object["spectrum"] as? [String: Any])
    #expect(spectrum["object"] as? String == "Planet X b")
    let radius = (spectrum["context"] as? [String: Any])?["starRadius"] as? [String: Any]
    #expect(radius?["source"] as? String == "user" && radius?["value"] as? Double == 0.93)
    #expect(try analyze("--star-radius", "0.93", record).complaint.contains("is a planet record"))
  }

  /// The numbers of the figure are read as the file that they were drawn from.
  @Test func figuresAreSavedWithTheirNumbers() throws {
    let rows = (0..<9).map { "\(1 + 0.1 * Double($0)) 0.12 0.001\n" }.joined()
    let file = try directory.write("a.txt", "wavelength_um rp_rs err\n" + rows)
    #expect(try analyze("--figures", file).status == 64)
    let run = try analyze("--figures", "--output", directory.path("out"), file, record)
    #expect(run.status == 0, "\(run.complaint)")
    #expect(try directory.names(in: "out/Sample 1/figures").contains { $0.hasSuffix("-cut.svg") })
    let saved = directory.path("out/a.txt/figures/spectrum.csv")
    let first = try Self.spectrum(analyze("--json", file).output)
    let again = try Self.spectrum(analyze("--json", saved).output)
    for key in ["points", "usablePoints", "wavelengthMin", "wavelengthMax", "coverage", "kind"] {
      #expect("\(first[key] ?? 0)" == "\(again[key] ?? 1)", "\(key)")
    }
  }

  private static func spectrum(_ text: String) throws -> [String: Any] {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require(object["spectrum"] as? [String: Any])
  }

  @Test func goesOnAfterAFileThatIsRefused() throws {
    let broken = try directory.write("records/broken.xml", "<system><name>x</system>")
    let run = try analyze(broken, record)
    #expect(run.status == 65)
    #expect(run.complaint.hasPrefix("exospool: \(broken)"))
    #expect(run.complaint.split(separator: "\n").count == 1)
    #expect(run.output.contains("Sample 1 b"))
  }

  @Test(arguments: ["missing.xml", ".", "fifo"]) func namesAFileThatCannotBeRead(name: String) throws {
    if name == "fifo" { #expect(mkfifo(directory.path(name), 0o600) == 0) }
    let run = try analyze(directory.path(name), record)
    #expect(run.status == 66)
    #expect(run.complaint.contains(directory.path(name)))
    #expect(run.output.contains("Sample 1 b"))
  }

  @Test func refusesAHugeFileBeforeReadingIt() throws {
    let path = try directory.write("huge.xml", "")
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: 1 << 30)
    try handle.close()
    let run = try analyze(path)
    #expect(run.status == 65)
    #expect(run.complaint.contains("holds 1024 MB, and at most 256 MB are read"))
  }

  @Test func readsStandardInput() throws {
    let run = try analyze("-", input: try String(contentsOfFile: record, encoding: .utf8))
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.contains("Sample 1 b"))
  }

  @Test func drawsAPortrait() throws {
    let run = try analyze("--portrait", directory.path("p.svg"), record)
    #expect(run.status == 0, "\(run.complaint)")
    let svg = try String(contentsOfFile: directory.path("p.svg"), encoding: .utf8)
    #expect(svg.contains("Sample 1 b"))
  }

  @Test func withoutModelsSaysWhereToFindThem() throws {
    let run = try Tool.run(["analyze", "--models", directory.path("nowhere"), record])
    #expect(run.status == 78)
    #expect(run.complaint.contains(directory.path("nowhere")))
  }

  @Test func outputThatCannotBeWrittenIsAnError() throws {
    let run = try analyze("--output", record, record)
    #expect(run.status == 73)
    #expect(run.complaint.contains(record))
  }

  @Test func directoryNamesStayBelowTheOutput() {
    var taken: Set<String> = []
    #expect(Analyze.directoryName(for: "GJ 486.xml", unlike: &taken) == "GJ 486")
    #expect(Analyze.directoryName(for: "GJ 486.XML", unlike: &taken) == "GJ 486-2")
    #expect(Analyze.directoryName(for: "..xml", unlike: &taken) == "unnamed")
    #expect(Analyze.directoryName(for: ".xml", unlike: &taken) == ".xml")
  }
}
