package import Atmospheres
import FITSFiles
import Observations

#if canImport(Glibc)
  import Glibc
#endif

/// A gas's table beside a k-table of NEMESIS: both means in the bins of HST's WFC3 and in the
/// channels of Spitzer.
package struct NemesisComparison: Sendable {
  /// How a bin of the k-table weighs the wavelengths about it.
  package enum Response: String, Sendable, CaseIterable {
    /// What the tables of nemesispy 0.0.10 have: triangles of half base 0.0325 um, middles 0.006 um short of the
    /// wavelengths they are filed under. Found without our tables: among boxes and triangles of any width and offset
    /// this one brings their H2O closest to the photospheric pressures of lazuli-exo 0.1.2 (POSEIDON, resolving power
    /// 9999, 1600 K, ten times solar), rms of ln k 0.12 after a constant, 0.18 for the box.
    case triangle
    /// The nominal bins, boxes of 0.035 um.
    case box

    var halfWidth: Double { self == .triangle ? 0.0325 : 0.0175 }
    var offset: Double { self == .triangle ? -0.006 : 0 }

    func weight(_ distance: Double) -> Double { self == .triangle ? 1 - abs(distance) / halfWidth : 1 }

    /// How much each bin of a grid counts in the channel filed under a wavelength in um: means are over wavenumber.
    func shares(of wavelength: Double, _ grid: SpectralGrid) -> [Double] {
      var shares = [Double](repeating: 0, count: grid.count)
      let points = 2000
      for point in 0..<points {
        let distance = halfWidth * (2 * (Double(point) + 0.5) / Double(points) - 1)
        let place = wavelength + offset + distance
        if let bin = grid.bin(wavelength: place * 1e-6) { shares[bin] += weight(distance) / (place * place) }
      }
      return shares
    }
  }

  package let species: Species
  package struct Channel: Sendable, Hashable {
    /// That it is filed under, um.
    package let wavelength: Double
    /// Ours less theirs.
    package let difference: TwoMeans

    package var isWFC3: Bool { NemesisComparison.wfc3.contains(wavelength) }
  }

  /// The channels both have, ascending.
  package let channels: [Channel]

  /// um
  private static let wfc3 = 1.1...1.7
  /// Where the channels filed under 3.6 and 4.5 um begin and end, um: found as the boxes in which H2O and CH4 at 1500 and
  /// 2000 K agree best with the tables here, rms of ln of the mean 0.08 and 0.32. Not those of the instrument's filters.
  private static let spitzer = [3.16...4.08, 4.08...5.04]

  /// - Parameters:
  ///   - table: bytes of an opacity table on the standard grid. Bins it marks NEGLIGIBLE are left out.
  ///   - temperature: K.
  ///   - pressure: Pa.
  package init(
    _ table: [UInt8], name: String, with nemesis: NemesisTable, temperature: Double, pressure: Double,
    response: Response
  ) throws(OpacityFileError) {
    let grid = SpectralGrid.standard
    guard case .distribution(let distribution) = try OpacityFileContent(table, name: name, grid: grid) else {
      throw OpacityFileError(.badTable, file: name, "holds no gas's k-distributions to compare")
    }
    guard let least = nemesis.temperatures.first, let most = nemesis.temperatures.last,
      (least...most).contains(temperature)
    else {
      throw OpacityFileError(.badTable, file: name, "the k-table beside it has nothing at \(temperature) K")
    }
    let logs: [Double]
    do {
      logs = try distribution.logCrossSections(temperature: temperature, pressure: pressure)
    } catch {
      throw OpacityFileError(.badTable, file: name, error.message)
    }
    let negligible = try Self.negligible(table, name: name) ?? [Bool](repeating: false, count: grid.count)
    let theirs = nemesis.crossSections(temperature: temperature, pressure: pressure)
    species = distribution.species
    channels = zip(nemesis.wavelengths, theirs).compactMap { wavelength, values in
      guard values.allSatisfy({ $0 > 0 }),
        let shares = Self.wfc3.contains(wavelength)
          ? response.shares(of: wavelength, grid) : Self.spitzerShares(of: wavelength, grid)
      else { return nil }
      let ignored = shares.indices.reduce(0) { negligible[$1] ? $0 + shares[$1] : $0 }
      guard ignored < 0.5 * shares.reduce(0, +) else { return nil }
      let ours = TwoMeans(logCrossSections: logs, quadrature: distribution.weights, shares: shares)
      let other = TwoMeans(
        logCrossSections: values.map { log($0) }, quadrature: nemesis.weights, shares: [1])
      return Channel(wavelength: wavelength, difference: ours - other)
    }
  }

  private static func spitzerShares(of wavelength: Double, _ grid: SpectralGrid) -> [Double]? {
    guard let channel = spitzer.first(where: { $0.contains(wavelength) }) else { return nil }
    return (0..<grid.count).map { bin in
      let low = max(channel.lowerBound * 1e-6, grid.edges[bin])
      let high = min(channel.upperBound * 1e-6, grid.edges[bin + 1])
      return high > low ? 1 / low - 1 / high : 0
    }
  }

  private static func negligible(_ table: [UInt8], name: String) throws(OpacityFileError) -> [Bool]? {
    do {
      return try FITSFile(table).table("BINS")["NEGLIGIBLE"]?.doubles?.map { $0 != 0 }
    } catch {
      throw OpacityFileError(.notAnOpacityTable, file: name, "\(error)")
    }
  }
}
