import NumericalMethods
import RobERt
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Machines small enough that every state can be counted.
@Suite("Restricted Boltzmann machine")
struct BoltzmannMachineTests {
  private static func machine(
    visible: Int, hidden: Int, gaussian: Int, seed: UInt64, spread: Double = 0.5
  ) -> RestrictedBoltzmannMachine<Double> {
    var random = SeededRandom(seed: seed)
    var machine = RestrictedBoltzmannMachine<Double>(
      visible: visible, hidden: hidden, gaussianUnits: gaussian)
    for i in machine.parameters.indices { machine.parameters[i] = spread * random.normal() }
    return machine
  }

  private static func binaryStates(_ count: Int) -> [[Double]] {
    (0..<1 << count).map { code in (0..<count).map { Double(code >> $0 & 1) } }
  }

  @Test("the partition function is the sum over all visible states of exp(-F)")
  func partitionFunction() {
    let machine = Self.machine(visible: 6, hidden: 4, gaussian: 0, seed: 1)
    let sum = Self.binaryStates(6).reduce(0) { $0 + exp(-machine.freeEnergy($1)) }
    // Sums of 64 and 16 terms of order one: rounding is some 1e-15.
    #expect(abs(machine.logPartitionFunction - log(sum)) < 1e-12)
  }

  @Test("a real unit is integrated over")
  func gaussianPartitionFunction() {
    let machine = Self.machine(visible: 3, hidden: 3, gaussian: 1, seed: 2)
    // The trapezoidal rule converges beyond all powers for a Gaussian; 12 sigma leave out 1e-31.
    let step = 0.01
    var sum = 0.0
    for i in -1500...1500 {
      for state in Self.binaryStates(2) {
        sum += step * exp(-machine.freeEnergy([Double(i) * step] + state))
      }
    }
    #expect(abs(machine.logPartitionFunction - log(sum)) < 1e-10)
  }

  @Test("the exact gradient is that of the mean log-likelihood", arguments: [0, 2])
  func exactGradient(gaussian: Int) {
    let machine = Self.machine(visible: 5, hidden: 3, gaussian: gaussian, seed: 3)
    var random = SeededRandom(seed: 4)
    let data = (0..<7).map { _ in
      (0..<5).map { $0 < gaussian ? random.normal() : random.uniform() < 0.5 ? 1.0 : 0 }
    }
    func logLikelihood(_ machine: RestrictedBoltzmannMachine<Double>) -> Double {
      data.reduce(0) { $0 - machine.freeEnergy($1) } / Double(data.count) - machine.logPartitionFunction
    }
    let gradient = machine.logLikelihoodGradient(data)
    // Central differences: h^2/6 of the third derivative and rounding over h, both near 1e-10.
    let h = 1e-5
    for i in machine.parameters.indices {
      var moved = machine
      moved.parameters[i] += h
      let above = logLikelihood(moved)
      moved.parameters[i] -= 2 * h
      let difference = (above - logLikelihood(moved)) / (2 * h)
      #expect(abs(difference - gradient[i]) < 1e-8, "parameter \(i)")
    }
  }

  @Test("long chains of contrastive divergence give the exact gradient", arguments: [0, 3])
  func contrastiveDivergence(gaussian: Int) {
    let machine = Self.machine(visible: 6, hidden: 4, gaussian: gaussian, seed: 5, spread: 0.3)
    var random = SeededRandom(seed: 6)
    let row = (0..<6).map { $0 < gaussian ? random.normal() : random.uniform() < 0.5 ? 1.0 : 0 }
    let exact = machine.logLikelihoodGradient([row])
    let rows = 20_000
    let divergence = ContrastiveDivergence(machine, capacity: rows)
    let v = (0..<rows).flatMap { _ in row }
    v.withUnsafeBufferPointer {
      _ = divergence.step(
        machine, $0, isMissing: nil, rows: rows, steps: 30, samplesVisible: true, random: &random)
    }
    // Means of 20,000 products of unit size or, with real units, some three times that: 4 sigma are 0.03 and 0.08.
    let tolerance = gaussian == 0 ? 0.03 : 0.08
    for i in exact.indices {
      #expect(abs(-divergence.gradient[i] - exact[i]) < tolerance, "parameter \(i)")
    }
  }

