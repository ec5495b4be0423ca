import Units

#if canImport(Glibc)
  import Glibc
#endif

extension DerivedProperties {
  /// What follows from a planet and the stars it circles.
  ///
  /// An error is stated only where every input has one, and the equilibrium temperature only where the record has no
  /// temperature of its own. Nothing is filled in: what is missing is named in `remarks`.
  package init(of planet: Planet, around host: PlanetHost) {
    deriveBulk(of: planet)
    if planet.temperature?.value == nil { deriveEquilibriumTemperature(of: planet, around: host) }
  }

  /// Mean density 3 M / (4 pi R^3) in kg m-3 and gravity G M / R^2 in m s-2 at the radius R of a sphere of mass M.
  ///
  /// From m sin i, or from a limit on the mass, both are limits of the same sense.
  private mutating func deriveBulk(of planet: Planet) {
    guard let mass = planet.mass, let radius = planet.radius, radius.value != nil else { return }
    func density(_ mass: Measurement<MassDimension>) -> PowerProduct? {
      product(mass, radius, radiusPower: -3, constant: 3 / (4 * Double.pi))
    }
    func gravity(_ mass: Measurement<MassDimension>) -> PowerProduct? {
      product(mass, radius, radiusPower: -2, constant: Constants.gravitational)
    }
    if mass.value != nil, !planet.massIsMinimum {
      bulkDensity = density(mass)?.measurement()
      surfaceGravity = gravity(mass)?.measurement()
      bulkSource = "From mass and radius, errors in quadrature of the logarithms."
      if density(mass)?.isUnboundedAbove == true {
        remarks.append(
          "The lower error of the radius reaches to zero: density and gravity have no upper error.")
      }
      return
    }
    let upper = planet.massIsMinimum ? nil : mass.upperLimit
    let lower = planet.massIsMinimum ? mass.value ?? mass.lowerLimit : mass.lowerLimit
    func at(_ limit: Mass?, _ derive: (Measurement<MassDimension>) -> PowerProduct?) -> Double? {
      limit.flatMap { derive(Measurement(value: $0)) }.map { exp($0.logValue) }
    }
    guard upper != nil || lower != nil else { return }
    bulkDensity = Measurement(
      value: nil, upperLimit: at(upper, density).map { Density(si: $0) },
      lowerLimit: at(lower, density).map { Density(si: $0) })
    surfaceGravity = Measurement(
      value: nil, upperLimit: at(upper, gravity).map { Acceleration(si: $0) },
      lowerLimit: at(lower, gravity).map { Acceleration(si: $0) })
    bulkSource =
      planet.massIsMinimum
      ? "Lower limits, from m sin i and the radius." : "Limits, from the limits on the mass and the radius."
  }

  private func product(
    _ mass: Measurement<MassDimension>, _ radius: Measurement<LengthDimension>, radiusPower: Double,
    constant: Double
  ) -> PowerProduct? {
    var result = PowerProduct()
    guard result.multiply(mass, power: 1), result.multiply(radius, power: radiusPower) else { return nil }
    result.multiply(constant: constant)
    return result
  }

  /// Equilibrium temperature from the balance of what a planet absorbs and emits:
  /// T^4 = (1 - A) sum(T_i^4 R_i^2) / (4 a^2 sqrt(1 - e^2)),
  /// with the stars' temperatures T_i (K) and radii R_i (m), semimajor axis a (m), eccentricity e, Bond albedo A = 0
  /// and the heat spread over the whole planet. One star and e = 0: T = T_star sqrt(R_star / (2 a)).
  /// The mean flux on an eccentric orbit carries 1 / sqrt(1 - e^2): Williams & Pollard 2002, Int. J. Astrobiology 1,
  /// 61. Planets of a binary see the sum of all its stars at the distance a: valid for stars much closer to each
  /// other than the planet is to them.
  private mutating func deriveEquilibriumTemperature(of planet: Planet, around host: PlanetHost) {
    let stars: [Star]
    switch host {
    case .star(let star): stars = [star]
    case .binary(let members): stars = members
    case .none:
      remarks.append("No equilibrium temperature: the planet circles no star.")
      return
    }
    guard let light = luminosityTerm(of: stars), let orbit = orbit(of: planet, around: stars) else { return }
    let eccentricity = planet.eccentricity?.value?.value ?? 0
    equilibriumTemperature = temperature(
      light, orbit.product, fluxFactor: 1 / (1 - eccentricity * eccentricity).squareRoot())
    let lightText =
      stars.count == 1
      ? "the star's temperature and radius"
      : "the summed luminosities of \(stars.count) stars, taken to be close together,"
    let eccentricityText = eccentricity > 0 ? ", mean flux at eccentricity \(eccentricity)" : ""
    equilibriumTemperatureSource =
      "From \(lightText) and \(orbit.source); albedo 0, heat spread over the whole planet\(eccentricityText)."
  }

