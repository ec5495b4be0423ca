extension [Double] {
  /// Amounts, one a layer, shared out to the nodes of a table: each to the two its layer's value lies between.
  /// - Parameter values: one a layer, on the axis of `nodes`.
  /// - Returns: the nodes that get something, ascending, and what they get from each layer.
  func shared(among nodes: [Double], by values: [Double]) -> [(node: Int, amounts: [Double])] {
    var byNode: [Int: [Double]] = [:]
    for layer in indices {
      let position = AxisPosition(values[layer], on: nodes)
      for (node, weight) in [(position.lower, 1 - position.fraction), (position.upper, position.fraction)]
      where weight > 0 {
        byNode[node, default: [Double](repeating: 0, count: count)][layer] += weight * self[layer]
      }
    }
    return byNode.keys.sorted().map { ($0, byNode[$0]!) }
  }
}
