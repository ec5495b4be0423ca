import Observations

/// The column that holds what was measured: of several quantities the one that EXOKIND asks for, else transit depths
/// before eclipse depths before fluxes.
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
    let ranked = order.flatMap { kind in found.filter { $0.kind == kind } }
    let chosen = ranked.first { $0.suits(declared) } ?? ranked[0]
    let others = found.filter { $0.place != chosen.place && $0.kind != chosen.kind }
    if !others.isEmpty {
      let names = others.map(\.column.name).joined(separator: ", ")
      remarks.assumptions.append(
        "the table holds several quantities: \(chosen.column.name) was taken, not \(names); EXOKIND chooses")
      remarks.flags.append(.severalQuantities)
    }
    self = chosen
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
