import InteriorMDN
import Observations
import TestSupport
import Testing

@testable import Reports

@Suite struct LayeredStructureTests {
  @Test func boundariesAddThicknessesDrawByDraw() throws {
    // Two draws in which the layers trade places: the sum below a boundary is what counts.
    let interior = Samples.posterior(
      "layered",
      draws: [
        .coreRadiusFraction: [0.2, 0.4], .mantleRadiusFraction: [0.5, 0.3], .waterRadiusFraction: [0.2, 0.2],
        .envelopeRadiusFraction: [0.1, 0.1],
      ], flags: [])
    let structure = try #require(LayeredStructure(interior))
    #expect(structure.boundaries.map(\.layer) == [.core, .mantle, .water, .envelope])
    let mantle = try #require(structure.boundaries[1].radius)
    #expect(abs(mantle.p16 - 0.7) < 1e-12 && abs(mantle.p84 - 0.7) < 1e-12)
    #expect(abs(structure.boundaries[0].median - 0.3) < 1e-12)
    #expect(structure.boundaries[3].radius == nil && structure.boundaries[3].median == 1)
  }

  @Test func sumsNearOneAreScaledToOne() throws {
    let interior = Samples.posterior(
      "rocky-A",
      draws: [
        .coreRadiusFraction: [0.5, 0.5], .mantleRadiusFraction: [0.5, 0.5],
        .waterRadiusFraction: [0.25, 0.25],
      ], flags: [])
    let structure = try #require(LayeredStructure(interior))
    #expect(abs(structure.boundaries[0].median - 0.4) < 1e-12)
    #expect(abs(structure.boundaries[1].median - 0.8) < 1e-12)
  }

  @Test func withoutCoreOrDomainThereIsNoFigure() {
    #expect(LayeredStructure(Samples.refused("rocky-A")) == nil)
    #expect(LayeredStructure(Samples.posterior("x", draws: [.cmbPressure: [1, 2]], flags: [])) == nil)
  }
}
