import Glibc
import NeuralNetworks
import NumericalMethods
import Observations
import Retrieval
import SpectralPrior
import Tensors
import TestSupport
import Testing

@testable import SpectralSensitivity

@Suite("Parameters that networks retrieve")
struct SensitivityParameterTests {
  private static let space = AtmosphereSpace(.transmission)

  @Test("coordinates of the prior's draws are standard normal numbers, but for the rounding of a sum's shape")
  func coordinates() {
    var random = SeededRandom(seed: 1)
    let rows = (0..<4000).map { _ in Self.space.draw(&random) }
    let parameters = SensitivityParameter.all(Self.space)
    #expect(
      parameters.map(\.key) == [
        "log10H2O", "log10CH4", "log10CO", "log10CO2", "log10NH3", "planetRadius", "planetMass",
        "temperature", "cloudTop",
      ])
    for parameter in parameters {
      let z = rows.map { parameter.coordinate(of: parameter.value(of: $0, Self.space)) }
      let mean = z.reduce(0, +) / 4000
      let variance = z.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
      // Standard errors .016 and .022.
      #expect(abs(mean) < 0.07 && abs(variance - 1) < 0.1, "\(parameter.key)")
    }
  }

  @Test("value and coordinate undo each other, and the slope is the value's")
  func inverse() {
    for parameter in SensitivityParameter.all(Self.space) {
      for z in [-2.0, -0.3, 0, 1.7] {
        let value = parameter.value(at: z)
        #expect(abs(parameter.coordinate(of: value) - z) < 1e-9)
        let quotient = (parameter.value(at: z + 1e-5) - parameter.value(at: z - 1e-5)) / 2e-5
        #expect(abs(quotient - parameter.slope(at: z)) < 1e-6 * abs(quotient))
      }
    }
  }
}

@Suite("Sensitivity networks")
struct SensitivityModelTests {
  @Test("a network is read as it was written", arguments: SensitivityArchitecture.Kind.allCases)
  func roundTrip(kind: SensitivityArchitecture.Kind) throws {
    let model = TinySensitivity.model(kind)
    let read = try SensitivityModel(file: SafetensorsFile(bytes: model.file.encoded), path: "model")
    #expect(read.file == model.file && read.name == "sensitivity-transmission-\(kind.rawValue)")
    let frontEnd = TinySensitivity.completion.frontEnd
    let observation = TinySensitivity.observation()
    let features = frontEnd.viewFeatures(try #require(frontEnd.view(of: observation)), observation)
    #expect(read.estimates(features) == model.estimates(features))
  }

  @Test("files that contradict themselves are refused in a sentence")
  func refusals() throws {
    let file = TinySensitivity.model(.mlp).file
    func refusal(_ change: (inout SafetensorsFile) -> Void) -> String? {
      var changed = file
      change(&changed)
      do throws(SensitivityModelError) {
        _ = try SensitivityModel(file: changed, path: "there")
        return nil
      } catch { return error.detail }
    }
    #expect(refusal { _ in } == nil)
    #expect(refusal { $0.metadata["format"] = "other" } == "it is no network of sensitivities")
    #expect(refusal { $0.metadata["network"] = "forest" } == "its network is unknown")
    #expect(refusal { $0.metadata["widths"] = "6 6" } != nil)
    #expect(
      refusal { $0.tensors["calibration"] = .init([Double](repeating: 0, count: 36), shape: [18, 2]) }
        == "its calibration is not positive")
  }

  @Test(
    "the calibrated quantiles are where the factors put them, known mass or not", arguments: [false, true])
  func calibration(isMassKnown: Bool) throws {
    var features = [Double](repeating: 0.3, count: TinySensitivity.completion.frontEnd.viewFeatureCount)
    features[features.count - SpectralFrontEnd.massKnownFromEnd] = isMassKnown ? 1 : 0
    let one = TinySensitivity.model(.mlp).estimates(features)[0]
    let inner = isMassKnown ? 1.3 : 1.1
    let (p, q) = (StandardNormal.rank(of: 1), 0.975)
    #expect(abs(one.coordinate(at: p) - one.mean - inner * one.deviation) < 1e-9)
    #expect(abs(one.coordinate(at: q) - one.mean - 0.9 * 1.959964 * one.deviation) < 1e-6)
    #expect(abs(one.coordinate(at: 0.5) - one.mean) < 1e-12)
    #expect(one.calibratedDeviation == inner * one.deviation)
  }

