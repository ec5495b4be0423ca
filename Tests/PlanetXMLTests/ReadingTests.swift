import Observations
import PlanetXML
import Testing
import Units

/// Small records, one feature each.
@Suite("Reading planet records")
struct ReadingTests {
  static func read(_ xml: String) throws -> PlanetarySystem { try PlanetRecordReader.read(Array(xml.utf8)) }

  /// One planet of one star, described by `children`.
  static func member(_ children: String, star: String = "") throws -> PlanetarySystem.Member {
    let system = try read("<system><star>\(star)<planet><name>X b</name>\(children)</planet></star></system>")
    return try #require(system.members.first)
  }

  @Test("values come in SI, errors positive and each on its side, whatever their signs")
  func errors() throws {
    let planet = try Self.member(
      "<mass errorminus=\"-0.2\" errorplus='0.1'> 2.5e0 </mass><period errorplus=\"1\">10</period>"
    ).planet
    #expect(planet.mass?.value == Mass(jupiterMasses: 2.5))
    #expect(planet.mass?.upperError == Mass(jupiterMasses: 0.1))
    #expect(planet.mass?.lowerError == Mass(jupiterMasses: 0.2))
    #expect(planet.period?.upperError == TimeSpan(days: 1))
    #expect(planet.period?.lowerError == nil)
  }

  @Test("an empty element with limits is a measurement without a value")
  func limits() throws {
    let planet = try Self.member("<mass upperlimit=\"0.6\" /><radius/>").planet
    #expect(planet.mass == Measurement(value: nil, upperLimit: Mass(jupiterMasses: 0.6)))
    #expect(planet.radius == nil)
  }

  @Test("m sin i is a minimum, and a true mass beside it counts first")
  func minimumMass() throws {
    let minimum = try Self.member("<mass type=\"msini\">1</mass>").planet
    #expect(minimum.massIsMinimum && minimum.mass?.value == Mass(jupiterMasses: 1))
    let both = try Self.member("<mass type=\"msini\">1</mass><mass>1.2</mass>")
    #expect(!both.planet.massIsMinimum && both.planet.mass?.value == Mass(jupiterMasses: 1.2))
    #expect(both.remarks.contains { $0.contains("m sin i") })
  }

  @Test("of several elements the first with a value counts, with a remark")
  func repeated() throws {
    let member = try Self.member("<radius/><radius upperlimit=\"2\"/><radius>1</radius><radius>3</radius>")
    #expect(member.planet.radius?.value == Length(jupiterRadii: 1))
    #expect(member.remarks.contains { $0.contains("given 3 times") })
  }

  @Test(
    "values that cannot be meant are left out with a remark that names the line",
    arguments: [
      "<mass>-3</mass>", "<mass>0</mass>", "<mass>1e400</mass>", "<mass>nan</mass>", "<mass>inf</mass>",
      "<mass>0x10</mass>", "<mass>1,5</mass>", "<mass>about 3</mass>", "<mass unit=\"stone\">3</mass>",
      "<radius>0</radius>", "<radius>-1</radius>", "<temperature>-999</temperature>",
      "<eccentricity>-0.08</eccentricity>", "<eccentricity>1</eccentricity>", "<period>0</period>",
      "<semimajoraxis>1e300</semimajoraxis>", "<lovenumber>1.6</lovenumber>",
      "<irontomagnesiumsilicon>-1</irontomagnesiumsilicon>", "<mass upperlimit=\"-1\"/>",
      "<mass upperlimit=\"1\" lowerlimit=\"2\"/>",
    ])
  func absurdValues(element: String) throws {
    let member = try Self.member(element)
    #expect(member.planet == Planet(names: ["X b"]))
    #expect(member.remarks.count == 1)
    #expect(member.remarks.first?.hasPrefix("Line 1: ") == true)
  }

  @Test("errors that cannot be meant are left out, the value stays")
  func absurdErrors() throws {
    for error in ["nan", "0", "1e999", "?"] {
      let member = try Self.member("<radius errorplus=\"\(error)\">1</radius>")
      #expect(member.planet.radius == Measurement(value: Length(jupiterRadii: 1)))
      #expect(member.remarks.count == 1, "\(error)")
    }
  }

