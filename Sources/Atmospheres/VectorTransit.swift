import Tensors

/// What all vectors of bins of one transit share: an atmosphere along its tangent rays.
struct VectorTransit {
  let state: AtmosphericState
  let chords: TransitChords
  /// Columns of all molecules by ray, m-2.
  let columns: [Double]
  /// ln of the columns in 1/`CrossSectionUnit`.
  let logColumns: [Float]
  let squaredDensities: [Double]
  /// Integrals of the squared density by ray, m-5.
  let squareColumns: [Double]
  /// The part of each ring that the deck leaves free, over pi, m2.
  let rings: [Double]
  /// Sums of `rings` up to each ray.
  let ringsBelow: [Double]
  /// The disc and what the deck hides of the rings, over pi, m2.
  let hidden: Double
  /// The lowest ray above the deck.
  let first: Int

  init(_ state: AtmosphericState, radius: Double, cloudedFractions clouded: [Double]) {
    self.state = state
    chords = TransitChords(state.structure)
    squaredDensities = state.structure.densities.map { $0 * $0 }
    var sums = ([Double](repeating: 0, count: chords.count), [Double](repeating: 0, count: chords.count))
    ChordKernels.columns(
      lengths: chords.lengths, state.structure.densities, squaredDensities, ofA: &sums.0, ofB: &sums.1,
      chords.count)
    (columns, squareColumns) = sums
    logColumns = columns.map { Float(log($0 * CrossSectionUnit.squareMeters)) }
    rings = zip(chords.ringAreas, clouded).map { $0 * (1 - $1) }
    hidden = radius * radius + zip(chords.ringAreas, clouded).reduce(0) { $0 + $1.0 * $1.1 }
    var sum = 0.0
    ringsBelow =
      [0]
      + rings.map { ring in
        sum += ring
        return sum
      }
    first = clouded.firstIndex { $0 < 1 } ?? clouded.count
  }

  var rayCount: Int { chords.count }

  /// Columns of a gas by ray, 1/`CrossSectionUnit`.
  func columns(mixingRatios: [Double]) -> [Double] {
    let unit = CrossSectionUnit.squareMeters
    guard mixingRatios.allSatisfy({ $0 == mixingRatios[0] }) else {
      return chords.integrate(zip(state.structure.densities, mixingRatios).map { $0 * $1 * unit })
    }
    return columns.map { $0 * (mixingRatios[0] * unit) }
  }

  func firstVisible(_ transmittance: UnsafePointer<Float>, from first: Int) -> Int {
    ChordKernels.firstVisible(transmittance, from: first, rays: rayCount)
  }

  /// Sets the area of one vector of bins, over pi, from the transmittances of the rays from `first` on; those below are dark.
  func setArea(_ vector: Int, of area: inout [Double], _ transmittance: UnsafePointer<Float>, first: Int) {
    let bins = vector * ChordKernels.lanes..<(vector + 1) * ChordKernels.lanes
    for bin in bins { area[bin] = hidden + ringsBelow[first] }
    area.withUnsafeMutableBufferPointer {
      ChordKernels.addRings(
        transmittance, rings: rings, first: first, rays: rayCount, to: $0.baseAddress! + bins.lowerBound)
    }
  }
}

/// The paths of tangent rays through the layers, in molecules, as kernels take them.
struct ChordPaths {
  /// Blocks of rays x layers x rays of a block, 1/`CrossSectionUnit`.
  let blocks: [Float]
  /// Sums over the layers.
  let columns: [Float]
  /// Through the layer a ray is tangent in and the next ones that `ChordKernels.nearLayers` counts.
  let near: [Float]

  init(_ transit: VectorTransit) {
    let (chords, densities) = (transit.chords, transit.state.structure.densities)
    let count = chords.count
    let size = ChordKernels.rayBlock
    var blocks = [Float](repeating: 0, count: count.roundedUp(to: size) * count)
    blocks.withUnsafeMutableBufferPointer { blocks in
      chords.lengths.withUnsafeBufferPointer { lengths in
        for ray in 0..<count {
          let start = ray / size * size * count + ray % size
          for layer in ray..<count {
            blocks[start + layer * size] = Float(
              lengths[ray * count + layer] * densities[layer] * CrossSectionUnit.squareMeters)
          }
        }
      }
    }
    self.blocks = blocks
    columns = transit.columns.map { Float($0 * CrossSectionUnit.squareMeters) }
    near = (0..<count).map { ray in
      (ray..<min(ray + ChordKernels.nearLayers, count)).reduce(0) { sum, layer in
        sum + blocks[ray / size * size * count + ray % size + layer * size]
      }
    }
  }
}
