import Units

extension AtomicVapour {
  private static let wingSources = [
    "wavelengths, levels, transition probabilities: Kramida et al., NIST Atomic Spectra Database",
    "widths and far wings: Burrows, Marley & Sharp 2000, ApJ 531, 438; Nefedov, Sinel'shchikov & Usachev 1999, "
      + "Phys. Scr. 59, 432; shape and level of the wings fitted to the mean of ln k of published k-tables and to "
      + "photospheric pressures of POSEIDON (MacDonald & Madhusudhan 2017, MNRAS 469, 1979)",
  ]
  private static let wingFidelity =
    "line strengths to 1 %; wings beyond 500 cm-1 from the centre to a factor of three, which is how far theories are "
    + "apart (published k-tables lower, other codes higher); without satellites"

  /// Na I.
  package static let sodium = AtomicVapour(
    species: "Na",
    // 0.071 cm-1 per atmosphere at 2000 K, (T/2000 K)^-0.7.
    broadening: LineBroadening(
      molarMass: 22.9898, lorentzHalfWidth: 0.071 / (Constants.standardAtmosphere / 1e5) * 3.808,
      temperatureExponent: 0.7),
    provenance: OpacityProvenance(
      method: "17 lines of Na I, Voigt cores, statistical wings with a Boltzmann cut-off",
      sources: wingSources,
      fidelity: wingFidelity),
    lines: [
      Line(589.158_3, f: 0.641, from: 0, weight: 2),
      Line(589.755_8, f: 0.320, from: 0, weight: 2),
      Line(330.332_0, f: 0.009_00, from: 0, weight: 2),
      Line(330.393_0, f: 0.004_46, from: 0, weight: 2),
      Line(818.550_5, f: 0.862, from: 16_956.170, weight: 2),
      Line(819.705_4, f: 0.086_4, from: 16_973.366, weight: 4),
      Line(819.707_7, f: 0.777, from: 16_973.366, weight: 4),
      Line(1138.460, f: 0.171, from: 16_956.170, weight: 2),
      Line(1140.693, f: 0.172, from: 16_973.366, weight: 4),
      Line(568.420, f: 0.099_8, from: 16_956.170, weight: 2),
      Line(568.977, f: 0.009_98, from: 16_973.366, weight: 4),
      Line(568.979, f: 0.089_8, from: 16_973.366, weight: 4),
      Line(615.595, f: 0.014_2, from: 16_956.170, weight: 2),
      Line(616.245, f: 0.014_3, from: 16_973.366, weight: 4),
      Line(2206.24, f: 0.955, from: 25_739.999, weight: 2),
      Line(2208.97, f: 0.477, from: 25_739.999, weight: 2),
      Line(1846.4, f: 1.05, from: 29_172.887, weight: 10),
    ],
    levels: [(0, 2), (16_956.170, 2), (16_973.366, 4), (25_739.999, 2), (29_172.887, 10), (30_266.99, 6)],
    detuning: 20, cutoffFactors: (red: 0.38, blue: 0.31))

  /// K I.
  package static let potassium = AtomicVapour(
    species: "K",
    // 0.14 cm-1 per atmosphere at 2000 K, (T/2000 K)^-0.7.
    broadening: LineBroadening(
      molarMass: 39.0983, lorentzHalfWidth: 0.14 / (Constants.standardAtmosphere / 1e5) * 3.808,
      temperatureExponent: 0.7),
    provenance: OpacityProvenance(
      method: "13 lines of K I, Voigt cores, statistical wings with a Boltzmann cut-off",
      sources: wingSources,
      fidelity: wingFidelity),
    lines: [
      Line(766.700_9, f: 0.670, from: 0, weight: 2),
      Line(770.108_4, f: 0.333, from: 0, weight: 2),
      Line(404.528_5, f: 0.005_69, from: 0, weight: 2),
      Line(404.835_6, f: 0.002_63, from: 0, weight: 2),
      Line(1169.344, f: 0.824, from: 12_985.186, weight: 2),
      Line(1177.286, f: 0.089_3, from: 13_042.896, weight: 4),
      Line(1177.606, f: 0.808, from: 13_042.896, weight: 4),
      Line(1243.57, f: 0.183, from: 12_985.186, weight: 2),
      Line(1252.56, f: 0.183, from: 13_042.896, weight: 4),
      Line(691.30, f: 0.018_6, from: 12_985.186, weight: 2),
      Line(694.07, f: 0.018_6, from: 13_042.896, weight: 4),
      Line(2709.0, f: 1.00, from: 21_026.551, weight: 2),
      Line(2721.0, f: 0.50, from: 21_026.551, weight: 2),
    ],
    levels: [(0, 2), (12_985.186, 2), (13_042.896, 4), (21_026.551, 2), (21_534.680, 6), (21_536.988, 4)],
    detuning: 60, cutoffFactors: (red: 0.52, blue: 0.27))
}
