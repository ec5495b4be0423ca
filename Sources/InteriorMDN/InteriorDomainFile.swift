import NeuralNetworks

extension InteriorDomain {
  func store(into file: inout SafetensorsFile) {
    file.tensors["domain.axes"] = .init(
      axes.flatMap { [$0.low, $0.high, Double($0.bins)] }, shape: [axes.count, 3])
    file.tensors["domain.nominal"] = .init(
      nominal.flatMap { [$0.lowerBound, $0.upperBound] }, shape: [nominal.count, 2])
    var words = [Int64](repeating: 0, count: (cells.count + 7) / 8)
    for (i, cell) in cells.enumerated() {
      words[i / 8] |= Int64(bitPattern: UInt64(cell) << UInt64(8 * (i % 8)))
    }
    file.tensors["domain.cells"] = .init(words)
    for (name, curve) in [("smallest", smallest), ("largest", largest)] + (iron.map { [("iron", $0)] } ?? [])
    {
      file.tensors["domain.\(name)"] = .init(curve.masses + curve.radii, shape: [2, curve.masses.count])
    }
  }

  init(_ reader: TensorReader, axes count: Int) throws(TensorReader.Refusal) {
    self = try reader.part(refusedAs: "its domain is missing or not as expected") {
      () throws(TensorReader.Refusal) in try InteriorDomain(parts: reader, axes: count)
    }
  }

  private init(parts reader: TensorReader, axes count: Int) throws(TensorReader.Refusal) {
    let nominal: [[Double]] = try reader.rows("domain.nominal", shape: [count, 2])
    guard nominal.allSatisfy({ $0[0] < $0[1] }) else { throw .init("its bounds do not ascend") }
    let table: [[Double]] = try reader.rows("domain.axes", shape: [count, 3])
    guard table.allSatisfy({ $0[0] < $0[1] && (1...100_000).contains($0[2]) }) else {
      throw .init("its axes do not ascend")
    }
    let axes = table.map { Axis(low: $0[0], high: $0[1], bins: Int($0[2])) }
    self.init(
      axes: axes, nominal: nominal.map { $0[0]...$0[1] }, cells: try Self.cells(reader, axes),
      smallest: try RadiusCurve(reader, "domain.smallest"),
      largest: try RadiusCurve(reader, "domain.largest"),
      iron: reader.has("domain.iron") ? try RadiusCurve(reader, "domain.iron") : nil)
  }

  /// Eight cells a word.
  private static func cells(_ reader: TensorReader, _ axes: [Axis]) throws(TensorReader.Refusal) -> [UInt8] {
    let words: [Int64] = try reader.tensor("domain.cells", shape: [nil]).elements
    var count = 1
    for axis in axes {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis.bins)
      guard !overflow, product <= 8 * words.count else { throw .init("its cells are too few") }
      count = product
    }
    guard words.count == (count + 7) / 8 else { throw .init("its cells are too many") }
    return (0..<count).map {
      UInt8(truncatingIfNeeded: UInt64(bitPattern: words[$0 / 8]) >> UInt64(8 * ($0 % 8)))
    }
  }
}

extension InteriorDomain.RadiusCurve {
  fileprivate init(_ reader: TensorReader, _ name: String) throws(TensorReader.Refusal) {
    let rows: [[Double]] = try reader.rows(name, shape: [2, nil])
    guard !rows[0].isEmpty, rows.allSatisfy({ $0.allSatisfy { $0 > 0 } }),
      zip(rows[0], rows[0].dropFirst()).allSatisfy(<)
    else { throw .init("a curve of radii does not ascend in mass") }
    self.init(masses: rows[0], radii: rows[1])
  }
}
