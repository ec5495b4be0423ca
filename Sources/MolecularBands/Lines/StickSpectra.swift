#if canImport(Glibc)
  import Glibc
#endif

/// Strengths of lines added into the points of a grid, for several temperatures at once.
///
/// A line of strength s (cm per molecule, for a molecule in its lower level, times the level's weight) from a level
/// of energy E (cm-1) adds s exp(-c2 E/T). Partition function and stimulated emission come once a point, when the
/// spectrum is read: S(T) = s exp(-c2 E/T) [1 - exp(-c2 nu/T)] / Q(T).
package struct StickSpectra: Sendable {
  package let grid: SamplingGrid
  package let temperatures: [Double]
  /// Strengths, the temperatures of one point side by side.
  private var strengths: [Double]
  private let inverseTemperatures: [Double]
  private let logOfFirstEdge: Double
  private let pointsPerLogarithm: Double
  private var boltzmannFactors: [Double]

  package init(grid: SamplingGrid, temperatures: [Double]) {
    self.grid = grid
    self.temperatures = temperatures
    strengths = Array(repeating: 0, count: grid.pointCount * temperatures.count)
    inverseTemperatures = temperatures.map { Spectroscopy.secondRadiationConstant / $0 }
    logOfFirstEdge = log(1e4 / grid.firstEdge)
    pointsPerLogarithm = 1 / grid.logarithmicStep
    boltzmannFactors = Array(repeating: 0, count: temperatures.count)
  }

  /// Sets the lower level of the lines that follow.
  /// - Parameter energy: above the ground state, cm-1.
  package mutating func setLowerLevel(energy: Double) {
    for index in inverseTemperatures.indices {
      boltzmannFactors[index] = exp(-energy * inverseTemperatures[index])
    }
  }

  /// Adds a line from the level set last; lines outside the grid are left out.
  package mutating func add(wavenumber: Double, strength: Double) {
    guard wavenumber > 0 else { return }
    let position = (logOfFirstEdge - log(wavenumber)) * pointsPerLogarithm
    guard position >= 0, position < Double(grid.pointCount) else { return }
    let first = Int(position) * boltzmannFactors.count
    strengths.withUnsafeMutableBufferPointer { strengths in
      boltzmannFactors.withUnsafeBufferPointer { factors in
        for index in 0..<factors.count { strengths[first &+ index] += strength * factors[index] }
      }
    }
  }

  /// Adds spectra on the same grid and temperatures, times a factor (an isotopologue's abundance).
  package mutating func add(_ other: StickSpectra, times factor: Double) {
    precondition(grid == other.grid && temperatures == other.temperatures)
    for index in strengths.indices { strengths[index] += factor * other.strengths[index] }
  }

  /// Line strength at one temperature in each point, cm per molecule, stimulated emission included unless told not to.
  package func lineStrengths(
    temperatureIndex: Int, partitionFunction: Double, stimulatedEmission: Bool = true
  ) -> [Double] {
    let factor = inverseTemperatures[temperatureIndex]
    return (0..<grid.pointCount).map { point in
      let strength = strengths[point * temperatures.count + temperatureIndex]
      guard strength > 0 else { return 0 }
      let emission = stimulatedEmission ? -expm1(-factor * grid.wavenumber(ofPoint: point)) : 1
      return strength * emission / partitionFunction
    }
  }
}