  @Test("units that say so are obeyed")
  func units() throws {
    let planet = try Self.member("<mass unit=\"Earth\">2</mass><radius unit=\"km\">7000</radius>").planet
    #expect(planet.mass?.value == Mass(earthMasses: 2))
    #expect(planet.radius?.value == Length(meters: 7e6))
  }

  @Test("planets know their hosts: star, nested binary, none")
  func hosts() throws {
    let system = try Self.read(
      """
      <system><name>S</name>
      <binary><planet><name>outer</name></planet>
        <binary><planet><name>inner</name></planet>
          <star><name>A</name><mass>1</mass></star><star><name>B</name></star></binary>
        <star><name>C</name><planet><name>alone</name></planet></star></binary>
      <planet><name>free</name></planet></system>
      """)
    var hosts: [String: [String]] = [:]
    for member in system.members {
      switch member.host {
      case .star(let star): hosts[member.planet.name] = star.names
      case .binary(let stars): hosts[member.planet.name] = stars.flatMap(\.names)
      case .none: hosts[member.planet.name] = []
      }
    }
    #expect(hosts == ["outer": ["A", "B", "C"], "inner": ["A", "B"], "alone": ["C"], "free": []])
  }

  @Test("unknown elements are remarked once and never a reason to refuse")
  func unknownElements() throws {
    let system = try Self.read(
      "<system><colour/><star><planet><name>b</name><mood>good</mood><mood>bad</mood></planet></star></system>"
    )
    #expect(system.members.count == 1)
    #expect(system.remarks == ["Not known and left aside: <colour> (line 1), <mood> (line 1)."])
  }

  @Test("names: aliases in order, blanks made one, repeats and controls gone, none too long for a line")
  func names() throws {
    let long = String(repeating: "x", count: 100_000)
    let planet = try Self.member(
      "<name> X\n\tb </name><name>α b</name><name>\u{202E}evil</name><name>\(long)</name>"
    )
    .planet
    #expect(planet.names[0...1] == ["X b", "α b"])
    #expect(planet.names[2] == "\u{FFFD}evil")
    #expect(planet.names[3].count == 203)
  }

  @Test("a record without planets is read, with a remark")
  func noPlanets() throws {
    let system = try Self.read("<system><name>S</name><star><name>S</name></star></system>")
    #expect(system.members.isEmpty)
    #expect(system.remarks == ["The record holds no planet."])
  }

  @Test("exospool's own elements are read, and a star's age")
  func extensions() throws {
    let planet = try Self.member(
      "<lovenumber errorminus=\"0.1\" errorplus=\"0.2\">0.9</lovenumber>"
        + "<irontomagnesiumsilicon>0.475</irontomagnesiumsilicon><metallicity>0.7</metallicity>"
    ).planet
    let star = try Self.read(
      "<system><star><age errorplus=\"0.3\" errorminus=\"0.2\">4.5</age><planet><name>b</name></planet></star></system>"
    ).members[0].host.stars[0]
    #expect(abs((star.age?.value?.gigayears ?? 0) - 4.5) < 1e-12)
    #expect(abs((star.age?.upperError?.gigayears ?? 0) - 0.3) < 1e-12)
    #expect(planet.metallicity?.value == Ratio(0.7))
    #expect(
      planet.loveNumber == Measurement(value: Ratio(0.9), upperError: Ratio(0.2), lowerError: Ratio(0.1)))
    #expect(planet.ironToMagnesiumSilicon?.value == Ratio(0.475))
  }

  @Test("text in CDATA and XML's own entities is text")
  func characterData() throws {
    let planet = try Self.member("<name>a &amp; b</name><mass><![CDATA[3]]></mass>").planet
    #expect(planet.names == ["X b", "a & b"])
    #expect(planet.mass?.value == Mass(jupiterMasses: 3))
  }
}
