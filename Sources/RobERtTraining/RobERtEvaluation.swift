import NumericalMethods
import Observations
package import RobERt
import Tensors

/// How well a RobERt does on spectra it was never trained on.
package struct RobERtEvaluation: Sendable, Hashable {
  package let spectra: Int
  /// Of spectra with at most one gas: row the truth, column the answer; 0 is "no feature".
  package let confusion: [[Int]]
  /// Of spectra with one gas, shown or not, the share whose likeliest molecule is that gas: the accuracy with no cut.
  package let accuracyWithoutCut: Double
  /// One a molecule, over all spectra.
  package let molecules: [Molecule]
  /// Mean over all probabilities of |probability - frequency| in ten bins of probability, weighted by their number.
  package let calibrationError: Double
  /// Probabilities in ten bins: mean, frequency of being shown, number.
  package let reliability: [ReliabilityBin]

  package struct Molecule: Sendable, Hashable {
    package let name: String
    /// How many spectra show it.
    package let shown: Int
    /// Area under the receiver's characteristic; NaN where all or none show it.
    package let areaUnderCurve: Double
    /// Share of those that show it which are found when 95 % of what is called found is right.
    package let recallAt95: Double
    package let calibrationError: Double
  }

  package struct ReliabilityBin: Sendable, Hashable {
    package let probability: Double
    package let frequency: Double
    package let count: Int
  }

  /// Share of spectra with at most one gas whose likeliest class is right; NaN where there is none.
  package var accuracy: Double {
    let right = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
    return Double(right) / Double(confusion.reduce(0) { $0 + $1.reduce(0, +) })
  }

  /// The same of those spectra that show their gas.
  package var shownAccuracy: Double {
    let right = confusion.indices.dropFirst().reduce(0) { $0 + confusion[$1][$1] }
    return Double(right) / Double(confusion.dropFirst().reduce(0) { $0 + $1.reduce(0, +) })
  }

  package var singleSpectra: Int { confusion.reduce(0) { $0 + $1.reduce(0, +) } }

  package init(_ network: RecognitionNetwork, on batch: ExampleBatch) {
    let k = network.molecules.count
    let answers = network.answers(
      Matrix(rows: batch.rows, columns: ExampleBatch.inputWidth, elements: batch.inputs))
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: k + 1), count: k + 1)
    for (row, answer) in answers.enumerated() where batch.singleClass[row] >= 0 {
      confusion[Int(batch.singleClass[row])][answer.best] += 1
    }
    let gases = answers.indices.filter { batch.onlyGas[$0] >= 0 }
    let named = gases.count { row in
      let molecules = answers[row].classes.dropFirst()
      return molecules.indices.max { molecules[$0] < molecules[$1] } == Int(batch.onlyGas[row]) + 1
    }
    accuracyWithoutCut = Double(named) / Double(gases.count)
    var everything: [(Double, Bool)] = []
    molecules = (0..<k).map { m in
      let pairs = answers.indices.map { (answers[$0].molecules[m], batch.shown[$0 * k + m] > 0) }
      everything += pairs
      return Molecule(
        name: network.molecules[m], shown: pairs.count { $0.1 }, areaUnderCurve: Self.areaUnderCurve(pairs),
        recallAt95: Self.recall(pairs, precision: 0.95),
        calibrationError: Self.calibrationError(Self.bins(pairs)))
    }
    spectra = batch.rows
    self.confusion = confusion
    reliability = Self.bins(everything)
    calibrationError = Self.calibrationError(reliability)
  }

  /// The probability that a spectrum that shows it gets a higher value than one that does not (Mann & Whitney 1947).
  package static func areaUnderCurve(_ pairs: [(Double, Bool)]) -> Double {
    let sorted = pairs.sorted { $0.0 < $1.0 }
    let positives = sorted.count { $0.1 }
    let negatives = sorted.count - positives
    guard positives > 0, negatives > 0 else { return .nan }
    var ranks = 0.0
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end].0 == sorted[start].0 { end += 1 }
      // Equal values share their mean rank.
      let rank = Double(start + end + 1) / 2
      ranks += rank * Double(sorted[start..<end].count { $0.1 })
      start = end
    }
    let p = Double(positives)
    return (ranks - p * (p + 1) / 2) / (p * Double(negatives))
  }

  /// The largest recall at which the precision is still `precision`.
  package static func recall(_ pairs: [(Double, Bool)], precision: Double) -> Double {
    let sorted = pairs.sorted { $0.0 > $1.0 }
    let positives = sorted.count { $0.1 }
    guard positives > 0 else { return .nan }
    var right = 0
    var best = 0
    for (index, pair) in sorted.enumerated() {
      if pair.1 { right += 1 }
      // A threshold cannot pass between equal values.
      let isEdge = index + 1 == sorted.count || sorted[index + 1].0 < pair.0
      if isEdge, Double(right) >= precision * Double(index + 1) { best = right }
    }
    return Double(best) / Double(positives)
  }

  /// Pearson's coefficient.
  package static func correlation(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count && !a.isEmpty)
    let n = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      aa += (x - meanA) * (x - meanA)
      bb += (y - meanB) * (y - meanB)
      ab += (x - meanA) * (y - meanB)
    }
    return ab / (aa * bb).squareRoot()
  }

  private static func bins(_ pairs: [(Double, Bool)]) -> [ReliabilityBin] {
    var sums = [(probability: Double, shown: Int, count: Int)](repeating: (0, 0, 0), count: 10)
    for (probability, isShown) in pairs {
      let bin = min(Int(probability * 10), 9)
      sums[bin].probability += probability
      sums[bin].count += 1
      if isShown { sums[bin].shown += 1 }
    }
    return sums.filter { $0.count > 0 }.map {
      ReliabilityBin(
        probability: $0.probability / Double($0.count), frequency: Double($0.shown) / Double($0.count),
        count: $0.count)
    }
  }

  private static func calibrationError(_ bins: [ReliabilityBin]) -> Double {
    let count = bins.reduce(0) { $0 + $1.count }
    return bins.reduce(0) { $0 + Double($1.count) * abs($1.probability - $1.frequency) }
      / Double(max(count, 1))
  }
}
