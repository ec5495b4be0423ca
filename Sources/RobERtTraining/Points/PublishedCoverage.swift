import Atmospheres
package import NumericalMethods
package import RetrievalTraining

extension Coverage {
  /// As published spectra combine instruments: Hubble's grisms with and without Spitzer, Webb's modes side by side; a fifth of them have lost
  /// up to half of their points.
  package static func published(_ random: inout SeededRandom) -> Coverage {
    let optical: (name: String, ranges: [ClosedRange<Double>]) = ("HST STIS", [0.30...0.57, 0.57...1.00])
    let infrared: (name: String, ranges: [ClosedRange<Double>]) = ("HST WFC3 G141", [1.12...1.65])
    let niriss: (name: String, ranges: [ClosedRange<Double>]) = ("NIRISS", [0.63...2.81])
    let prism: (name: String, ranges: [ClosedRange<Double>]) = ("PRISM", [0.52...5.48])
    let g395h: (name: String, ranges: [ClosedRange<Double>]) = ("G395H", [2.87...3.72, 3.82...5.18])
    let nircam: (name: String, ranges: [ClosedRange<Double>]) = ("NIRCam", [2.42...4.03])
    let miri: (name: String, ranges: [ClosedRange<Double>]) = ("MIRI LRS", [5.0...12.0])
    let spitzer = [PhotometricBand.irac1, .irac2]
    let all: [([(name: String, ranges: [ClosedRange<Double>])], [PhotometricBand])] = [
      ([infrared], []), ([infrared], spitzer), ([optical, infrared], []), ([optical, infrared], spitzer),
      ([optical], spitzer), ([niriss], []), ([niriss], spitzer), ([prism], []), ([prism, miri], []),
      ([g395h], []), ([niriss, g395h], []), ([niriss, g395h, miri], []), ([infrared, g395h], []),
      ([infrared, nircam], [.irac2]), ([infrared], [.tess]), ([optical, infrared, nircam], spitzer),
    ]
    let (instruments, bands) = all[Int(random.uniform() * Double(all.count))]
    var coverage = Coverage(instruments, photometry: bands)
    if random.uniform() < 0.2 {
      let lost = random.uniform(0, 0.5)
      coverage.points = coverage.points.filter { _ in random.uniform() >= lost }
    }
    return coverage
  }
}
