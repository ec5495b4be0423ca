package import NumericalMethods

/// Weights of samples by their logarithms, not normalised; -infinity is a weight of 0.
package struct LogWeights: Sendable, Hashable {
  package var values: [Double]

  package init(_ values: [Double]) { self.values = values }

  /// ln of the sum of the weights; -infinity where all are 0.
  package var logSum: Double {
    guard let largest = values.max(), largest > -.infinity else { return -.infinity }
    return largest + log(values.reduce(0) { $0 + exp($1 - largest) })
  }

  /// ln of the mean weight; -infinity where all are 0.
  package var logMean: Double { logSum - log(Double(values.count)) }

  /// Adding up to 1.
  /// - Precondition: one is above 0.
  package var normalised: [Double] {
    let total = logSum
    precondition(total > -.infinity)
    return values.map { exp($0 - total) }
  }

  /// (sum of weights)^2 / (sum of their squares): so many independent samples they are worth (Kong, Liu & Wong 1994, J. Am. Stat. Assoc.
  /// 89, 278); 0 where all are 0.
  package var effectiveSampleSize: Double {
    guard let largest = values.max(), largest > -.infinity else { return 0 }
    let (sum, squares) = values.reduce((0.0, 0.0)) { sums, value in
      let weight = exp(value - largest)
      return (sums.0 + weight, sums.1 + weight * weight)
    }
    return sum * sum / squares
  }
}

/// Systematic resampling (Kitagawa 1996, J. Comput. Graph. Stat. 5, 1): indices of `count` samples, ascending, each as often as its weight
/// says, to within one.
/// - Parameter weights: adding up to 1.
package func systematicResampling(_ weights: [Double], count: Int, _ random: inout SeededRandom) -> [Int] {
  precondition(!weights.isEmpty && count > 0)
  let offset = random.uniform()
  var (index, below) = (0, weights[0])
  return (0..<count).map { draw in
    let position = (Double(draw) + offset) / Double(count)
    while below <= position, index < weights.count - 1 {
      index += 1
      below += weights[index]
    }
    return index
  }
}

#if canImport(Glibc)
  import Glibc
#endif
