import Observations
import Units

/// The column that holds what was measured: of several quantities the one that EXOKIND asks for, else transit depths
/// before eclipse depths before fluxes; of several columns of one quantity the calibrated one.
struct Ordinate {
  let place: Int
  let column: SpectrumColumn
  let kind: ColumnRole.Ordinate

  private init(_ place: Int, _ kind: ColumnRole.Ordinate, in source: SpectrumSource) {
    self.place = place
    self.kind = kind
    column = source.columns[place]
  }

  init(in source: SpectrumSource, _ remarks: inout ReadingRemarks) throws(SpectrumError) {
    let found = source.roles.compactMap { place, role -> Ordinate? in
      // Archive tables hold columns that are null throughout.
      guard case .ordinate(let kind) = role, source.columns[place].values.contains(where: \.isFinite) else {
        return nil
      }
      return Ordinate(place, kind, in: source)
    }
    guard !found.isEmpty else {
      let names = source.columns.map(\.name).joined(separator: ", ")
      throw SpectrumError(
        .unrecognised,
        "no column holds a depth or a flux: looked for DEPTH, RP_RS, FP_FS, FLUX and their like, found \(names)"
      )
    }
    let declared = try source.declaredKind()
    let order: [ColumnRole.Ordinate] = [.transitDepth, .radiusRatio, .eclipseDepth, .depth, .flux]
    let ranked = order.flatMap { kind in
      let same = found.filter { $0.kind == kind }.map { (ordinate: $0, rank: $0.rank) }
      let best = Set(same.map(\.rank)).sorted()
      return best.flatMap { rank in same.filter { $0.rank == rank }.map(\.ordinate) }
    }
    // One whose own errors are null throughout yields to the next.
    let sound = ranked.filter { !$0.hasNullErrors(in: source) }
    let willing = sound.isEmpty ? ranked : sound
    let chosen = willing.first { $0.suits(declared) } ?? ranked.first { $0.suits(declared) } ?? willing[0]
    let others = found.filter { $0.place != chosen.place && $0.kind != chosen.kind }
    if !others.isEmpty {
      let names = others.map(\.column.name).joined(separator: ", ")
      remarks.assumptions.append(
        "the table holds several quantities: \(chosen.column.name) was taken, not \(names); EXOKIND chooses")
      remarks.flags.append(.severalQuantities)
    }
    let alike = found.filter { $0.place != chosen.place && $0.kind == chosen.kind }
    if !alike.isEmpty {
      let names = alike.map(\.column.name).joined(separator: ", ")
      remarks.assumptions.append(
        "several columns hold such a quantity: \(chosen.column.name) was taken, not \(names)")
    }
    self = chosen
  }

  /// Lower is better: a flux before what a detector counts or what bears a general name.
  private var rank: Int {
    guard kind == .flux else { return 0 }
    let name = ColumnNames.plain(column.name)
    let byUnit =
      switch FluxUnit(column.statedUnit) {
      case .perWavelength, .perFrequency, .surfaceBrightness: 0
      case .relative, nil: 1
      case .counts: 3
      }
    let isCount =
      ["net", "counts", "gross"].contains(name)
      || NameWords(column.name).has(["raw", "uncorrected", "uncalibrated"])
    let isGeneral = ["data", "spectrum", "spec", "intensity", "y", "surfbright"].contains(name)
    return 2 * byUnit + (isCount ? 3 : isGeneral ? 1 : 0)
  }

  private func hasNullErrors(in source: SpectrumSource) -> Bool {
    let stem = ColumnNames.stem(column.name)
    let errors = source.roles.filter { role in
      [.error, .upperError, .lowerError].contains(role.role)
        && ColumnNames.stem(source.columns[role.place].name) == stem
    }
    return !errors.isEmpty
      && errors.allSatisfy { !source.columns[$0.place].values.contains(where: \.isFinite) }
  }

  private func suits(_ declared: SpectrumKind?) -> Bool {
    switch declared {
    case .transmission: kind == .transitDepth || kind == .radiusRatio || kind == .depth
    case .eclipse: kind == .eclipseDepth || kind == .depth || kind == .flux
    case .stellar: kind == .flux
    case nil: true
    }
  }
}
