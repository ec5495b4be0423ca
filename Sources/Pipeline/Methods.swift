package import Analyses
import InteriorMDN
import RobERt

/// The methods that the pipeline runs, one line each, in the order in which they run and results list them.
package enum Methods {
  package static let ofPlanets: [any PlanetMethod.Type] = [
    InteriorMethod.self
  ]
  package static let ofSpectra: [any SpectrumMethod.Type] = [
    RecognitionMethod.self
  ]
}
