package import Analyses
package import Observations

package struct CompletionMethod: SpectrumMethod {
  package init(_ resources: MethodResources) throws {}
  package var isInPlay: Bool { false }
  package var networks: [NetworkIdentity] { [] }
  package func finding(on subject: PreparedSpectrum, after earlier: [Finding], seed: UInt64) -> Finding? {
    nil
  }
}
