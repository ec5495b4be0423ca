package import Observations
import PlainText

/// What a name leads to.
package enum CatalogueFinding: Sendable {
  case found(CatalogueMatch)
  /// Nothing, or several that are equally good; a sentence for people.
  case notFound(String)
}

/// One planet, or one star whose planets cannot be told apart.
package struct CatalogueMatch: Sendable {
  package var record: SpectrumContext.Record
  package var planet: Planet?
  package var host: PlanetHost
  /// What was decided on the way, one sentence each for people.
  package var remarks: [String]
}

extension PlanetCatalogue {
  /// Looks for a planet, then for a star, of that name or alias.
  ///
  /// Case, blanks, dashes and underscores do not matter, but a name that agrees to the letter goes first: `Kepler-16 B`
  /// is a star, `Kepler-16 b` its planet. Of records that share a name, confirmed planets go before candidates.
  /// - Parameters:
  ///   - object: as the file of a spectrum names it.
  ///   - starAlone: a star's name means the star, and not its only planet.
  package func find(_ object: String, starAlone: Bool = false) -> CatalogueFinding {
    let wanted = CatalogueName.spaced(object)
    let planets = planets(named: object)
    let hosts = hosts(named: object)
    let isHostToTheLetter =
      !planets.contains { entries[$0].member.planet.names.contains(wanted) }
      && hosts.contains { entries[$0].hostNames.contains(wanted) }
    if !planets.isEmpty, !isHostToTheLetter { return planet(among: planets, named: wanted) }
    if !hosts.isEmpty { return host(among: hosts, named: wanted, starAlone: starAlone) }
    return .notFound(missing(wanted))
  }

  private func planet(among places: [Int], named wanted: String) -> CatalogueFinding {
    let exact = places.filter { entries[$0].member.planet.names.contains(wanted) }
    let (chosen, remarks) = foremost(of: exact.isEmpty ? places : exact, named: wanted)
    guard chosen.count == 1 else {
      return .notFound(
        "\"\(printable(wanted))\" names several planets of the catalogue (\(list(chosen))): none was taken.")
    }
    return .found(match(chosen[0], named: wanted, remarks: remarks))
  }

  /// The star's name alone: of one planet it is said that it was taken, of several the star alone is.
  private func host(among places: [Int], named wanted: String, starAlone: Bool) -> CatalogueFinding {
    let files = Set(places.map { entries[$0].file })
    var (chosen, remarks) = (places, [String]())
    if files.count > 1 {
      (chosen, remarks) = foremost(of: places, named: wanted)
      guard Set(chosen.map { entries[$0].file }).count == 1 else {
        return .notFound(
          "\"\(printable(wanted))\" is the star of several records of the catalogue (\(list(chosen))): none was taken."
        )
      }
    }
    let host = entries[chosen[0]].member.host
    if chosen.count == 1, !starAlone {
      let planet = printable(entries[chosen[0]].member.planet.name)
      remarks.append(
        "\"\(printable(wanted))\" is the name of a star; its one planet in the catalogue, \(planet), was taken."
      )
      return .found(match(chosen[0], named: wanted, remarks: remarks))
    }
    guard chosen.allSatisfy({ entries[$0].member.host == host }) else {
      return .notFound(
        "\"\(printable(wanted))\" is a system of several stars with planets (\(list(chosen))): none was taken."
      )
    }
    if !starAlone {
      remarks.append(
        "\"\(printable(wanted))\" is the name of a star with several planets (\(list(chosen))): no planet's values "
          + "were taken; name the planet in the file (OBJECT).")
    }
    return .found(match(chosen[0], named: wanted, remarks: remarks, takesPlanet: false))
  }

  /// Of places that share a name, those that the catalogue's editors stand behind most.
  private func foremost(of places: [Int], named wanted: String) -> (places: [Int], remarks: [String]) {
    let best = places.map { entries[$0].standing.rawValue }.min()
    let chosen = places.filter { entries[$0].standing.rawValue == best }
    let files = Set(chosen.map { entries[$0].file })
    guard chosen.count < places.count, files.count == 1, let file = files.first else { return (chosen, []) }
    let others = Set(places.map { entries[$0].file }).subtracting(files).sorted().map { printable($0) }
    guard !others.isEmpty else { return (chosen, []) }
    return (
      chosen,
      [
        "\"\(printable(wanted))\" stands in several records of the catalogue; \(printable(file)) counts, as "
          + "\(others.joined(separator: ", ")) \(others.count == 1 ? "holds a candidate" : "hold candidates") only."
      ]
    )
  }

  private func match(
    _ place: Int, named wanted: String, remarks: [String], takesPlanet: Bool = true
  ) -> CatalogueMatch {
    let entry = entries[place]
    let key = key(wanted)
    let names = entry.member.planet.names + entry.hostNames
    let matched = names.first { $0 == wanted } ?? names.first { CatalogueName.key($0) == key } ?? wanted
    var star: String?
    if case .star(let only) = entry.member.host { star = only.names.first }
    var record = SpectrumContext.Record(file: entry.file, matchedName: matched, star: star)
    guard takesPlanet else {
      return CatalogueMatch(record: record, planet: nil, host: entry.member.host, remarks: remarks)
    }
    record.planet = entry.member.planet.name
    let standing = entry.standing.remark.map { [$0] } ?? []
    return CatalogueMatch(
      record: record, planet: entry.member.planet, host: entry.member.host,
      remarks: remarks + standing + entry.member.remarks.map { "\(printable(entry.file)): \($0)" })
  }

  /// Says too when a file that bears the name could not be read.
  private func missing(_ wanted: String) -> String {
    let key = CatalogueName.key(wanted)
    var sentence = "\"\(printable(wanted))\" is no name of a planet or a star with planets in the catalogue."
    let broken = faults.first { fault in
      let stem = CatalogueName.key(String(fault.file.dropLast(4)))
      return !stem.isEmpty && key.hasPrefix(stem)
    }
    if let broken { sentence += " A file that may hold it could not be read: \(broken.sentence)" }
    return sentence
  }

  private func list(_ places: [Int]) -> String {
    let names = places.prefix(9).map { place in
      "\(printable(entries[place].member.planet.name)) in \(printable(entries[place].file))"
    }
    return names.joined(separator: ", ") + (places.count > names.count ? " ..." : "")
  }
}