  @Test("observations say whether the mass is known where the factors look for it")
  func knownMass() throws {
    let frontEnd = TinySensitivity.completion.frontEnd
    for mass in [nil, MeasuredValue(2e27, deviation: 1e26)] {
      var observation = TinySensitivity.observation()
      observation.planetMass = mass
      let features = frontEnd.viewFeatures(try #require(frontEnd.view(of: observation)), observation)
      #expect(features[features.count - SpectralFrontEnd.massKnownFromEnd] == (mass == nil ? 0 : 1))
    }
  }
}

@Suite("Maps of sensitivity")
struct SensitivityMapTests {
  private static func probe(
    _ kind: SensitivityArchitecture.Kind
  ) throws -> (SensitivityProbe, Perturbations, PointGroups, errors: [Double], SpectralTangent) {
    let observation = TinySensitivity.observation()
    let tangent = try #require(TinySensitivity.completion.frontEnd.tangent(of: observation))
    let errors = observation.points.variances.map { $0.squareRoot() }
    let groups = PointGroups(observation.points)
    return (
      SensitivityProbe(TinySensitivity.model(kind), tangent),
      Perturbations(tangent, errors: errors, groups: groups), groups, errors, tangent
    )
  }

  @Test("every point is in one group, and groups lie side by side")
  func groups() {
    let observation = TinySensitivity.observation().points
    let groups = PointGroups(observation)
    #expect(groups.groups.flatMap(\.points).sorted() == Array(0..<observation.count))
    for (a, b) in zip(groups.groups, groups.groups.dropFirst()) {
      #expect(a.bins.upperBound <= b.bins.lowerBound)
    }
    for group in groups.groups {
      for point in group.points { #expect(group.bins.contains(observation.responses[point].firstBin)) }
    }
    let all = PointGroups(observation, count: 1)
    #expect(all.groups.count == 1 && all.groups[0].bins == 0..<400)
  }

  /// Moves of a hundredth of the errors: what is not straight makes 1e-2 of the change, single precision a few 1e-3.
  @Test("the gradient is what small moves of a point do", arguments: SensitivityArchitecture.Kind.allCases)
  func gradient(kind: SensitivityArchitecture.Kind) throws {
    let (probe, _, _, errors, tangent) = try Self.probe(kind)
    let gradients = probe.gradients(errors: errors)
    let largest = gradients.elements.map(abs).max() ?? 0
    #expect(largest > 0)
    for point in stride(from: 0, to: errors.count, by: 9) {
      var moved = Matrix<Double>(rows: 2, columns: tangent.features.count)
      for feature in tangent.features.indices {
        let change = 0.5 * errors[point] * tangent.slopes[feature, point]
        moved[0, feature] = tangent.features[feature] + change
        moved[1, feature] = tangent.features[feature] - change
      }
      let changes = probe.changes(moved)
      for parameter in 0..<9 {
        let quotient = changes[0, parameter] - changes[1, parameter]
        #expect(abs(quotient - gradients[parameter, point]) < 0.03 * largest)
      }
    }
  }

  /// Where answers are nearly straight in the points, the mean square change is the sum of the squared derivatives; of 60 normal
  /// numbers' squares the relative standard error is .18, of the roots .09.
  @Test("the single-group test is the gradient's, within its standard errors")
  func single() throws {
    let (probe, perturbations, groups, errors, _) = try Self.probe(.mlp)
    let gradients = probe.gradients(errors: errors)
    let exact = SensitivityMap(
      gradients: (0..<gradients.rows).map { Array(gradients.row($0)) }, groups: groups)
    let found = SensitivityMap.single([probe], perturbations, groups: groups, seed: 5)[0]
    #expect(found.repeats == 60 || found.relativeError <= 0.1)
    var within = 0
    for parameter in 0..<9 {
      #expect(rankCorrelation(found.values[parameter], exact.values[parameter]) > 0.9)
      for group in groups.groups.indices {
        let miss = abs(found.values[parameter][group] - exact.values[parameter][group])
        if miss < 2 * found.errors[parameter][group] { within += 1 }
      }
    }
    // All parameters see the same draws, so that 20 groups count, not 180 numbers: 95 % of them, less three times 5 %.
    #expect(Double(within) > 0.8 * Double(9 * groups.groups.count))
  }

  @Test("a seed gives the same maps again, another one other maps within the standard errors")
  func seeds() throws {
    let (probe, perturbations, groups, _, _) = try Self.probe(.lstm)
    let first = SensitivityMap.single([probe], perturbations, groups: groups, seed: 1)[0]
    #expect(first == SensitivityMap.single([probe], perturbations, groups: groups, seed: 1)[0])
    let other = SensitivityMap.single([probe], perturbations, groups: groups, seed: 2)[0]
    #expect(first != other)
    let distances = first.values.indices.flatMap { parameter in
      first.values[parameter].indices.map { group in
        (first.values[parameter][group] - other.values[parameter][group])
          / hypot(first.errors[parameter][group], other.errors[parameter][group])
      }
    }
    let square = distances.reduce(0) { $0 + $1 * $1 } / Double(distances.count)
    #expect(square > 0.3 && square < 2)
  }

  @Test("the published test moves half of the other groups, and its halves are compared")
  func published() throws {
    let (probe, perturbations, groups, errors, _) = try Self.probe(.mlp)
    var random = SeededRandom(seed: 3)
    let (single, subsets) = (
      probe.changes(perturbations.single(repeats: 20, &random)),
      probe.changes(perturbations.subsets(repeats: 20, &random))
    )
    func square(_ changes: Matrix<Double>) -> Double { changes.elements.reduce(0) { $0 + $1 * $1 } }
    // One group of n, against one and half of n - 1 others.
    let expected = 1 + 0.5 * Double(groups.groups.count - 1)
    let ratio = square(subsets) / square(single)
    #expect(ratio > 0.7 * expected && ratio < 1.3 * expected)
    let answer = SensitivityMap.subsets([probe], perturbations, groups: groups, repeats: 10, seed: 1)[0]
    #expect(answer.map.repeats == 10 && answer.splitHalf.count == 9)
    #expect(answer.splitHalf.allSatisfy { abs($0) <= 1 })
    #expect(errors.count == 75)
  }
}

@Suite("Optimal retrieval")
struct OptimalMapTests {
  private static let emulator = TinySensitivity.completion.emulator
  private static let parameters = SensitivityParameter.all(TinySensitivity.completion.space)

