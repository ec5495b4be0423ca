import Observations
import PlanetXML
import ReferenceData
import Testing
import Units

/// All real records, against counts and sums made independently in Python (`Golden/count-records.py`).
@Suite("Catalogue records", .needsReference("planets"))
struct CatalogueTests {
  let systems: [PlanetarySystem]
  let golden: GoldenCounts

  init() throws {
    systems = try CatalogueRecords.all().map { try PlanetRecordReader.read($0.bytes) }
    golden = try CatalogueRecords.golden()
  }

  @Test("every record is read, and planets, hosts, names and marks are as many as there are")
  func counts() throws {
    let members = systems.flatMap(\.members)
    let planets = members.map(\.planet)
    var hosts = ["planetsInStar": 0, "planetsInBinary": 0, "planetsFree": 0]
    for member in members {
      switch member.host {
      case .star: hosts["planetsInStar", default: 0] += 1
      case .binary: hosts["planetsInBinary", default: 0] += 1
      case .none: hosts["planetsFree", default: 0] += 1
      }
    }
    let asymmetric = planets.map { planet in
      asymmetricErrors(planet.mass) + asymmetricErrors(planet.radius) + asymmetricErrors(planet.temperature)
        + asymmetricErrors(planet.semimajorAxis) + asymmetricErrors(planet.period)
        + asymmetricErrors(planet.eccentricity)
    }
    let counted =
      hosts.merging([
        "files": systems.count,
        "planets": members.count,
        "filesWithoutPlanet": systems.count { $0.members.isEmpty },
        "mostPlanetsInAFile": systems.map(\.members.count).max() ?? 0,
        "planetNames": planets.map(\.names.count).reduce(0, +),
        "nonASCIINames": planets.flatMap(\.names).count { !$0.utf8.allSatisfy { $0 < 0x80 } },
        "minimumMasses": planets.count(where: \.massIsMinimum),
        "massAndRadius": planets.count { $0.mass?.value != nil && $0.radius?.value != nil },
        "asymmetricErrors": asymmetric.reduce(0, +),
        "lowerErrorAboveValue": members.flatMap(\.remarks).count { $0.contains("reaches to zero or below") }
          - hostRemarks(members),
        "hostsWithMetallicity": members.compactMap { star(of: $0) }.count { $0.metallicity?.value != nil },
      ]) { $1 }
    #expect(counted == golden.counts)
  }

  /// Sums differ only by rounding: units are applied and taken off again, 700 terms, 2e-16 each.
  @Test("every value, error and limit is read, in its unit")
  func sums() throws {
    let planets = systems.flatMap(\.members).map(\.planet)
    let stars = systems.flatMap(\.members).compactMap { star(of: $0) }
    try expect("planet.mass", planets.map(\.mass), unit: Constants.jupiterMass)
    try expect("planet.radius", planets.map(\.radius), unit: Constants.jupiterRadius)
    try expect("planet.temperature", planets.map(\.temperature), unit: 1)
    try expect("planet.semimajoraxis", planets.map(\.semimajorAxis), unit: Constants.astronomicalUnit)
    try expect("planet.period", planets.map(\.period), unit: Constants.day)
    try expect("planet.eccentricity", planets.map(\.eccentricity), unit: 1)
    try expect("star.mass", stars.map(\.mass), unit: Constants.solarMass)
    try expect("star.radius", stars.map(\.radius), unit: Constants.solarRadius)
    try expect("star.temperature", stars.map(\.temperature), unit: 1)
    try expect("star.metallicity", stars.map(\.metallicity), unit: 1)
  }

  /// The same formulas in another language: rounding alone differs, at most 1e-15 a term.
  @Test("densities, gravities and temperatures are those that Python derives")
  func derived() throws {
    let derived = systems.flatMap(\.members).map { DerivedProperties(of: $0.planet, around: $0.host) }
    let temperatures = derived.compactMap(\.equilibriumTemperature?.value?.kelvins)
    let densities = derived.compactMap(\.bulkDensity?.value?.kilogramsPerCubicMeter)
    let gravities = derived.compactMap(\.surfaceGravity?.value?.metersPerSecondSquared)
    let fromPeriod = derived.count { $0.equilibriumTemperatureSource?.contains("the period") == true }
    #expect(Double(temperatures.count) == golden.derived["temperatures"])
    #expect(Double(densities.count) == golden.derived["densities"])
    #expect(Double(fromPeriod) == golden.derived["fromPeriod"])
    for (key, numbers) in [
      ("temperatureSum", temperatures), ("densitySum", densities), ("gravitySum", gravities),
    ] {
      let expected = try #require(golden.derived[key])
      #expect(abs(numbers.reduce(0, +) / expected - 1) < 1e-12, "\(key)")
    }
  }

  /// The known vocabulary is that of the catalogue: real records leave nothing unknown.
  @Test("no element of the catalogue is unknown to the reader")
  func vocabulary() {
    #expect(systems.flatMap(\.remarks).filter { $0.contains("Not known") } == [])
  }

  private func expect<D>(_ key: String, _ measurements: [Measurement<D>?], unit: Double) throws {
    let expected = try #require(golden.sums[key])
    let given = measurements.compactMap { $0 }
    func sum(_ part: (Measurement<D>) -> Quantity<D>?) -> Double {
      given.compactMap { part($0)?.si }.reduce(0, +) / unit
    }
    #expect(given.count { $0.value != nil } == expected.values, "\(key)")
    #expect(given.count { $0.upperLimit != nil } == expected.upperLimits, "\(key)")
    #expect(given.count { $0.lowerLimit != nil } == expected.lowerLimits, "\(key)")
    for (mine, theirs) in [
      (sum(\.value), expected.sum), (sum(\.upperError), expected.plus), (sum(\.lowerError), expected.minus),
    ] {
      #expect(abs(mine - theirs) <= 1e-12 * max(1, abs(theirs)), "\(key)")
    }
  }

  private func asymmetricErrors<D>(_ measurement: Measurement<D>?) -> Int {
    measurement?.value != nil && measurement?.upperError != measurement?.lowerError ? 1 : 0
  }

  private func star(of member: PlanetarySystem.Member) -> Star? {
    if case .star(let star) = member.host { star } else { nil }
  }

  /// Remarks on stars' lower errors, which the golden count leaves out.
  private func hostRemarks(_ members: [PlanetarySystem.Member]) -> Int {
    func reaches<D>(_ measurement: Measurement<D>?) -> Int {
      guard let value = measurement?.value, let lower = measurement?.lowerError else { return 0 }
      return lower.si >= value.si ? 1 : 0
    }
    return members.compactMap { star(of: $0) }
      .map { reaches($0.mass) + reaches($0.radius) + reaches($0.temperature) + reaches($0.age) }.reduce(0, +)
  }
}
