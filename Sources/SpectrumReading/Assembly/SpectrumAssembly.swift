package import Observations
import Units

/// Makes a `Spectrum` of a file's columns and keys: finds each column's role, converts to SI, squares what must
/// be squared, masks what cannot be used, sorts, draws edges; and says what it had to assume.
package enum SpectrumAssembly {
  /// - Throws: `unrecognised`, `noWavelength`, `kindUnknown`, `noUsablePoints`, `malformed`.
  package static func spectrum(of source: SpectrumSource) throws(SpectrumError) -> Spectrum {
    let count = source.columns.first?.values.count ?? 0
    for column in source.columns where column.values.count != count {
      throw SpectrumError(
        .malformed, "column \(column.name) has \(column.values.count) values, the first column \(count)")
    }
    var remarks = source.remarks
    let ordinate = try Ordinate(in: source, &remarks)
    let errors = ErrorColumns(of: ordinate, in: source, &remarks)
    var axis = try WavelengthAxis(in: source, &remarks)
    try axis.correctImplausible(&remarks)
    let kind = try KindJudgement(of: ordinate, in: source, wavelength: axis.centre, &remarks)
    if kind.kind != .stellar {
      try axis.checkIsNoUltraviolet(remarks)
      try axis.checkIsOfPlanets()
    }
    let values = try OrdinateValues(
      of: ordinate, errors: errors, kind: kind.kind, words: source.words, &remarks)
    let masked = PointMask(source: source, values: values, isDepth: kind.kind != .stellar, &remarks).masked
    try DepthBounds.check(
      values, of: ordinate, kind: kind.kind, masked: masked, areNamed: source.areColumnsNamed, &remarks)
    let order = try PointOrder(axis: axis, masked: masked, source: source, &remarks).places
    let edges = BinEdges(axis: axis, order: order, segments: source.segments)
    if axis.lower != nil, !edges.areGiven {
      remarks.assumptions.append(
        "some bins have no edges, or the lower one above the upper: all were drawn half-way to the neighbours"
      )
    }

    remarks.nameUnused(in: source, used: [ordinate.column.name] + errors.names + axis.names)
    var spectrum = Spectrum(
      kind: kind.kind, kindSource: kind.source, layout: source.layout,
      wavelength: order.map { axis.centre[$0] }, lowerEdge: edges.lower, upperEdge: edges.upper,
      edgesAreGiven: edges.areGiven, value: order.map { values.value[$0] },
      upperError: values.upperError.map { upper in order.map { upper[$0] } },
      lowerError: values.lowerError.map { lower in order.map { lower[$0] } },
      isMasked: order.map { masked[$0] }, unit: values.unit,
      errorSource: errors.upper == nil ? errors.source : source.keys["ERRORHDU"] ?? errors.source)
    spectrum.instruments = source.instruments.map { instruments in order.map { instruments[$0] } }
    spectrum.object = source.keys["OBJECT"] ?? source.keys["TARGNAME"] ?? source.keys["TARGPROP"]
    spectrum.telescope = source.keys["TELESCOP"]
    spectrum.instrument = source.keys["INSTRUME"]
    spectrum.stated = StatedContext(keys: source.keys, &remarks)
    spectrum.keysOfUser = source.keysOfUser
    // As written where it is written in solar radii, so that no digit is lost.
    spectrum.starRadius = spectrum.stated.starRadius?.value.map { radius in
      let stated = source.keys["RSTAR"].map(StatedNumber.init)
      return stated?.unit == nil || stated?.unit == "rsun"
        ? stated?.value ?? radius.solarRadii : radius.solarRadii
    }
    spectrum.assumptions = remarks.assumptions
    spectrum.flags = remarks.flags
    return spectrum
  }
}
