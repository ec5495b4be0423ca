import Foundation
import NumericalMethods
import Testing

@testable import MolecularBands

@Suite struct KDistributionTests {
  @Test func quadratureIntegratesPolynomials() {
    for power in 0...15 {
      let sum = zip(KQuadrature.abscissae, KQuadrature.weights).reduce(0.0) {
        $0 + $1.1 * pow($1.0, Double(power))
      }
      #expect(abs(sum * Double(power + 1) - 1) < 1e-13)
    }
  }

  @Test func meanIsKeptAndValuesAscend() {
    var generator = SeededRandom(seed: 3)
    let samples = (0..<5000).map { _ in exp(Double.random(in: -62 ... -60, using: &generator)) }
    let values = KQuadrature.values(of: samples[...])
    let mean = zip(values, KQuadrature.weights).reduce(0.0) { $0 + $1.0 * $1.1 }
    #expect(abs(mean / (samples.reduce(0, +) / 5000) - 1) < 1e-12)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    // Log-uniform samples: the middle shares are known.
    let sorted = samples.sorted()
    for (value, abscissa) in zip(values, KQuadrature.abscissae).dropFirst().dropLast() {
      #expect(abs(log(value / quantile(ofSorted: sorted, abscissa))) < 0.05)
    }
  }
}

@Suite struct VoigtConvolutionTests {
  static let grid = SamplingGrid(firstEdge: 3, ratio: 1.01, binCount: 24, pointsPerBin: 256)
  static let broadening = LineBroadening(molarMass: 20, lorentzHalfWidth: 0.1, temperatureExponent: 0.5)

  /// Bin means of the broadened spectrum are the strengths over the bins' widths, whatever the pressure.
  @Test func strengthIsKept() {
    var strengths = [Double](repeating: 0, count: Self.grid.pointCount)
    strengths[12 * 256 + 100] = 1e-20
    var totals = [0.0, 0.0]
    VoigtConvolution(grid: Self.grid).forEachBlock(
      strengths: strengths, broadening: Self.broadening, temperature: 500, pressures: [10, 1e5]
    ) { bins, pressure, values in
      for (offset, value) in values.enumerated() {
        let point = bins.lowerBound * 256 + offset
        totals[pressure] += 1e4 * value * Self.grid.wavenumber(ofPoint: point) * Self.grid.logarithmicStep
      }
    }
    #expect(abs(totals[0] / 1e-20 - 1) < 1e-3)
    #expect(abs(totals[1] / 1e-20 - 1) < 2e-3)
  }

  /// Against the Voigt function where the profile spans many points.
  @Test func profileIsVoigt() {
    let centre = 12 * 256 + 100
    var strengths = [Double](repeating: 0, count: Self.grid.pointCount)
    strengths[centre] = 1e-20
    let middle = Self.grid.wavenumber(ofPoint: centre)
    let lorentz = Self.broadening.lorentzHalfWidth(temperature: 500, pressure: 1e6)
    let doppler = Self.broadening.dopplerDeviation(temperature: 500) * middle * 2.0.squareRoot()
    let function = FaddeevaFunction()
    VoigtConvolution(grid: Self.grid).forEachBlock(
      strengths: strengths, broadening: Self.broadening, temperature: 500, pressures: [1e6, 1e6]
    ) { bins, pressure, values in
      for offset in [0, 3, 10, 30] {
        let point = centre + offset
        guard bins.contains(point / 256) else { continue }
        let x = abs(Self.grid.wavenumber(ofPoint: point) - middle) / doppler
        let expected =
          1e-24 * function.voigt(x: x, y: lorentz / doppler) / (doppler * Double.pi.squareRoot())
        let value = values[values.startIndex + point - bins.lowerBound * 256]
        // The block's one width is up to 4 % off, the cut wing puts 2 % back, cells are a tenth of the width.
        #expect(abs(value / expected - 1) < 0.08)
      }
    }
  }
}

@Suite struct AtomicVapourTests {
  /// The D lines' integral is pi e2/(m_e c2) f, less what stimulated emission takes.
  @Test(arguments: [AtomicVapour.sodium, .potassium]) func resonanceLinesHaveTheirStrength(
    _ vapour: AtomicVapour
  ) {
    for line in vapour.lines.prefix(2) {
      let width = 20.0
      let count = 400_000
      let step = 2 * width / Double(count)
      let wavenumbers = (0..<count).map { line.wavenumber - width + (Double($0) + 0.5) * step }
      let values = vapour.crossSections(temperature: 1000, pressure: 100, wavenumbers: wavenumbers)
      // The other lines' share there is their value beside this line's window.
      let integral = 1e4 * step * values.reduce(0, +)
      let expected = Spectroscopy.strengthOfUnitOscillator * line.oscillatorStrength
      // D1 and D2 of sodium are 17 cm-1 apart, so both fall into the window.
      let inside = vapour.lines.prefix(2).filter { abs($0.wavenumber - line.wavenumber) < width }
      let sum = inside.reduce(0.0) { $0 + $1.oscillatorStrength }
      #expect(abs(integral / (expected * sum / line.oscillatorStrength) - 1) < 1e-3)
    }
  }

  @Test func wingIsContinuousAndFalls() {
    let vapour = AtomicVapour.sodium
    let edge = vapour.detuning * pow(2, 0.6)
    let centre = vapour.lines[0].wavenumber
    let values = vapour.crossSections(
      temperature: 1000, pressure: 1e5,
      wavenumbers: [centre + edge - 0.01, centre + edge + 0.01, centre + 500, centre + 3000])
    #expect(abs(values[0] / values[1] - 1) < 0.01)
    #expect(values[1] > values[2] && values[2] > values[3] && values[3] > 0)
  }
}
