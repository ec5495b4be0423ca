import Units

#if canImport(Glibc)
  import Glibc
#endif

/// One planet on its way to a solution.
struct Integration {
  /// P (Pa), T (K), r^3 (m3), I (kg m2).
  typealias State = SIMD4<Double>

  private let parameters: PlanetParameters
  private let materials: Materials
  private let totalMass: Double
  /// Layer and mass inside its top, from the surface inwards.
  private let stack: [(layer: Layer, top: Double, bottom: Double)]
  private let ironMassInMantle: Double
  private let coreDepression: Double
  private let outerPressure: Double
  private let adiabatStart: Double

  /// The last path, from the surface inwards.
  private var masses: [Double] = []
  private var radii: [Double] = []
  private var pressures: [Double] = []
  private var temperatures: [Double] = []
  private var densityAbove: [Double] = []
  private var densityBelow: [Double] = []
  private var layers: [Layer] = []
  private var inertia = 0.0
  /// The last path reached the centre.
  private var isComplete = false
  private var isCoarse = false
  private(set) var integrations = 0

  init(_ parameters: PlanetParameters, materials: Materials) throws(InteriorsError) {
    self.parameters = parameters
    self.materials = materials
    let p = parameters
    totalMass = p.mass.kilograms
    guard totalMass.isFinite, totalMass > 1e21, totalMass < 3e28 else {
      throw InteriorsError(
        .invalidParameter, "mass \(p.mass.earthMasses) Earth masses is outside 0.0002 to 5023")
    }
    let fractions = [p.coreMassFraction, p.mantleMassFraction, p.waterMassFraction, p.envelopeMassFraction]
    guard fractions.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw InteriorsError(
        .invalidParameter,
        "mass fractions of core, mantle, water and envelope are \(fractions); each must be in 0...1")
    }
    guard (0...1).contains(p.mantleIronNumber), (0..<0.4).contains(p.coreDensityDeficit) else {
      throw InteriorsError(
        .invalidParameter,
        "mantle iron number \(p.mantleIronNumber) must be in 0...1, core density deficit \(p.coreDensityDeficit) in 0..<0.4"
      )
    }
    guard (0...1).contains(p.envelopeMetalFraction) else {
      throw InteriorsError(
        .invalidParameter, "envelope metal fraction \(p.envelopeMetalFraction) must be in 0...1")
    }
    var stack: [(layer: Layer, top: Double, bottom: Double)] = []
    var top = totalMass
    for layer in [Layer.envelope, .water, .mantle, .core] where fractions[layer.rawValue] > 0 {
      var bottom = top - fractions[layer.rawValue] * totalMass
      if bottom < 1e-9 * totalMass { bottom = 0 }
      stack.append((layer, top, bottom))
      top = bottom
    }
    self.stack = stack
    let heavy = p.mantleIronNumber * materials.ironMantleMass
    ironMassInMantle = heavy / (heavy + (1 - p.mantleIronNumber) * materials.magnesiumMantleMass)
    coreDepression = 1 / (1 - log(1 - 2 * p.coreDensityDeficit))
    outerPressure =
      p.envelopeMassFraction > 0 ? p.transitPressure.pascals : p.surfacePressure.pascals
    adiabatStart = p.radiativeConvectivePressure.pascals
  }

  // MARK: The search for the radius

  /// With an envelope the radius depends steeply on the structure and the search is long: it first runs
  /// with coarse steps.
  mutating func solve(keepingProfile: Bool, largestRadius: Length) throws(InteriorsError) -> InteriorStructure
  {
    let limit = largestRadius.meters * largestRadius.meters * largestRadius.meters
    var x = try firstGuess()
    // r^3(0) grows with R^3 by about 0.7: hydrostatic pressure falls as r^-4.
    var slope = 0.7
    isCoarse = parameters.envelopeMassFraction > 0
    // Below `low` the planet's mass does not fit; at `high` volume is left over.
    var low = 0.0
    var high = Double.infinity
    var previous: (x: Double, f: Double)?
    var outside: InteriorsError?
    for iteration in 0..<60 {
      var f: Double?
      do { f = try mismatch(x) } catch {
        // A radius too small has too high a pressure: look further out before giving up.
        outside = error
        guard iteration < 30 else { throw error }
      }
      var next: Double
      if let f {
        if isComplete, abs(f) < (isCoarse ? InteriorModel.coarseTolerance : InteriorModel.tolerance) * x {
          guard isCoarse else { return structure(radius: cbrt(x), keepingProfile: keepingProfile) }
          isCoarse = false
          low = 0
          high = .infinity
          previous = nil
          continue
        }
        if f < 0 { low = max(low, x) } else { high = min(high, x) }
        if let previous {
          slope = (f - previous.f) / (x - previous.x)
          if !(slope > 0.05) { slope = f < 0 ? -f / (0.2 * x) : f / (0.1 * x) }
        }
        next = min(max(x - f / slope, 0.6 * x), 1.6 * x)
        previous = (x, f)
      } else {
        low = max(low, x)
        previous = nil
        next = x * 1.15
      }
      if next <= low || next >= high { next = high.isFinite ? 0.5 * (low + high) : low * 1.2 }
      if high - low < 1e-7 * low {
        guard isComplete, f != nil else {
          throw outside ?? InteriorsError(.notConverged, "no radius fits: the centre is never reached")
        }
        guard isCoarse else { return structure(radius: cbrt(x), keepingProfile: keepingProfile) }
        isCoarse = false
        low = 0
        high = .infinity
        previous = nil
        continue
      }
      guard low < limit else {
        throw outside
          ?? InteriorsError(
            .unbound,
            "no radius up to \(largestRadius.earthRadii) Earth radii holds the planet: the envelope is larger or not bound"
          )
      }
      x = min(next, max(limit * 1.000_001, 1.01 * low))
    }
    throw outside ?? InteriorsError(.notConverged, "the radius did not settle in 60 steps")
  }

  /// R^3 to start from: a fit to mass and composition, and the envelope's thickness from its enthalpy.
  private func firstGuess() throws(InteriorsError) -> Double {
    let p = parameters
    let m = p.mass.earthMasses
    let solid =
      (1.05 - 0.30 * p.coreMassFraction + 0.35 * p.waterMassFraction) * pow(m, m < 1 ? 0.29 : 0.26)
      * Constants.earthRadius
    guard p.envelopeMassFraction > 0 else { return solid * solid * solid }
    // 1/r falls outwards by the integral of v dP/(G m), with T following the envelope's own path.
    let weight = Constants.gravitational * totalMass
    let base = weight * p.envelopeMassFraction * totalMass / (4 * Double.pi * solid * solid * solid * solid)
    var pressure = outerPressure
    var temperature = p.envelopeTemperature.kelvins
    var enthalpy = 0.0
    while pressure < base {
      let ratio = min(1.5, base / pressure)
      let s = layerState(.envelope, pressure, temperature)
      guard s.specificVolume.isFinite else { break }
      let step = pressure * (ratio - 1)
      if pressure > adiabatStart { temperature += s.adiabaticGradient * step * 0.85 }
      enthalpy += s.specificVolume * pressure * log(ratio)
      pressure += step
    }
    let inverse = 1 / solid - enthalpy / weight
    let radius = 1 / max(inverse, 1 / (2.5 * solid))
    return radius * radius * radius
  }

  // MARK: One integration from the surface to the centre

  @inline(__always)
  private func layerState(_ layer: Layer, _ pressure: Double, _ temperature: Double) -> LayerState {
    switch layer {
    case .core where parameters.coreMaterial == .rockAndIce: RockAndIce.state(pressure)
    case .core:
      materials.core(
        pressure, temperature, deficit: parameters.coreDensityDeficit, depression: coreDepression)
    case .mantle: materials.mantle(pressure, temperature, ironMass: ironMassInMantle)
    case .water: materials.waterLayer(pressure, temperature)
    case .envelope:
      materials.envelopeLayer(pressure, temperature, metals: parameters.envelopeMetalFraction)
    }
  }

  /// Derivatives with respect to mass.
  @inline(__always)
  private func rate(_ layer: Layer, mass: Double, _ y: State, isothermal: Bool) -> State {
    rate(layerState(layer, y.x, y.y), mass: mass, y, isothermal: isothermal)
  }

  @inline(__always)
  private func rate(_ s: LayerState, mass: Double, _ y: State, isothermal: Bool) -> State {
    let radius = cbrt(max(y.z, 1))
    let square = radius * radius
    let slope = -Constants.gravitational / (4 * Double.pi) * mass / (square * square)
    return State(
      slope, isothermal ? 0 : s.adiabaticGradient * slope, 3 / (4 * Double.pi) * s.specificVolume,
      2.0 / 3 * square)
  }

  /// r^3 left at the centre for a surface at R^3 = `cube`: zero for the right radius, negative for one too
  /// small.
  private mutating func mismatch(_ cube: Double) throws(InteriorsError) -> Double {
    masses.removeAll(keepingCapacity: true)
    radii.removeAll(keepingCapacity: true)
    pressures.removeAll(keepingCapacity: true)
    temperatures.removeAll(keepingCapacity: true)
    densityAbove.removeAll(keepingCapacity: true)
    densityBelow.removeAll(keepingCapacity: true)
    layers.removeAll(keepingCapacity: true)
    isComplete = false
    integrations += 1
    let p = parameters
    let hasEnvelope = p.envelopeMassFraction > 0
    let volumeStep = isCoarse ? 0.5 : InteriorModel.volumeStep
    let centralShare = isCoarse ? 0.6 : 0.35
    var y = State(
      outerPressure, hasEnvelope ? p.envelopeTemperature.kelvins : p.surfaceTemperature.kelvins, cube, 0)
    var m = totalMass
    var lastDensity = 0.0
    for (layer, top, bottom) in stack {
      switch layer {
      case .envelope: break
      case .water:
        // The ices of the surface are left out: a frozen crust is taken as the water it floats on.
        y.y = max(y.y, 273.16)
      case .mantle: y.y = max(y.y, mantleAdiabat(to: y.x))
      case .core: if stack[0].layer != .core { y.y += p.cmbTemperatureJump.kelvins }
      }
      let isCentral = bottom == 0
      // The centre's own sphere is small beside the planet and beside the layer.
      let end = isCentral ? min(InteriorModel.centralMass * totalMass, 0.02 * top) : bottom
      let largest = (top - bottom) / (isCoarse ? 5 : InteriorModel.stepsInLayer)
      var here = layerState(layer, y.x, y.y)
      try record(m, y, layer, here, lastDensity)
      while m > end {
        let gradient =
          Constants.gravitational / (4 * Double.pi) * m / (y.z * cbrt(y.z))
        // Steps: a share of the layer; ln v; the volume above; transitions; the centre.
        var step = min(largest, (isCentral ? centralShare : 1.0) * m)
        step = min(step, volumeStep * y.x / (max(here.softness, 1e-3) * gradient))
        step = min(step, 0.1 * 4 * Double.pi * y.z / (3 * here.specificVolume) * 3)
        if !isCoarse { step = min(step, pressureStep(layer, y.x) / gradient) }
        let isothermal = layer == .envelope && y.x < adiabatStart * 0.999_999
        if isothermal { step = min(step, max((adiabatStart - y.x) / gradient, 1e-14 * m)) }
        if step >= m - end { step = m - end } else if step > 0.5 * (m - end) { step = 0.5 * (m - end) }
        let k1 = rate(here, mass: m, y, isothermal: isothermal)
        let k2 = rate(layer, mass: m - 0.5 * step, y - 0.5 * step * k1, isothermal: isothermal)
        let k3 = rate(layer, mass: m - 0.5 * step, y - 0.5 * step * k2, isothermal: isothermal)
        let k4 = rate(layer, mass: m - step, y - step * k3, isothermal: isothermal)
        let change = step / 6 * (k1 + 2 * (k2 + k3) + k4)
        let next = y - change
        m = step == m - end ? end : m - step
        // What the mass left fills at this density, a gas as if it were condensed and compressed.
        let needed = 3 / (4 * Double.pi) * m * min(here.specificVolume, 1e-4)
        if !(next.z > 0.1 * needed) {
          // The volume is used up with mass m left: the radius is too small.
          return min(next.z.isFinite ? next.z : 0, 0) - needed
        }
        y = next
        here = layerState(layer, y.x, y.y)
        if !here.specificVolume.isFinite, y.z < 0.6 * needed { return y.z - needed }
        lastDensity = 1 / here.specificVolume
        try record(m, y, layer, here, lastDensity)
      }
      m = end
      if isCentral {
        let needed = 3 / (4 * Double.pi) * m * here.specificVolume
        isComplete = true
        inertia = -y.w + 0.4 * m * cbrt(needed) * cbrt(needed)
        return y.z - needed
      }
    }
    preconditionFailure("the innermost layer reaches the centre")
  }

  private mutating func record(
    _ m: Double, _ y: State, _ layer: Layer, _ s: LayerState, _ above: Double
  ) throws(InteriorsError) {
    guard s.specificVolume.isFinite, s.adiabaticGradient.isFinite else {
      throw InteriorsError(
        .outsideValidity,
        "\(layer) at \(y.x / 1e9) GPa and \(y.y) K is outside the range of its equations of state")
    }
    masses.append(m)
    radii.append(cbrt(y.z))
    pressures.append(y.x)
    temperatures.append(y.y)
    densityAbove.append(above)
    densityBelow.append(1 / s.specificVolume)
    layers.append(layer)
  }

  /// Largest pressure step (Pa) near transitions of the mantle, whose width the steps must see.
  @inline(__always)
  private func pressureStep(_ layer: Layer, _ pressure: Double) -> Double {
    guard layer == .mantle else { return .infinity }
    if pressure < 28e9 { return 2e9 }
    if pressure < 115e9 { return max(115e9 - pressure, 5e9) }
    if pressure < 160e9 { return 4e9 }
    return .infinity
  }

  /// Temperature at a pressure on the mantle's adiabat that starts from its potential temperature at 1 bar.
  private func mantleAdiabat(to pressure: Double) -> Double {
    var temperature = parameters.potentialTemperature.kelvins
    guard pressure > 1e6 else { return temperature }
    var p = 1e5
    let steps = max(2, Int(log((pressure + 10e9) / 10e9) / 0.1))
    let ratio = pow((pressure + 10e9) / (p + 10e9), 1 / Double(steps))
    for _ in 0..<steps {
      let next = (p + 10e9) * ratio - 10e9
      let h = next - p
      let first = layerState(.mantle, p, temperature).adiabaticGradient
      let middle = layerState(.mantle, p + 0.5 * h, temperature + 0.5 * h * first).adiabaticGradient
      temperature += h * middle
      p = next
    }
    return temperature
  }

  // MARK: The result

  private func structure(radius: Double, keepingProfile: Bool) -> InteriorStructure {
    let p = parameters
    let last = masses.count - 1
    var solved: [LayerStructure] = []
    var i = 0
    while i <= last {
      let layer = layers[i]
      var j = i
      while j < last, layers[j + 1] == layer { j += 1 }
      let isCentral = j == last
      let centralDensity = densityBelow[last]
      let rise =
        2 * Double.pi / 3 * Constants.gravitational * centralDensity * centralDensity * radii[last]
        * radii[last]
      let bottomPressure = isCentral ? pressures[j] + rise : pressures[j]
      let gradient = layerState(layer, pressures[j], temperatures[j]).adiabaticGradient
      let bottomTemperature = isCentral ? temperatures[j] + gradient * rise : temperatures[j]
      solved.append(
        LayerStructure(
          layer: layer, mass: Mass(kilograms: masses[i] - (isCentral ? 0 : masses[j])),
          outerRadius: Length(meters: radii[i]),
          thickness: Length(meters: radii[i] - (isCentral ? 0 : radii[j])),
          topPressure: Pressure(pascals: pressures[i]), bottomPressure: Pressure(pascals: bottomPressure),
          topTemperature: Temperature(kelvins: temperatures[i]),
          bottomTemperature: Temperature(kelvins: bottomTemperature)))
      i = j + 1
    }
    solved.reverse()
    var profile: [ProfilePoint] = []
    if keepingProfile {
      profile = (0...last).map {
        ProfilePoint(
          mass: masses[$0], radius: radii[$0], pressure: pressures[$0], temperature: temperatures[$0],
          density: densityBelow[$0], layer: layers[$0])
      }
    }
    return InteriorStructure(
      parameters: p, radius: Length(meters: radius), layers: solved,
      centralPressure: solved[0].bottomPressure,
      centralTemperature: solved[0].bottomTemperature,
      momentOfInertiaFactor: inertia / (totalMass * radius * radius),
      loveNumber: LoveNumber.k2(
        mass: masses, radius: radii, densityAbove: densityAbove, densityBelow: densityBelow),
      ironToMagnesiumSilicon: BulkComposition.ironToMagnesiumSilicon(p, materials: materials),
      profile: profile)
  }
}
