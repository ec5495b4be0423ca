import Atmospheres
package import NumericalMethods
import Observations

#if canImport(Glibc)
  import Glibc
#endif

extension Coverage {
  /// One to four instruments, or the whole grid, or any stretch of it, with or without broad photometry and gaps; most points are
  /// bins of the grid, a quarter of the instruments have coarser ones.
  package static func drawn(_ random: inout SeededRandom) -> Coverage {
    var coverage = Coverage(points: [], instrumentNames: [])
    let choice = random.uniform()
    if choice < 0.15 {
      coverage.append("full grid", Instrument.full.bands, &random)
    } else if choice < 0.3 {
      // At least an eighth of the grid in ln wavelength.
      let (least, most) = (log(0.3), log(16.06))
      let width = random.uniform(0.125, 0.9) * (most - least)
      let low = random.uniform(least, most - width)
      coverage.append(
        "stretch", [.init(exp(low)...exp(low + width), resolvingPower: 100, noise: 1...1, edgeFactor: 1)],
        &random)
    } else {
      var left = Self.instruments
      let count = 1 + Int(4 * random.uniform() * random.uniform())
      for _ in 0..<count {
        let instrument = left.remove(at: Int(random.uniform() * Double(left.count)))
        coverage.append(instrument.name, instrument.bands, &random)
      }
    }
    if random.uniform() < 0.7 { coverage.mask(&random) }
    if random.uniform() < 0.35 || coverage.points.isEmpty {
      var left = PhotometricBand.all
      for _ in 0..<1 + Int(3 * random.uniform()) {
        coverage.append(
          left.remove(at: Int(random.uniform() * Double(left.count))),
          noise: exp(random.uniform(log(0.2), log(2))))
      }
    }
    return coverage
  }

  /// Those that observe by themselves; Hubble's two grisms come together often enough by chance.
  private static let instruments: [Instrument] = [
    .wfc3, .wfc3BothGrisms, .hubble, .nirissSOSS, .nirspecPRISM, .nirspecG395H, .nircamF322W2, .nircamF444W,
    .miriLRS, .ariel,
  ]

  /// Adds an instrument's points: with noise alike in all or as detectors have it.
  private mutating func append(_ name: String, _ bands: [Instrument.Band], _ random: inout SeededRandom) {
    let grid = SpectralGrid.standard
    let width = random.uniform() < 0.25 ? 2 + Int(7 * random.uniform()) : 1
    let isUniform = random.uniform() < 0.5
    let factor = instrumentNames.isEmpty ? 1 : exp(random.uniform(log(0.4), log(2.5)))
    for band in bands {
      let bins = grid.wavelengths.indices.filter { band.range.contains(grid.wavelengths[$0] * 1e6) }
      let (low, high) = (band.range.lowerBound, band.range.upperBound)
      for first in stride(from: 0, to: bins.count, by: width) {
        let (start, end) = (bins[first], bins[min(first + width, bins.count) - 1] + 1)
        var noise = factor / Double(end - start).squareRoot()
        if !isUniform {
          let middle = 0.5e6 * (grid.edges[start] + grid.edges[end])
          let fromCentre = (2 * middle - low - high) / (high - low)
          noise *= (1 + (band.edgeFactor - 1) * fromCentre * fromCentre) * exp(0.1 * random.normal())
        }
        points.append(
          Point(
            lower: grid.edges[start], upper: grid.edges[end], instrument: instrumentNames.count, noise: noise)
        )
      }
    }
    instrumentNames.append(name)
  }

  /// Loses up to seven points in ten, singly or in blocks.
  private mutating func mask(_ random: inout SeededRandom) {
    let share = random.uniform(0, 0.7)
    if random.uniform() < 0.5 {
      points = points.filter { _ in random.uniform() >= share }
      return
    }
    var isLost = [Bool](repeating: false, count: points.count)
    let blocks = 1 + Int(4 * random.uniform())
    let length = Int(share * Double(points.count) / Double(blocks))
    for _ in 0..<blocks where length > 0 {
      let start = Int(random.uniform() * Double(points.count - length + 1))
      for point in start..<start + length { isLost[point] = true }
    }
    points = zip(points, isLost).filter { !$0.1 }.map(\.0)
  }
}
