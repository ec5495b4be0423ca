import FITSFiles

/// The image that holds the errors of another, in an HDU of its own.
enum ErrorImage {
  /// - Returns: the HDU, and a column's name that says what it holds.
  static func of(
    _ flux: FITSStructure.Unit, in file: borrowing FITSFile
  ) -> (unit: FITSStructure.Unit, role: String)? {
    for unit in file.units where unit.number != flux.number {
      guard case .image(let axes, _) = unit.kind, case .image(let shape, _) = flux.kind, axes == shape,
        let role = role(unit, besides: flux)
      else { continue }
      return (unit, role)
    }
    return nil
  }

  /// By the HDU's name, else by a unit that is the square of the flux's.
  static func role(_ unit: FITSStructure.Unit, besides flux: FITSStructure.Unit) -> String? {
    let isSquare = isSquare(unit.header.text("BUNIT"), of: flux.header.text("BUNIT"))
    let name = unit.name.uppercased()
    // ESO's pipelines name the variance STAT.
    if name == "STAT" || name.hasSuffix("_STAT") { return "VARIANCE" }
    switch ColumnNames.role(name) {
    case .error: return isSquare ? "VARIANCE" : "ERROR"
    case .variance: return "VARIANCE"
    case .inverseVariance: return "IVAR"
    default: return isSquare ? "VARIANCE" : nil
    }
  }

  private static func isSquare(_ text: String?, of other: String?) -> Bool {
    func bare(_ text: String) -> String { text.lowercased().filter { !" ()*^".contains($0) } }
    guard let text, let other, !bare(other).isEmpty else { return false }
    return bare(text) == bare(other) + "2"
  }
}
