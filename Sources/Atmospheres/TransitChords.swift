import Tensors

/// The lengths of the tangent rays' paths through the layers, as TauREx lays them.
///
/// Rays pass at b_i = R + dz_0/2 + z_i; shell j reaches up to r_j = b_j + dz_j/2; the path in shell j > i is
/// 2 (sqrt(r_j^2 - b_i^2) - sqrt(r_(j-1)^2 - b_i^2)), that in shell i reaches from the tangent point.
package struct TransitChords: Sendable {
  package let count: Int
  /// m, row i the ray that is tangent in layer i, column j the layer passed; 0 for j < i.
  package let lengths: [Double]
  /// 2 (R + z_i) dz_i: the area of the ring that ray i stands for, over pi, m2.
  package let ringAreas: [Double]

  package init(_ structure: HydrostaticStructure) {
    let count = structure.altitudes.count
    let first = structure.radius + structure.thicknesses[0] / 2
    let tangent = structure.altitudes.map { first + $0 }
    let outer = (0..<count).map { tangent[$0] + structure.thicknesses[$0] / 2 }
    var lengths = [Double](repeating: 0, count: count * count)
    lengths.withUnsafeMutableBufferPointer { lengths in
      outer.withUnsafeBufferPointer { outer in
        for i in 0..<count {
          ChordKernels.chordLengths(
            outer: outer.baseAddress! + i, tangent: tangent[i], lengths.baseAddress! + i * count + i,
            count - i)
        }
      }
    }
    self.count = count
    self.lengths = lengths
    ringAreas = (0..<count).map {
      2 * (structure.radius + structure.altitudes[$0]) * structure.thicknesses[$0]
    }
  }

  /// The integral of a quantity along each ray: sum over j of lengths[i][j] values[j].
  package func integrate(_ values: [Double]) -> [Double] {
    precondition(values.count == count)
    return lengths.withUnsafeBufferPointer { lengths in
      values.withUnsafeBufferPointer { values in
        (0..<count).map { i in
          var sum = 0.0
          for j in i..<count { sum += lengths[i * count + j] * values[j] }
          return sum
        }
      }
    }
  }
}
