import Observations
import RobERt
import Units

extension RecognitionContext {
  /// What is known of star and planet, in the numbers that recognition takes.
  ///
  /// A minimum mass counts as the mass: the orbit of a planet with a transit or an eclipse is seen from its side.
  init(of context: SpectrumContext) {
    let temperature = context.planetTemperature?.measurement.value?.kelvins
    self.init(
      scaleHeightOverRadius: Self.scaleHeightOverRadius(
        mass: context.planetMass?.measurement.value?.kilograms,
        radius: context.planetRadius?.measurement.value?.meters, temperature: temperature),
      temperature: temperature, starTemperature: context.starTemperature?.measurement.value?.kelvins)
  }
}
