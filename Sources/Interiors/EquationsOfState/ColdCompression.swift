#if canImport(Glibc)
  import Glibc
#endif

/// Density of cold matter at any pressure: rho = rho0 + c P^n (SI), which joins measured compression to the electron gas; 1e16 Pa at the
/// most, to 2 to 5 % (Seager, Kuchner, Hier-Majumder & Militzer 2007, ApJ 669, 1279, table 3).
struct ColdCompression: Sendable {
  let density: Double
  let coefficient: Double
  let exponent: Double

  /// Bridgmanite and its followers.
  static let rock = ColdCompression(density: 4100, coefficient: 0.001_61, exponent: 0.541)
  /// Water ice.
  static let ice = ColdCompression(density: 1460, coefficient: 0.003_11, exponent: 0.513)

  /// m3 kg-1, and -dv/d ln P.
  func volume(_ pressure: Double) -> (value: Double, fall: Double) {
    let compressed = coefficient * pow(pressure, exponent)
    let volume = 1 / (density + compressed)
    return (volume, exponent * compressed * volume * volume)
  }
}

/// A giant's core: half rock, half ice by mass, volumes added, of one temperature. What heat does to its density, some 5 % at 20,000 K
/// and 1 TPa, is left out.
enum RockAndIce {
  static func state(_ pressure: Double) -> LayerState {
    let (rock, ice) = (ColdCompression.rock.volume(pressure), ColdCompression.ice.volume(pressure))
    let volume = 0.5 * (rock.value + ice.value)
    return LayerState(
      specificVolume: volume, adiabaticGradient: 0, softness: 0.5 * (rock.fall + ice.fall) / volume)
  }
}
