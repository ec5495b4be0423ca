import FITSFiles

/// The columns of a table that a spectrum is made of, by the IVOA spectral model's utypes or else by their names.
struct ChosenColumns {
  let forms: [FITSColumnForm]
  /// Names that say the role: those of columns chosen by utype are replaced where they do not.
  let names: [String]
  /// Columns of numbers that are none of a spectrum.
  let unused: [String]

  init(_ unit: FITSStructure.Unit) {
    let numeric = unit.columns.filter { form in
      form.isNumeric
        // True and false are of use as flags alone.
        || form.storage == .logical && !form.isVariableLength && ColumnNames.role(form.name) == .quality
    }
    func utype(_ form: FITSColumnForm) -> String? { unit.header.text("TUTYP\(form.number)")?.lowercased() }
    forms = Self.byUtype(numeric, utype) ?? numeric.filter { ColumnNames.role($0.name) != nil }
    names = forms.map { Self.name($0, utype: utype($0)) }
    let taken = Set(forms.map(\.number))
    unused = numeric.filter { !taken.contains($0.number) }.map(\.name)
  }

  /// Cells hold several elements, or as many as they like.
  var areVectors: Bool { forms.contains { $0.isVariableLength || $0.repeatCount != 1 } }

  /// The sentence that is due where names were replaced.
  var assumption: String? {
    let own = forms.map(\.name)
    return names == own ? nil : "columns chosen by TUTYP: " + own.joined(separator: ", ")
  }

  /// Of several pairs of flux and error, those that the utypes name.
  private static func byUtype(
    _ forms: [FITSColumnForm], _ utype: (FITSColumnForm) -> String?
  ) -> [FITSColumnForm]? {
    let wanted = ["spectralaxis.value", "fluxaxis.value", "fluxaxis.accuracy.staterror"]
    let found = wanted.map { end in
      forms.first { form in
        guard let utype = utype(form) else { return false }
        return utype.hasSuffix(end)
          && (utype.hasPrefix("spec:") || utype.hasPrefix("data.") || utype.hasPrefix("spectrum."))
      }
    }
    guard let axis = found[0], let flux = found[1] else { return nil }
    return [axis, flux] + (found[2].map { [$0] } ?? [])
      + forms.filter { ColumnNames.role($0.name) == .quality }
  }

  private static func name(_ form: FITSColumnForm, utype: String?) -> String {
    guard ColumnNames.role(form.name) == nil, let utype else { return form.name }
    if utype.hasSuffix("spectralaxis.value") { return "WAVE" }
    if utype.hasSuffix("fluxaxis.value") { return "FLUX" }
    return utype.hasSuffix("staterror") ? "ERR" : form.name
  }
}
