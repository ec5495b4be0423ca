import NumericalMethods

extension SpectrumColumn {
  /// Whether a column of bin widths holds half widths. Authors use one word for both: where bins touch, the spacing
  /// tells; else the name.
  func isHalfWidth(aroundCentres centre: [Double], _ remarks: inout ReadingRemarks) -> Bool {
    let order = centre.indices.sorted { centre[$0] < centre[$1] }
    var ratios: [Double] = []
    for (a, b) in zip(order, order.dropFirst()) {
      let sum = abs(values[a]) + abs(values[b])
      if sum > 0, centre[b] > centre[a] { ratios.append((centre[b] - centre[a]) / sum) }
    }
    let byName = ColumnNames.role(name) == .halfWidth
    // Half widths that touch give 1, full widths 0.5.
    guard let typical = upperMedian(ratios) else { return byName }
    let isHalf = typical > 0.85 && typical < 1.2 ? true : typical > 0.42 && typical < 0.6 ? false : byName
    remarks.assumptions.append(
      "\(name) was read as the \(isHalf ? "half" : "full") width of a bin"
        + (isHalf == byName ? "" : ", because so the bins touch"))
    return isHalf
  }
}
