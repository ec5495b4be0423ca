import Analyses
import Testing

@testable import Pipeline

@Suite("Names of methods in results")
struct MethodNamesTests {
  /// Members that stand beside those of methods in `summary.json` and `results.jsonl`.
  private static let reserved: Set<String> = [
    "name", "names", "host", "mass", "massIsMinimum", "radius", "temperature", "semimajorAxis", "period",
    "eccentricity", "loveNumber", "ironToMagnesiumSilicon", "metallicity", "age", "catalogueLists", "derived",
    "flags", "remarks",
    "object", "kind", "layout", "points", "coverage", "context", "assumptions", "planet", "model", "outputs",
  ]

  @Test("no two methods share a member, an HDU or a key, and none takes a name that is taken")
  func unique() {
    for methods in [Methods.ofPlanets.map { $0.description }, Methods.ofSpectra.map { $0.description }] {
      let members = methods.flatMap { [$0.key] + $0.tables.map(\.name) }
      #expect(Set(members).count == members.count && Self.reserved.isDisjoint(with: members), "\(members)")
      let units =
        methods.flatMap { [$0.fitsName] + $0.tables.map(\.fitsName) + $0.images.map(\.fitsName) }
        + ["SPECTRUM", "RESAMPLED"]
      #expect(Set(units).count == units.count && units.allSatisfy { $0 == $0.uppercased() }, "\(units)")
      let keys = methods.flatMap { method in
        (method.fields + method.tables.flatMap(\.fields)).map(\.fitsKey).filter { !$0.isEmpty }
      }
      #expect(Set(keys).count == keys.count && keys.allSatisfy { $0.utf8.count <= 8 }, "\(keys)")
    }
  }
}