  @Test("centred parameters are the same machine, and its gradient in other coordinates")
  func centred() {
    var machine = Self.machine(visible: 5, hidden: 3, gaussian: 2, seed: 10)
    var centred = CentredParameters(machine, visibleMeans: [0.3, -1, 0.9, 0.2, 0.5])
    var random = SeededRandom(seed: 11)
    for i in centred.parameters.indices { centred.parameters[i] = 0.4 * random.normal() }
    let data = (0..<4).map { _ in (0..<5).map { $0 < 2 ? random.normal() : random.uniform() < 0.5 ? 1.0 : 0 }
    }
    func logLikelihood(_ centred: CentredParameters<Double>) -> Double {
      centred.store(into: &machine)
      return data.reduce(0) { $0 - machine.freeEnergy($1) } / Double(data.count)
        - machine.logPartitionFunction
    }
    centred.store(into: &machine)
    var gradient = machine.logLikelihoodGradient(data)
    gradient.withUnsafeMutableBufferPointer { centred.centre($0) }
    let h = 1e-5
    for i in gradient.indices {
      var moved = centred
      moved.parameters[i] += h
      let above = logLikelihood(moved)
      moved.parameters[i] -= 2 * h
      let difference = (above - logLikelihood(moved)) / (2 * h)
      #expect(abs(difference - gradient[i]) < 1e-8, "parameter \(i)")
    }
  }

  @Test("training makes the data likelier, by the exact likelihood")
  func training() {
    var machine = RestrictedBoltzmannMachine<Double>(visible: 6, hidden: 4)
    var random = SeededRandom(seed: 7)
    machine.initialize(random: &random)
    // Bars: either the first half or the second half is on.
    let data = (0..<40).map { i in (0..<6).map { ($0 < 3) == (i % 2 == 0) ? 1.0 : 0 } }
    func logLikelihood() -> Double {
      data.reduce(0) { $0 - machine.freeEnergy($1) } / Double(data.count) - machine.logPartitionFunction
    }
    let before = logLikelihood()
    let divergence = ContrastiveDivergence(machine, capacity: data.count)
    let flat = data.flatMap { $0 }
    for _ in 0..<2000 {
      flat.withUnsafeBufferPointer {
        _ = divergence.step(machine, $0, isMissing: nil, rows: data.count, steps: 1, random: &random)
      }
      for i in machine.parameters.indices { machine.parameters[i] -= 0.1 * divergence.gradient[i] }
    }
    // Chance is 6 ln 1/2 = -4.16; the best is ln 1/2 = -0.69.
    #expect(before < -4)
    #expect(logLikelihood() > -1.5)
  }

  @Test("a missing value says nothing, whatever its machine holds")
  func missing() {
    let machine = Self.machine(visible: 4, hidden: 3, gaussian: 2, seed: 8)
    let divergence = ContrastiveDivergence(machine, capacity: 1)
    var random = SeededRandom(seed: 9)
    let v = [0.0, 1.5, 1, 0]
    v.withUnsafeBufferPointer { v in
      [true, false].withUnsafeBufferPointer {
        _ = divergence.step(machine, v, isMissing: $0, rows: 1, steps: 1, random: &random)
      }
    }
    #expect(machine.parameters.indices.filter { $0 < 3 }.allSatisfy { divergence.gradient[$0] == 0 })
    #expect(divergence.gradient[machine.visibleBiases.lowerBound] == 0)
    #expect(divergence.gradient[machine.visibleBiases.lowerBound + 1] != 0)
  }
}