  private static var row: [Double] {
    emulator.space.variables.map { 0.5 * ($0.range.lowerBound + $0.range.upperBound) }
  }

  /// With all points' errors a thousandth a gas that shows is known, and what was not known before narrows.
  @Test("better data narrow what is open, and no gain is larger than the answer's deviation allows")
  func narrowing() throws {
    let observation = TinySensitivity.observation()
    let rough = try #require(
      OptimalMap(
        observation.inflated(by: 100), row: Self.row, starRadius: 7e8, emulator: Self.emulator,
        parameters: Self.parameters))
    let fine = try #require(
      OptimalMap(
        observation, row: Self.row, starRadius: 7e8, emulator: Self.emulator, parameters: Self.parameters))
    for place in Self.parameters.indices {
      #expect(fine.narrowing[place] <= rough.narrowing[place] + 1e-9)
      #expect(fine.narrowing[place] > 0 && fine.narrowing[place] <= 1 + 1e-9)
      // The data's part of the posterior's variance is K S K^T: at most all of it.
      let part = fine.gains[place].reduce(0) { $0 + $1 * $1 }
      #expect(part <= 1 + 1e-9)
    }
    let doubled = OptimalMap(
      observation, row: Self.row, starRadius: 7e8, inflation: 2, emulator: Self.emulator,
      parameters: Self.parameters)
    let inflated = OptimalMap(
      observation.inflated(by: 2), row: Self.row, starRadius: 7e8, emulator: Self.emulator,
      parameters: Self.parameters)
    #expect(doubled?.narrowing == inflated?.narrowing)
  }

  @Test("a mass that was measured is known at least as well")
  func context() throws {
    var observation = TinySensitivity.observation()
    observation.planetMass = MeasuredValue(1e27, deviation: 1e25)
    let known = try #require(
      OptimalMap(
        observation, row: Self.row, starRadius: 7e8, emulator: Self.emulator, parameters: Self.parameters))
    let mass = try #require(Self.parameters.firstIndex { $0.key == "planetMass" })
    guard case .normal(_, let deviation) = Self.parameters[mass].prior else {
      Issue.record("no normal prior")
      return
    }
    #expect(known.narrowing[mass] <= 0.01 / deviation + 1e-9)
  }

  @Test("what a molecule adds is the difference that its absence makes")
  func contributions() {
    let found = MoleculeContributions(
      row: Self.row, starRadius: 7e8, emulator: Self.emulator, keys: ["log10H2O", "log10CO2", "log10Xe"]
    ).contributions
    #expect(found.map(\.gas) == ["H2O", "CO2"] && found.allSatisfy { $0.depths.count == 400 })
    #expect(found.allSatisfy { $0.depths.contains { abs($0) > 0 } })
  }
}
