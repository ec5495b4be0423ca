import Foundation
import PlanetCatalogue
import ReferenceData
import Testing

@Suite("The catalogue's folder")
struct CatalogueFolderTests {
  @Test("the hash is what sha256sum makes of the folder, and names and contents decide it")
  func hash() throws {
    let catalogue = try TemporaryCatalogue(["b.xml": Record.single("B"), "a c.xml": Record.single("A")])
    let hash = try catalogue.read().hash
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "cd \"$1\" && LC_ALL=C sha256sum *.xml | sha256sum", "sh", catalogue.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: data, as: UTF8.self).hasPrefix(hash) && hash.count == 64)
    #expect(
      try TemporaryCatalogue(["b.xml": Record.single("B"), "a c.xml": Record.single("A ")]).read().hash
        != hash)
    #expect(
      try TemporaryCatalogue(["b.xml": Record.single("B"), "c.xml": Record.single("A")]).read().hash != hash)
    let same = [
      "b.xml": Record.single("B"), "a c.xml": Record.single("A"), "README": "no record", ".d.xml": "hidden",
    ]
    #expect(try TemporaryCatalogue(same).read().hash == hash)
  }

  @Test("a file that cannot be read is left out and named; all others serve")
  func faults() throws {
    let catalogue = try TemporaryCatalogue([
      "good.xml": Record.single("Good"), "cut.xml": "<system><name>", "empty.xml": "",
      "entity.xml": "<!DOCTYPE system [<!ENTITY e SYSTEM \"/etc/passwd\">]><system><name>&e;</name></system>",
      "large.xml": Record.single("Large") + String(repeating: " ", count: 2 << 20),
      "list.xml": "<systems/>",
    ])
    let folder = catalogue.folder
    try FileManager.default.createDirectory(
      at: folder.appending(path: "directory.xml"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "link.xml"), withDestinationURL: folder.appending(path: "good.xml"))
    #expect(mkfifo(folder.appending(path: "pipe.xml").path, 0o600) == 0)
    let read = try catalogue.read()
    #expect(read.planetCount == 1 && read.fileCount == 9)
    #expect(
      read.faults.map(\.file) == [
        "cut.xml", "directory.xml", "empty.xml", "entity.xml", "large.xml", "link.xml", "list.xml",
        "pipe.xml",
      ])
    for (fault, word) in zip(
      read.faults,
      [
        "ends in the middle", "not a regular file", "empty", "entity", "1024 kB", "symbolic link",
        "whole catalogue", "not a regular file",
      ])
    { #expect(fault.sentence.hasPrefix(fault.file) && fault.sentence.contains(word), "\(fault)") }
    guard case .found = read.find("Good b") else {
      Issue.record("the good record is not found")
      return
    }
  }

  @Test("a folder that is none is a fault with its cure")
  func noFolder() throws {
    let catalogue = try TemporaryCatalogue(["README": "the records are below"])
    let systems = catalogue.folder.appending(path: "systems")
    try FileManager.default.createDirectory(at: systems, withIntermediateDirectories: true)
    #expect(throws: CatalogueError.self) { try catalogue.read() }
    do { _ = try catalogue.read() } catch {
      #expect(
        "\(error)".contains("there is no .xml file in it")
          && "\(error)".hasSuffix("is \(systems.path) meant?"))
    }
    #expect(throws: CatalogueError.self) { try PlanetCatalogue(directory: "/nowhere/at/all") }
  }

  /// Every name of every planet leads to a planet that bears it, but for names that stand in two records.
  @Test("510 real records", .needsReference("planets"))
  func realRecords() throws {
    let folder = try #require(ReferenceData.url("planets")).path
    let catalogue = try PlanetCatalogue(directory: folder)
    #expect(catalogue.fileCount == 510 && catalogue.faults.isEmpty && catalogue.planetCount == 687)
    for object in ["HD209458b", "wasp_39b", "TRAPPIST-1B", "55 Cnc e", "GJ486b"] {
      guard case .found(let match) = catalogue.find(object) else {
        Issue.record("\(object) is not found")
        continue
      }
      #expect(match.planet != nil && match.remarks.allSatisfy { !$0.contains("star;") }, "\(object)")
    }
    var remarked = 0
    for (file, names) in try Self.namesByGrep(in: folder) {
      for name in names {
        let spoiled = name.lowercased().replacing(" ", with: "").replacing("-", with: "_")
        for object in [name, spoiled] {
          guard case .found(let match) = catalogue.find(object) else {
            Issue.record("\(object) of \(file) is not found")
            continue
          }
          if match.record.file != file {
            #expect(
              match.remarks.contains { $0.contains(file) && $0.contains("counts") }, "\(object) of \(file)")
            remarked += 1
          }
        }
      }
    }
    #expect(remarked > 0)
  }

  /// Names of planets by a reader of its own: the text between the tags, before any star's or list's.
  private static func namesByGrep(in folder: String) throws -> [(file: String, names: [String])] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".xml") }.map { file in
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      let names = text.components(separatedBy: "<planet>").dropFirst().flatMap { part in
        part.components(separatedBy: "</planet>")[0].components(separatedBy: "<satellite>")[0]
          .components(separatedBy: "<name>").dropFirst()
          .map {
            $0.components(separatedBy: "</name>")[0].replacing("&amp;", with: "&").replacing(
              "&apos;", with: "'")
          }
      }
      return (file, names)
    }
  }
}
