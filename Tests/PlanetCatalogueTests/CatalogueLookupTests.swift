import Observations
import PlanetCatalogue
import Testing

@Suite("Finding a planet by its name")
struct CatalogueLookupTests {
  static func match(_ object: String, in files: [String: String], starAlone: Bool = false) throws
    -> CatalogueMatch?
  {
    if case .found(let match) = try TemporaryCatalogue(files).read().find(object, starAlone: starAlone) {
      return match
    }
    return nil
  }

  static func refusal(_ object: String, in files: [String: String]) throws -> String? {
    if case .notFound(let sentence) = try TemporaryCatalogue(files).read().find(object) { return sentence }
    return nil
  }

  @Test(
    "one planet, however its name is written",
    arguments: [
      "HD 209458 b", "HD209458b", "hd 209458 B", "HD-209458-b", "HD_209458_b", " HD  209458\tb ",
      "HD\u{2013}209458\u{2212}b", "Osiris", "V376 Pegasi b",
    ])
  func spellings(object: String) throws {
    let record = Record.system(
      "HD 209458",
      Record.star(["HD 209458"], Record.planet(["HD 209458 b", "V376 Pegasi b", "Osiris"], mass: 0.7)))
    let match = try #require(
      try Self.match(object, in: ["HD 209458.xml": record, "other.xml": Record.single("HD 20945")]))
    #expect(match.record.file == "HD 209458.xml" && match.record.planet == "HD 209458 b")
    #expect(match.record.star == "HD 209458" && match.remarks.isEmpty)
    #expect(abs((match.planet?.mass?.value?.jupiterMasses ?? 0) - 0.7) < 1e-12)
  }

  /// Twenty spellings of twenty planets, as headers and file names have them.
  @Test(
    "survey's names, Gliese's stars, Greek letters, zeros, stars and remarks",
    arguments: [
      ("Gl581 b", "Gliese 581 b"), ("GJ 581b", "Gliese 581 b"), ("gj1214b", "GJ 1214 b"),
      ("Gliese 436 b", "GJ 436 b"),
      ("HD209458b", "HD 209458 b"), ("HD_189733_b", "HD 189733 b"), ("WASP-39 b", "WASP-39 b"),
      ("wasp39b", "WASP-39 b"),
      ("WASP-039b", "WASP-39 b"), ("TOI 270 d", "TOI-270 d"), ("TOI270d", "TOI-270 d"),
      ("HAT-P-1b", "HAT-P-1 b"),
      ("HATP1b", "HAT-P-1 b"), ("TRAPPIST1b", "TRAPPIST-1 b"), ("K2 18b", "K2-18 b"),
      ("* bet Pic b", "Beta Pictoris b|beta Pic b"),
      ("\u{3b2} Pic b", "beta Pic b"), ("V* AU Mic b", "AU Mic b"), ("HD 209458 b (Osiris)", "HD 209458 b"),
      ("CoRoT-7b", "COROT-7 b"), ("55Cnc e", "55 Cnc e"), ("Kepler 7b", "Kepler-7 b"),
      ("51 Pegasi b", "51 Peg b"), ("55 Cancri e", "55 Cnc e"), ("Proxima Cen b", "Proxima Centauri b"),
      ("\u{3b2} Pictoris b", "bet Pic b"), ("47 Ursae Majoris Ab", "47 UMa Ab"), ("tau Ceti", "tau Cet"),
    ])
  func spellingsOfMany(object: String, name: String) throws {
    let names = name.split(separator: "|").map(String.init)
    let record = Record.system("S", Record.star(["S"], Record.planet(names, mass: 0.7)))
    let match = try #require(
      try Self.match(object, in: ["one.xml": record, "other.xml": Record.single("HD 20945")]))
    #expect(match.record.planet == names[0])
  }

  @Test("signs of declinations and full stops tell names apart")
  func signs() throws {
    let files = [
      "north.xml": Record.single("BD+14 4559"), "south.xml": Record.single("BD-14 4559"),
      "candidate.xml": Record.system("KOI-13", Record.star(["KOI-13"], Record.planet(["KOI-13.01"]))),
      "other.xml": Record.system("KOI-1301", Record.star(["KOI-1301"], Record.planet(["KOI-1301"]))),
    ]
    #expect(try Self.match("BD+144559b", in: files)?.record.file == "north.xml")
    #expect(try Self.match("BD-144559b", in: files)?.record.file == "south.xml")
    #expect(try Self.match("koi 13.01", in: files)?.record.file == "candidate.xml")
    #expect(try Self.match("koi 1301", in: files)?.record.file == "other.xml")
  }

  @Test("a name that agrees to the letter goes before one that differs by case")
  func starAndPlanet() throws {
    let files = [
      "Kepler-16.xml": Record.system(
        "Kepler-16",
        "<binary>" + Record.star(["Kepler-16 A"]) + Record.star(["Kepler-16 B"], radius: 0.2)
          + Record.planet(["Kepler-16 (AB) b", "Kepler-16 b"]) + "</binary>")
    ]
    #expect(try Self.match("Kepler-16 b", in: files)?.planet != nil)
    #expect(try Self.match("kepler16B", in: files)?.planet != nil)
    let star = try #require(try Self.match("Kepler-16 B", in: files))
    #expect(star.record.matchedName == "Kepler-16 B" && star.remarks.count == 1)
  }

  @Test("a star's name means its only planet, which is said, or the star alone")
  func starAlone() throws {
    let files = [
      "one.xml": Record.single("WASP-39"),
      "many.xml": Record.system(
        "TRAPPIST-1",
        Record.star(
          ["TRAPPIST-1"], radius: 0.12, Record.planet(["TRAPPIST-1 b"]), Record.planet(["TRAPPIST-1 c"]))
      ),
    ]
    let only = try #require(try Self.match("WASP39", in: files))
    #expect(only.record.planet == "WASP-39 b")
    #expect(
      only.remarks == [
        "\"WASP39\" is the name of a star; its one planet in the catalogue, WASP-39 b, was taken."
      ])
    let star = try #require(try Self.match("WASP39", in: files, starAlone: true))
    #expect(
      star.planet == nil && star.record.planet == nil && star.record.star == "WASP-39" && star.remarks.isEmpty
    )
    let several = try #require(try Self.match("Trappist-1", in: files))
    #expect(several.planet == nil && several.record.planet == nil)
    #expect(
      several.remarks.count == 1 && several.remarks[0].contains("TRAPPIST-1 b in many.xml, TRAPPIST-1 c"))
    guard case .star(let host) = several.host else {
      Issue.record("no star")
      return
    }
    #expect(abs((host.radius?.value?.solarRadii ?? 0) - 0.12) < 1e-12)
  }

  @Test("of two records with one name, the confirmed planet counts and the other is named")
  func twoRecords() throws {
    let files = [
      "KOI-1.xml": Record.single("KOI-1", mass: 1, list: "Kepler Objects of Interest"),
      "Kepler-1.xml": Record.system(
        "Kepler-1", Record.star(["Kepler-1", "KOI-1"], Record.planet(["Kepler-1 b", "KOI-1 b"], mass: 2))),
    ]
    for object in ["KOI-1 b", "koi1b", "KOI-1"] {
      let match = try #require(try Self.match(object, in: files), "\(object)")
      #expect(match.record.file == "Kepler-1.xml" && match.record.planet == "Kepler-1 b")
      #expect(
        match.remarks.first?.contains("Kepler-1.xml counts, as KOI-1.xml holds a candidate only") == true)
    }
  }

  @Test("of two records that are equally good none is taken")
  func ambiguous() throws {
    let files = ["a.xml": Record.single("WASP-1", mass: 1), "b.xml": Record.single("WASP-1", mass: 2)]
    #expect(
      try Self.refusal("WASP-1 b", in: files)
        == "\"WASP-1 b\" names several planets of the catalogue (WASP-1 b in a.xml, WASP-1 b in b.xml): none was taken."
    )
    #expect(try Self.refusal("WASP-1", in: files)?.contains("is the star of several records") == true)
    let stars =
      Record.star(["X A"], Record.planet(["X A b"])) + Record.star(["X B"], Record.planet(["X B b"]))
    #expect(
      try Self.refusal("X", in: ["x.xml": Record.system("X", "<binary>\(stars)</binary>")])?
        .contains("a system of several stars with planets") == true)
  }

  @Test(
    "a planet that may not exist is taken, and that is said",
    arguments: ["Controversial", "Retracted planet candidate"])
  func doubtful(list: String) throws {
    let match = try #require(try Self.match("A b", in: ["a.xml": Record.single("A", list: list)]))
    #expect(match.remarks.count == 1 && match.remarks[0].contains("it may not exist"))
  }

  @Test("an unknown name is a sentence, which names a broken file that may hold it")
  func missing() throws {
    let files = ["WASP-1.xml": "<system><name>WASP-1</name>", "WASP-2.xml": Record.single("WASP-2")]
    let sentence = try #require(try Self.refusal("WASP-1 b", in: files))
    #expect(sentence.contains("could not be read: WASP-1.xml, line 1: the record ends in the middle"))
    let other = try #require(try Self.refusal("Vulcan", in: files))
    #expect(other == "\"Vulcan\" is no name of a planet or a star with planets in the catalogue.")
    #expect(try Self.refusal("- _", in: files) != nil)
  }
}
