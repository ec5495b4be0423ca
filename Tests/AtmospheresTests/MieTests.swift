import Atmospheres
import Foundation
import Testing

@Suite("Mie scattering")
struct MieTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let n: Double
    let k: Double
    let size: Double
    let extinction: Double
    let scattering: Double
    let back: Double
    let asymmetry: Double

    init(
      _ n: Double, _ k: Double, _ size: Double, _ extinction: Double, _ scattering: Double, _ back: Double,
      _ asymmetry: Double
    ) {
      (self.n, self.k, self.size) = (n, k, size)
      (self.extinction, self.scattering, self.back, self.asymmetry) = (
        extinction, scattering, back, asymmetry
      )
    }

    var testDescription: String { "m = \(n) + \(k) i, x = \(size)" }
  }

  /// The indices and sizes of Wiscombe 1979, NCAR/TN-140+STR, to more digits by miepython 3.3.0 (Scott Prahl), an independent
  /// series. At n = 1.33, k = 1e-5, x = 100 extinction and asymmetry are LX-MIE 1.1.1's, which agrees to more digits there.
  @Test(
    "Efficiencies agree with another's to 1e-6",
    arguments: [
      Case(1.55, 0, 5.213, 3.10499591508, 3.10499591508, 2.92420912718, 0.633104415995),
      Case(1.5, 0, 0.1, 2.30840935785e-05, 2.30840935785e-05, 3.4462945684e-05, 0.00198177376498),
      Case(1.33, 1e-05, 1, 0.0939519837498, 0.0939233027276, 0.0846244467754, 0.184517346953),
      Case(1.33, 1e-05, 100, 2.10132070593, 2.09659350646, 2.14632648287, 0.868959271973),
      Case(1.33, 1e-05, 10000, 2.0040889342, 1.72385721775, 0.0375719102749, 0.907840366072),
      Case(1.5, 1, 0.055, 0.101491041705, 1.13168723235e-05, 1.69549316416e-05, 0.000491172541893),
      Case(1.5, 1, 1, 2.33632098467, 0.663453761516, 0.573002555239, 0.192136395892),
      Case(1.5, 1, 100, 2.09750175514, 1.28369704937, 0.172421445198, 0.850251997653),
      Case(1.5, 1, 10000, 2.0043677097, 1.23657431207, 0.17241380051, 0.846309958109),
      Case(10, 10, 1, 2.5329930779, 2.04940500693, 3.30899652508, -0.110664361046),
      Case(10, 10, 100, 2.07112432666, 1.83678540431, 0.820127300556, 0.556215484112),
      Case(10, 10, 10000, 2.00591433261, 1.79539302971, 0.819004405261, 0.548194038749),
      Case(0.75, 0, 10, 2.2322648425, 2.2322648425, 0.0465844101138, 0.896472554347),
      Case(0.75, 0, 1000, 1.99790818425, 1.99790818425, 0.939160174328, 0.844944290456),
      Case(1.5, 0.1, 0.001, 0.000199251811668, 2.40223769934e-13, 3.60335485013e-13, 1.97975074399e-07),
      Case(1.7, 0.02, 30.3, 2.24235971039, 1.3302454653, 0.730466001379, 0.90283483296),
      Case(0.93, 0.45, 3.2, 1.8747413087, 0.714091430273, 0.0494477568613, 0.795924679327),
    ])
  func independent(_ expected: Case) {
    var sphere = MieSphere()
    let q = sphere.efficiencies(index: (expected.n, expected.k), size: expected.size)
    #expect(abs(q.extinction / expected.extinction - 1) < 1e-6)
    #expect(abs(q.scattering / expected.scattering - 1) < 1e-6)
    #expect(abs(q.backscattering - expected.back) < 1e-6 * expected.back)
    #expect(abs(q.asymmetry - expected.asymmetry) < 1e-6 * max(abs(expected.asymmetry), 1e-6))
  }

  /// Bohren & Huffman 1983, appendix A: a sphere of 0.525 um and n = 1.55 in light of 0.6328 um.
  @Test("The published sphere")
  func published() {
    var sphere = MieSphere()
    let q = sphere.efficiencies(index: (1.55, 0), size: 2 * Double.pi * 0.525 / 0.6328)
    #expect(abs(q.extinction - 3.10543) < 5e-6)
    #expect(abs(q.scattering - 3.10543) < 5e-6)
    #expect(abs(q.backscattering - 2.92534) < 5e-6)
  }

  /// Q_sca = 8/3 x^4 |L|^2, Q_abs = 4 x Im L, L = (m^2 - 1)/(m^2 + 2); corrections are of the order of x^2.
  @Test("Small spheres scatter as Rayleigh has it", arguments: [(1.6, 0.0), (1.7, 0.3), (2.6, 1.1)])
  func rayleigh(n: Double, k: Double) {
    let x = 1e-3
    let (re, im) = (n * n - k * k, 2 * n * k)
    let norm = (re + 2) * (re + 2) + im * im
    let (lRe, lIm) = (((re - 1) * (re + 2) + im * im) / norm, 3 * im / norm)
    var sphere = MieSphere()
    let q = sphere.efficiencies(index: (n, k), size: x)
    #expect(abs(q.scattering / (8 / 3 * pow(x, 4) * (lRe * lRe + lIm * lIm)) - 1) < 1e-5)
    if k > 0 { #expect(abs((q.extinction - q.scattering) / (4 * x * lIm) - 1) < 1e-4) }
    #expect(abs(q.asymmetry) < 1e-5)
  }

  /// Q_ext = 2 + 1.992 x^(-2/3) for opaque spheres (Nussenzveig & Wiscombe 1980, Phys. Rev. Lett. 45, 1490, equation 6).
  @Test("Large spheres take twice their shadow", arguments: [1e3, 1e4, 1e5])
  func geometric(x: Double) {
    var sphere = MieSphere()
    let q = sphere.efficiencies(index: (1.5, 0.5), size: x)
    #expect(abs(q.extinction - 2 - 1.992_386 * pow(x, -2.0 / 3)) < 2 * pow(x, -1))
  }

  @Test("A sphere that absorbs nothing scatters all, whatever was computed before")
  func reuse() {
    var sphere = MieSphere()
    for x in [300.0, 0.01, 40, 2e-5] {
      let q = sphere.efficiencies(index: (1.4, 0), size: x)
      var fresh = MieSphere()
      #expect(q == fresh.efficiencies(index: (1.4, 0), size: x))
      #expect(abs(q.extinction / q.scattering - 1) < 1e-9)
    }
  }
}
