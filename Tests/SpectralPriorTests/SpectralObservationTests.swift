import Foundation
import Observations
import SpectralPrior
import Testing
import Units

@Suite("Observations from files") struct SpectralObservationTests {
  /// Four points in the order of a file: the broad one first, one masked, errors of two sizes.
  private static func spectrum(_ kind: SpectrumKind = .transmission) -> Spectrum {
    var spectrum = Spectrum(
      kind: kind, kindSource: "", layout: "", wavelength: [4e-6, 1.2e-6, 1.3e-6, 1.1e-6],
      lowerEdge: [3e-6, 1.15e-6, 1.25e-6, 1.05e-6], upperEdge: [5e-6, 1.25e-6, 1.35e-6, 1.15e-6],
      edgesAreGiven: true,
      value: [0.04, 0.02, 0.03, 0.01], upperError: [4e-4, 2e-4, 3e-4, 1e-4],
      lowerError: [2e-4, 2e-4, 3e-4, 3e-4], isMasked: [false, false, true, false], unit: "", errorSource: "")
    spectrum.instruments = ["IRAC", "WFC3", "WFC3", "WFC3"]
    return spectrum
  }

  @Test("errors and instruments follow the points into their order, masked ones are left out")
  func order() throws {
    let observation = try SpectralObservation(Self.spectrum(), context: SpectrumContext())
    #expect(observation.points.values == [0.01, 0.02, 0.04])
    #expect(observation.upperErrors == [1e-4, 2e-4, 4e-4] && observation.lowerErrors == [3e-4, 2e-4, 2e-4])
    let variances: [Double] = [4e-8, 4e-8, 9e-8]
    #expect(zip(observation.points.variances, variances).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(observation.instrumentNames == ["IRAC", "WFC3"] && observation.points.instruments == [1, 1, 0])
    #expect(observation.shiftedInstruments == 1..<2)
    var single = Self.spectrum()
    single.instruments = nil
    #expect(try SpectralObservation(single, context: SpectrumContext()).shiftedInstruments.isEmpty)
  }

  @Test("without the points of broad filters the others are as they were")
  func resolved() throws {
    let observation = try SpectralObservation(Self.spectrum(), context: Self.context())
    let resolved = try #require(observation.resolved())
    #expect(resolved.points.values == [0.01, 0.02] && resolved.points.instruments == [1, 1])
    #expect(resolved.points.responses == Array(observation.points.responses.prefix(2)))
    #expect(resolved.points.variances == Array(observation.points.variances.prefix(2)))
    #expect(resolved.upperErrors == [1e-4, 2e-4] && resolved.lowerErrors == [3e-4, 2e-4])
    #expect(resolved.planetMass == observation.planetMass && resolved.resolved() == nil)
  }

  private static func context() -> SpectrumContext {
    var context = SpectrumContext()
    context.starRadius = .init(
      Measurement(value: Length(meters: 7e8), upperError: Length(meters: 1e7)), source: .catalogue)
    context.starTemperature = .init(Measurement(value: Temperature(kelvins: 5000)), source: .catalogue)
    context.planetMass = .init(Measurement(value: Mass(kilograms: 1e27)), source: .catalogue)
    context.planetMassIsMinimum = true
    context.planetRadius = .init(
      Measurement(
        value: Length(meters: 7e7), upperError: Length(meters: 2e6), lowerError: Length(meters: 1e6)),
      source: .catalogue)
    context.planetTemperature = .init(
      Measurement(value: Temperature(kelvins: 1000), upperError: Temperature(kelvins: 300)), source: .derived)
    return context
  }

  @Test("what the context says is taken with its errors, and what it leaves out is said")
  func context() throws {
    let observation = try SpectralObservation(Self.spectrum(.eclipse), context: Self.context())
    #expect(observation.starRadius == MeasuredValue(7e8, deviation: 1e7))
    #expect(observation.planetMass == MeasuredValue(1e27, deviation: 1e26))
    #expect(observation.planetRadius == MeasuredValue(value: 7e7, upper: 2e6, lower: 1e6))
    #expect(
      observation.temperature == MeasuredValue(1000, deviation: 300) && observation.starTemperature == 5000)
    #expect(observation.assumptions.count == 2)
    var context = Self.context()
    context.planetTemperature = .init(
      Measurement(value: Temperature(kelvins: 1000), upperError: Temperature(kelvins: 30)), source: .derived)
    let narrow = try SpectralObservation(Self.spectrum(), context: context)
    #expect(narrow.temperature == MeasuredValue(1000, deviation: 250))
  }

  @Test("what nothing can be retrieved from is refused with a sentence")
  func refused() {
    func code(_ spectrum: Spectrum, _ context: SpectrumContext = SpectrumContext()) -> NoRetrieval.Code? {
      do throws(NoRetrieval) {
        _ = try SpectralObservation(spectrum, context: context)
        return nil
      } catch { return error.code }
    }
    #expect(code(Self.spectrum(.stellar)) == .stellar)
    var spectrum = Self.spectrum()
    spectrum.upperError = nil
    #expect(code(spectrum) == .noErrors)
    spectrum = Self.spectrum()
    spectrum.isMasked = [true, true, true, true]
    #expect(code(spectrum) == .noPoints)
    #expect(code(Self.spectrum(.eclipse)) == .missingContext)
    var context = Self.context()
    context.planetRadius = nil
    do throws(NoRetrieval) {
      _ = try SpectralObservation(Self.spectrum(.eclipse), context: context)
      Issue.record("an eclipse without the planet's radius was taken")
    } catch {
      #expect(
        error.description.contains("the planet's radius") && !error.description.contains("star's radius"))
    }
  }
}
