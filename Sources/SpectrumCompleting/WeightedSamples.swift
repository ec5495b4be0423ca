/// Few samples in the place of many.
enum WeightedSamples {
  /// Places among weights, each as often as its weight says: systematic resampling (Kitagawa 1996, J. Comput. Graph. Stat. 5, 1)
  /// from the middle of the first step, so that the same weights give the same places.
  /// - Parameter weights: add up to 1.
  static func places(_ weights: [Double], count: Int) -> [Int] {
    guard let last = weights.indices.last else { return [] }
    var places: [Int] = []
    var (place, sum) = (0, weights[0])
    for step in 0..<count {
      let level = (Double(step) + 0.5) / Double(count)
      while sum < level, place < last {
        place += 1
        sum += weights[place]
      }
      places.append(place)
    }
    return places
  }

  /// The same as places, each once, with shares of the whole.
  static func thinned(_ weights: [Double], count: Int) -> [(place: Int, weight: Double)] {
    var thinned: [(place: Int, weight: Double)] = []
    for place in places(weights, count: count) {
      if thinned.last?.place == place {
        thinned[thinned.count - 1].weight += 1 / Double(count)
      } else {
        thinned.append((place, 1 / Double(count)))
      }
    }
    return thinned
  }
}
