import Foundation
import NumericalMethods
import SpectralPrior
import Tensors
import Testing

@Suite("Principal components of spectra") struct PrincipalComponentsTests {
  @Test("two directions and a remainder are found again")
  func directions() {
    var random = SeededRandom(seed: 7)
    let bins = 20
    let first = (0..<bins).map { cos(Double($0) / 3) }
    let second = (0..<bins).map { $0 < 10 ? 0.3 : -0.3 }
    let rows = 4000
    var spectra = Matrix<Double>(rows: rows, columns: bins)
    for row in 0..<rows {
      let (a, b) = (random.normal(), random.normal())
      for bin in 0..<bins {
        spectra.elements[row * bins + bin] = 100 + a * first[bin] + b * second[bin] + 0.05 * random.normal()
      }
    }
    var moments = SpectralMoments(origin: Array(spectra.row(0)))
    moments.add(spectra)
    let components = moments.components(2, leastResidual: 1e-6)
    for bin in 0..<bins {
      #expect(abs(components.mean[bin] - 100) < 0.1)
      #expect(abs(components.residualVariance[bin].squareRoot() - 0.05) < 0.005)
      for other in 0..<bins {
        let found = (0..<2).reduce(0.0) {
          $0 + components.loadings[$1, bin] * components.loadings[$1, other]
        }
        #expect(abs(found - first[bin] * first[other] - second[bin] * second[other]) < 0.1)
      }
    }
  }

  @Test("batches make the same sums as one")
  func batches() {
    var random = SeededRandom(seed: 9)
    let spectra = Matrix<Double>(rows: 30, columns: 4, elements: (0..<120).map { _ in 10 + random.normal() })
    var (whole, parts) = (
      SpectralMoments(origin: [10, 10, 10, 10]), SpectralMoments(origin: [10, 10, 10, 10])
    )
    whole.add(spectra)
    for row in 0..<30 { parts.add(Matrix(rows: 1, columns: 4, elements: Array(spectra.row(row)))) }
    let (a, b) = (whole.components(2, leastResidual: 0.01), parts.components(2, leastResidual: 0.01))
    #expect(zip(a.residualVariance, b.residualVariance).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(parts.count == 30 && zip(whole.mean, parts.mean).allSatisfy { abs($0 - $1) < 1e-12 })
  }
}
