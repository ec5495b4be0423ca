package import Analyses
import InteriorMDN
import RobERt
import SpectralSensitivity
import SpectrumCompleting

/// The methods that the pipeline runs, one line each, in the order in which they run and results list them.
///
/// The order is part of the interface: what the first planet method says stands in the line of `results.jsonl` itself, so new
/// ones go behind.
package enum Methods {
  package static let ofPlanets: [any PlanetMethod.Type] = [
    InteriorMethod.self
  ]
  package static let ofSpectra: [any SpectrumMethod.Type] = [
    RecognitionMethod.self,
    CompletionMethod.self,
    SensitivityMethod.self,
  ]
}
