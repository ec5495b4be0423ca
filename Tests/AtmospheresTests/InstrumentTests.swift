import Atmospheres
import NumericalMethods
import Observations
import Testing

@Suite("Instruments")
struct InstrumentTests {
  @Test("Observations stay inside the instrument's bands and errors", arguments: Instrument.all)
  func drawn(instrument: Instrument) {
    var random = SeededRandom(seed: 3)
    for _ in 0..<20 {
      let observed = instrument.drawObservation(on: .standard, random: &random)
      var count = 0
      for (bin, wavelength) in SpectralGrid.standard.wavelengths.enumerated()
      where observed.channels[bin] != nil {
        count += 1
        let bands = instrument.bands.filter { $0.range.contains(wavelength * 1e6) }
        #expect(!bands.isEmpty)
        // Six times a scatter of 10 % and the edge factor at most.
        let most = bands.map { $0.noise.upperBound * $0.edgeFactor }.max()!
        #expect(observed.errors[bin] > 0 && observed.errors[bin] < 2 * most * 1e-6)
      }
      #expect(count > 5)
      #expect(zip(observed.channels, observed.errors).allSatisfy { ($0 == nil) == ($1 == 0) })
    }
  }

  @Test("Coverage is that of the modes")
  func coverage() {
    var random = SeededRandom(seed: 4)
    func mean(_ instrument: Instrument) -> Double {
      (0..<50).map { _ in instrument.drawObservation(on: .standard, random: &random).coverage }.reduce(0, +)
        / 50
    }
    // ln(1.65/1.12) / ln(16.06/0.3) = 0.097, less trimmed and lost channels.
    #expect(abs(mean(.wfc3) - 0.094) < 0.01)
    // ln(5.48/0.52) / ln(16.06/0.3) = 0.592.
    #expect(abs(mean(.nirspecPRISM) - 0.57) < 0.02)
    #expect(mean(.full) > 0.92)
  }

  /// A coarse channel holds one number: the mean of its bins, with one error.
  @Test("Noise has the stated size, and channels are averaged")
  func noise() {
    let observed = ObservedBins(channels: [nil, 0, 0, 1, nil], errors: [0, 1, 1, 0.5, 0])
    var random = SeededRandom(seed: 5)
    var first: [Double] = []
    var second: [Double] = []
    for _ in 0..<4000 {
      let values = observed.observe([9, 1, 3, 5, 9], random: &random)
      #expect(values[0].isNaN && values[4].isNaN && values[1] == values[2])
      first.append(values[1] - 2)
      second.append(values[3] - 5)
    }
    // The mean of 4,000 is right to 1/63, the variance to 1/45: four times that.
    #expect(abs(first.reduce(0, +) / 4000) < 0.063 && abs(second.reduce(0, +) / 4000) < 0.032)
    #expect(abs(first.reduce(0) { $0 + $1 * $1 } / 4000 - 1) < 0.09)
    #expect(abs(second.reduce(0) { $0 + $1 * $1 } / 4000 / 0.25 - 1) < 0.09)
  }

  @Test("Many planets on several threads are what they are one by one")
  func batch() throws {
    let model = try SpectrumModel(
      configuration: Samples.configuration(), grid: Samples.grid,
      opacities: Opacities(crossSections: [try Samples.grey(.water, 1e-26)]))
    let planets = (0..<7).map {
      Samples.jupiter(gases: [TraceGas(.water, $0 == 4 ? 2 : 1e-5 * Double($0 + 1))])
    }
    let alone = model.transitDepths(of: planets, threads: 1)
    #expect(alone == model.transitDepths(of: planets, threads: 3))
    for (index, result) in alone.enumerated() {
      #expect((try? result.get()) == (try? model.transitDepth(planets[index])))
    }
    guard case .failure(let error) = alone[4] else {
      Issue.record("a mixing ratio of 2 was taken")
      return
    }
    #expect(error.code == .badComposition)
  }
}