  /// One factor for each star, in T^4 units of K^4 m^2, with its share of the light.
  private struct Light {
    var stars: [(temperature: Measurement<TemperatureDimension>, radius: Measurement<LengthDimension>)]
    var sum: Double

    func share(_ index: Int) -> Double { Light.term(stars[index].temperature, stars[index].radius) / sum }

    static func term(
      _ temperature: Measurement<TemperatureDimension>, _ radius: Measurement<LengthDimension>
    ) -> Double {
      guard let temperature = temperature.value?.kelvins, let radius = radius.value?.meters else { return 0 }
      return temperature * temperature * temperature * temperature * radius * radius
    }
  }

  private mutating func luminosityTerm(of stars: [Star]) -> Light? {
    var light = Light(stars: [], sum: 0)
    for (index, star) in stars.enumerated() {
      let name = stars.count == 1 ? "the star" : star.names.first ?? "star \(index + 1)"
      guard let temperature = star.temperature, temperature.value != nil else {
        remarks.append("No equilibrium temperature: the temperature of \(name) is not given.")
        return nil
      }
      guard let radius = star.radius, radius.value != nil else {
        remarks.append("No equilibrium temperature: the radius of \(name) is not given.")
        return nil
      }
      light.stars.append((temperature, radius))
      light.sum += Light.term(temperature, radius)
    }
    if stars.isEmpty { remarks.append("No equilibrium temperature: the record describes no star.") }
    return stars.isEmpty ? nil : light
  }

  /// The semimajor axis as given, or from Kepler's third law a^3 = G M P^2 / (4 pi^2), the planet's mass neglected.
  private mutating func orbit(of planet: Planet, around stars: [Star]) -> (
    product: PowerProduct, source: String
  )? {
    var product = PowerProduct()
    if let axis = planet.semimajorAxis, product.multiply(axis, power: 1) {
      return (product, "the semimajor axis")
    }
    guard let period = planet.period, product.multiply(period, power: 2.0 / 3) else {
      remarks.append("No equilibrium temperature: neither semimajor axis nor period is given.")
      return nil
    }
    guard let mass = totalMass(of: stars), product.multiply(mass, power: 1.0 / 3) else {
      remarks.append(
        "No equilibrium temperature: without a semimajor axis the orbit needs the mass of each star.")
      return nil
    }
    product.multiply(constant: cbrt(Constants.gravitational / (4 * Double.pi * Double.pi)))
    return (product, stars.count == 1 ? "the period and the star's mass" : "the period and the stars' masses")
  }

  /// Independent errors: each side in quadrature.
  private func totalMass(of stars: [Star]) -> Measurement<MassDimension>? {
    var (sum, upper, lower) = (0.0, Optional(0.0), Optional(0.0))
    for star in stars {
      guard let mass = star.mass, let value = mass.value else { return nil }
      sum += value.kilograms
      upper = upper.flatMap { total in mass.upperError.map { total + $0.si * $0.si } }
      lower = lower.flatMap { total in mass.lowerError.map { total + $0.si * $0.si } }
    }
    return Measurement(
      value: Mass(kilograms: sum), upperError: upper.map { Mass(kilograms: $0.squareRoot()) },
      lowerError: lower.map { Mass(kilograms: $0.squareRoot()) })
  }

  /// d ln T = sum_i w_i (d ln T_i + d ln R_i / 2) - d ln a / 2, with w_i each star's share of the light.
  private func temperature(
    _ light: Light, _ orbit: PowerProduct, fluxFactor: Double
  ) -> Measurement<TemperatureDimension>? {
    var errors = PowerProduct()
    for (index, star) in light.stars.enumerated() {
      let share = light.share(index)
      guard errors.multiply(star.temperature, power: share), errors.multiply(star.radius, power: share / 2)
      else {
        return nil
      }
    }
    let axis: Measurement<LengthDimension> = orbit.measurement()
    guard errors.multiply(axis, power: -0.5) else { return nil }
    let value = exp((log(light.sum) - log(4) - 2 * orbit.logValue + log(fluxFactor)) / 4)
    let scaled: Measurement<TemperatureDimension> = errors.measurement()
    guard let product = scaled.value?.kelvins else { return nil }
    // Exact for one star; for several the shares are weights of the errors alone.
    let scale = value / product
    return Measurement(
      value: Temperature(kelvins: value), upperError: scaled.upperError.map { scale * $0 },
      lowerError: scaled.lowerError.map { scale * $0 })
  }
}
