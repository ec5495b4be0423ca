package import RobERt

#if canImport(Glibc)
  import Glibc
#endif

extension RecognitionNetwork.Calibration {
  /// Learns what turns outputs into probabilities that hold.
  /// - Parameters:
  ///   - outputs: rows of the perceptron's outputs on validation spectra.
  ///   - shown: (rows, molecules), 0 or 1.
  ///   - singleClass: -1 for mixtures.
  package init(outputs: [[Float]], shown: [Float], singleClass: [Int32], molecules: Int) {
    let classes = molecules + 1
    var slopes: [Double] = []
    var offsets: [Double] = []
    for m in 0..<molecules {
      let logits = outputs.map { Double($0[classes + m]) }
      let truth = outputs.indices.map { Double(shown[$0 * molecules + m]) }
      let (slope, offset) = Self.platt(logits, truth)
      slopes.append(slope)
      offsets.append(offset)
    }
    let single = outputs.indices.filter { singleClass[$0] >= 0 }
    let temperature = Self.temperature(
      single.map { row in outputs[row][..<classes].map { Double($0) } }, single.map { Int(singleClass[$0]) })
    self.init(temperature: temperature, slopes: slopes, offsets: offsets)
  }

  /// Logistic regression on one logit by Newton's method, held weakly to the identity (a unit Gaussian around it), so that
  /// separable data have an answer.
  package static func platt(_ logits: [Double], _ truth: [Double]) -> (slope: Double, offset: Double) {
    var (a, b) = (1.0, 0.0)
    for _ in 0..<50 {
      var (ga, gb, haa, hab, hbb) = (a - 1, b, 1.0, 0.0, 1.0)
      for (x, t) in zip(logits, truth) {
        let p = 1 / (1 + exp(-(a * x + b)))
        let w = p * (1 - p)
        ga += (p - t) * x
        gb += p - t
        haa += w * x * x
        hab += w * x
        hbb += w
      }
      let determinant = haa * hbb - hab * hab
      let (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
      // Half a step at most keeps a far start from overshooting.
      a -= min(max(da, -0.5), 0.5)
      b -= min(max(db, -0.5), 0.5)
      if abs(da) + abs(db) < 1e-9 { break }
    }
    return (max(a, 0.01), b)
  }

  /// The temperature of the least cross-entropy, by golden section in its logarithm (the cross-entropy is convex in 1/T).
  private static func temperature(_ logits: [[Double]], _ truth: [Int]) -> Double {
    guard !logits.isEmpty else { return 1 }
    func loss(_ logTemperature: Double) -> Double {
      let inverse = exp(-logTemperature)
      var total = 0.0
      for (row, k) in zip(logits, truth) {
        let largest = row.max() ?? 0
        total += log(row.reduce(0) { $0 + exp(($1 - largest) * inverse) }) + (largest - row[k]) * inverse
      }
      return total
    }
    var (low, high) = (log(0.1), log(10.0))
    let golden = 0.6180339887498949
    while high - low > 1e-4 {
      let (left, right) = (high - golden * (high - low), low + golden * (high - low))
      if loss(left) < loss(right) { high = right } else { low = left }
    }
    return exp((low + high) / 2)
  }
}

extension RobERtModel.Thresholds {
  /// The lowest probability from which at least `precision` of the spectra show the molecule, and the highest up to which as
  /// many do not; 1 and 0 (never) where there is none on at least `fewest` spectra.
  package init(
    probabilities: [[Double]], shown: [Float], molecules: Int, precision: Double = 0.95, fewest: Int = 20
  ) {
    var seen: [Double] = []
    var notSeen: [Double] = []
    for m in 0..<molecules {
      let sorted = probabilities.indices.map { (probabilities[$0][m], shown[$0 * molecules + m] > 0) }
        .sorted { $0.0 < $1.0 }
      seen.append(Self.threshold(sorted.reversed(), counting: true, precision, fewest) ?? 1)
      notSeen.append(Self.threshold(sorted, counting: false, precision, fewest) ?? 0)
    }
    self.init(seenFrom: seen, notSeenUpTo: notSeen)
  }

  /// The last probability, in the order given, up to which enough are as wanted.
  private static func threshold(
    _ sorted: some Sequence<(Double, Bool)>, counting wanted: Bool, _ precision: Double, _ fewest: Int
  ) -> Double? {
    var right = 0
    var best: Double?
    for (index, (probability, isShown)) in sorted.enumerated() {
      if isShown == wanted { right += 1 }
      if index + 1 >= fewest, Double(right) >= precision * Double(index + 1) { best = probability }
    }
    return best
  }
}
