import Observations
import PlanetCatalogue

extension SpectrumContext {
  /// What the spectrum's own file says of its star, and what the catalogue has under the object's name.
  ///
  /// A name that leads nowhere is a remark, and the analysis goes on without: context helps, it is no condition.
  init(of spectrum: Spectrum, in catalogue: PlanetCatalogue?) {
    self.init()
    if let catalogue {
      if let object = spectrum.object {
        // The flux of a star is the star's own, whatever circles it.
        switch catalogue.find(object, starAlone: spectrum.kind == .stellar) {
        case .found(let match):
          record = match.record
          remarks += match.remarks
          take(planet: match.planet, host: match.host)
        case .notFound(let sentence): remarks.append(sentence)
        }
      } else {
        remarks.append(
          "The file names no object, so no planet was looked up in the catalogue; add the key OBJECT "
            + "(in a text file a line such as # OBJECT = HD 209458 b).")
      }
    }
    take(statedBy: spectrum)
  }
}
