import NumericalMethods

extension SpectrumColumn {
  /// Whether a column of bin widths holds half widths; `nil` where it can be neither. Authors use one word for both:
  /// whether neighbours touch tells, else whether full widths would leave most of the range empty; else the name.
  /// - Parameter centre: of each point, in the unit of the widths.
  func isHalfWidth(aroundCentres centre: [Double], _ remarks: inout ReadingRemarks) -> Bool? {
    let order = centre.indices.filter { centre[$0].isFinite }.sorted { centre[$0] < centre[$1] }
    var ratios: [Double] = []
    for (a, b) in zip(order, order.dropFirst()) {
      let sum = abs(values[a]) + abs(values[b])
      if sum > 0, centre[b] > centre[a] { ratios.append((centre[b] - centre[a]) / sum) }
    }
    let byName = ColumnNames.role(name) == .halfWidth
    guard let typical = upperMedian(ratios) else { return byName }
    guard typical < 50 else {
      remarks.assumptions.append(
        "\(name) was left aside: it is \(Int(2 * min(typical, 1e6))) times narrower than the spacing, no width of a bin"
      )
      return nil
    }
    // Half widths that touch give 1, full widths 0.5.
    let half = ratios.count { $0 > 0.85 && $0 < 1.2 }
    let full = ratios.count { $0 > 0.42 && $0 < 0.6 }
    var (isHalf, why) = (byName, "")
    if typical > 0.85 && typical < 1.2 || half > full && 3 * half >= ratios.count {
      (isHalf, why) = (true, "so the bins touch")
    } else if typical > 0.42 && typical < 0.6 || full > half && 3 * full >= ratios.count {
      (isHalf, why) = (false, "so the bins touch")
    } else if typical >= 1.2, typical < 2.5 {
      (isHalf, why) = (true, "full widths would leave more than half of the range empty")
    }
    remarks.assumptions.append(
      "\(name) was read as the \(isHalf ? "half" : "full") width of a bin"
        + (isHalf == byName ? "" : ", because \(why)"))
    return isHalf
  }
}
