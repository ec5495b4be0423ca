import Testing

@testable import MolecularBands

/// Against published sums: TIPS (Gamache et al. 2021, JQSRT 271, 107713) at 296 K, the factors of nuclear spin that
/// do not change between levels (HCN 6, NH3 3, PH3 2) taken out.
@Suite struct PartitionFunctionTests {
  @Test func hydrogenCyanide() {
    let value = LinearMolecule.hydrogenCyanide.partitionFunction(temperature: 296)
    #expect(abs(value / (892.20 / 6) - 1) < 0.005)
  }

  @Test func acetylene() {
    let value = LinearMolecule.acetylene.partitionFunction(temperature: 296)
    #expect(abs(value / 412.45 - 1) < 0.005)
  }

  @Test func ammonia() {
    let value = SymmetricTop.ammonia.partitionFunction(temperature: 296)
    #expect(abs(value / (1725.2 / 3) - 1) < 0.005)
  }

  @Test func hydrogenSulfide() {
    let value = AsymmetricTop.hydrogenSulfide.partitionFunction(temperature: 296)
    #expect(abs(value / 505.79 - 1) < 0.005)
  }

  @Test func sulfurDioxide() {
    let value = AsymmetricTop.sulfurDioxide.partitionFunction(temperature: 296)
    #expect(abs(value / 6340.3 - 1) < 0.01)
  }

  /// TIPS: 3249.4 with the factor 2 of the phosphorus nucleus.
  @Test func phosphine() {
    let value = SymmetricTop.phosphine.partitionFunction(temperature: 296)
    #expect(abs(value / (3249.4 / 2) - 1) < 0.01)
  }

  @Test func alkaliMetalsAreTheirGroundLevels() {
    #expect(abs(AtomicVapour.sodium.partitionFunction(temperature: 1500) - 2) < 1e-4)
    #expect(abs(AtomicVapour.potassium.partitionFunction(temperature: 1500) - 2) < 1e-3)
  }
}
