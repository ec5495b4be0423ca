import Units

// What an atmosphere is made of, as one writes it on a command line.

extension TraceGas {
  /// Reads `H2O=1e-4`, a mixing ratio; or `H2O=1e-4:1e-6@0.1`, that of the deep atmosphere, that of the high one and
  /// the pressure between them in bar, a step unless `~1` follows: the decades of pressure over which it goes.
  /// - Throws: `badComposition` or `unknownSpecies`.
  package init(notation: String) throws(AtmosphereError) {
    let parts = notation.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let profile = MixingRatioProfile(notation: parts[1]) else {
      throw AtmosphereError(
        .badComposition,
        "\"\(notation)\" is no gas with its mixing ratio: write H2O=4e-4, or H2O=1e-3:1e-6@0.1 for 1e-3 below the level "
          + "of 0.1 bar and 1e-6 above it")
    }
    self.init(try Species(String(parts[0])), profile)
  }
}

extension MixingRatioProfile {
  fileprivate init?(notation: Substring) {
    let parts = notation.split(separator: ":", omittingEmptySubsequences: false)
    guard let deep = Double(parts[0]), (0...1).contains(deep) else { return nil }
    guard parts.count > 1 else {
      self = .constant(deep)
      return
    }
    let above = parts[1].split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, above.count == 2, let high = Double(above[0]), (0...1).contains(high) else {
      return nil
    }
    let place = above[1].split(separator: "~", omittingEmptySubsequences: false)
    guard place.count <= 2, let boundary = Double(place[0]), boundary > 0, boundary.isFinite,
      let width = place.count == 2 ? Double(place[1]) : 0, width >= 0, width.isFinite
    else { return nil }
    self = .twoLevel(
      TwoLevelMixingRatio(deep: deep, high: high, boundary: Pressure(bars: boundary), width: width))
  }
}

extension TemperatureProfile {
  /// Reads pairs of bar and K, `10:1800,0.1:1200,1e-4:900`; or `guillot:equilibrium=1400` (K), followed where wanted by
  /// `,internal=` (K, otherwise 100), `,opacity=` (thermal, m2/kg, otherwise 1e-3) and `,ratio=` (visible over thermal
  /// opacity, otherwise 0.4: no stratosphere).
  /// - Throws: `badProfile`.
  package init(notation: String) throws(AtmosphereError) {
    let name = "guillot:"
    if notation.hasPrefix(name) {
      self = .guillot(try GuillotProfile(notation: notation.dropFirst(name.count)))
      return
    }
    let points = notation.split(separator: ",", omittingEmptySubsequences: false).compactMap {
      pair -> PressureTemperaturePoint? in
      let numbers = pair.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
      guard numbers.count == 2, let pressure = numbers[0], let temperature = numbers[1], pressure > 0,
        temperature > 0, pressure.isFinite, temperature.isFinite
      else { return nil }
      return PressureTemperaturePoint(
        pressure: Pressure(bars: pressure), temperature: Temperature(kelvins: temperature))
    }
    guard points.count == notation.count(where: { $0 == "," }) + 1 else {
      throw AtmosphereError(
        .badProfile,
        "\"\(notation)\" is no temperature profile: write pairs of bar and K, 10:1800,0.1:1200,1e-4:900, or "
          + "guillot:equilibrium=1400,internal=100,opacity=1e-3,ratio=0.4")
    }
    self = .points(points)
  }
}

extension GuillotProfile {
  fileprivate init(notation: Substring) throws(AtmosphereError) {
    var values = ["internal": 100, "opacity": 1e-3, "ratio": 0.4]
    for part in notation.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false)
      guard pair.count == 2, ["equilibrium", "internal", "opacity", "ratio"].contains(pair[0]),
        let value = Double(pair[1]), value.isFinite
      else {
        throw AtmosphereError(
          .badProfile,
          "\"\(part)\" says nothing about an irradiated profile: it has equilibrium= and internal= (K), opacity= (m2/kg) "
            + "and ratio=")
      }
      values[String(pair[0])] = value
    }
    guard let equilibrium = values["equilibrium"] else {
      throw AtmosphereError(
        .badProfile, "an irradiated profile needs its equilibrium temperature: guillot:equilibrium=1400")
    }
    self.init(
      internalTemperature: Temperature(kelvins: values["internal"]!),
      equilibriumTemperature: Temperature(kelvins: equilibrium), thermalOpacity: values["opacity"]!,
      visibleToThermalOpacity: values["ratio"]!)
    try check()
  }
}

extension Haze {
  /// Reads `100`, the enhancement over hydrogen's scattering, or `100:-6`, with the slope, which is -4 otherwise.
  /// - Throws: `badComposition`.
  package init(notation: String) throws(AtmosphereError) {
    let numbers = notation.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard numbers.count <= 2, let enhancement = numbers[0], enhancement >= 0, enhancement.isFinite,
      let slope = numbers.count == 2 ? numbers[1] : -4, slope.isFinite
    else {
      throw AtmosphereError(
        .badComposition,
        "\"\(notation)\" is no haze: write its enhancement over hydrogen's scattering, and its slope where that is not -4, "
          + "such as 100:-6")
    }
    self.init(enhancement: enhancement, slope: slope)
  }
}
