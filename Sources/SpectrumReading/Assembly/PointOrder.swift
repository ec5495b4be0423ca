import Observations

/// The points that have a wavelength, in ascending order of it.
struct PointOrder {
  let places: [Int]

  /// - Throws: `noUsablePoints` where there are fewer than two, or all are masked.
  init(
    axis: WavelengthAxis, masked: [Bool], source: SpectrumSource, _ remarks: inout ReadingRemarks
  ) throws(SpectrumError) {
    let centre = axis.centre
    let placed = centre.indices.filter { centre[$0].isFinite && centre[$0] > 0 }
    if placed.count < centre.count {
      remarks.assumptions.append("\(centre.count - placed.count) rows without a wavelength left out")
    }
    let order = placed.sorted { (centre[$0], $0) < (centre[$1], $1) }
    guard order.count > 1 else {
      throw SpectrumError(
        .noUsablePoints,
        "there \(order.count == 1 ? "is one point" : "are no points"); a spectrum has two or more")
    }
    guard order.contains(where: { !masked[$0] }) else {
      throw SpectrumError(
        .noUsablePoints, "all \(order.count) points are masked or not finite: nothing to analyse")
    }
    if order != placed, order != placed.reversed() {
      remarks.assumptions.append(
        source.segments == nil
          ? "the points were not sorted: sorted by wavelength" : "orders merged by wavelength")
    }
    let duplicates = zip(order, order.dropFirst()).count { centre[$0] == centre[$1] }
    if duplicates > 0 {
      remarks.assumptions.append("\(duplicates) wavelengths stand there more than once: all were kept")
      remarks.flags.append(.duplicateWavelengths)
    }
    places = order
  }
}
