import Observations

/// Flags and sentences that hold for a planet whatever the model.
struct PlanetJudgement {
  private(set) var flags: [String] = []
  private(set) var remarks: [String] = []

  init(of planet: Planet, derived: DerivedProperties) {
    note(planet.mass, "mass", isLimitFlag: "mass-is-limit")
    if planet.massIsMinimum { add("mass-is-minimum", nil) }
    note(planet.radius, "radius", isLimitFlag: "radius-is-limit")
    if planet.temperature?.value == nil {
      if derived.equilibriumTemperature != nil {
        add("temperature-derived", nil)
      } else {
        add("temperature-unknown", nil)
      }
    }
    for list in planet.catalogueLists {
      switch list {
      case "Retracted planet candidate":
        add("planet-retracted", "The catalogue lists the planet as retracted.")
      case "Controversial":
        add("planet-controversial", "The catalogue lists the planet as controversial.")
      default: break
      }
    }
  }

  private mutating func note<Dimension>(
    _ measurement: Measurement<Dimension>?, _ name: String, isLimitFlag: String
  ) {
    guard measurement?.value == nil else { return }
    if measurement == nil {
      add("\(name)-missing", "The record gives no \(name).")
    } else {
      add(isLimitFlag, "The record gives only a limit of the \(name).")
    }
  }

  private mutating func add(_ flag: String, _ remark: String?) {
    guard !flags.contains(flag) else { return }
    flags.append(flag)
    if let remark { remarks.append(remark) }
  }
}
