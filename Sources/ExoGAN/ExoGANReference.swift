package import NeuralNetworks
package import Observations

/// The published ExoGAN as it answers users' spectra: from what the encoder guesses and in a budgeted number of steps, since the
/// published thousand of 64 random starts take minutes.
package struct ExoGANReference: Sendable {
  package static let networkName = "exogan-2018"
  /// Of each of the 64 starts.
  package static let steps = 50

  package let model: ExoGANModel
  /// SHA-256 of the weights, hexadecimal.
  package let hash: String

  package init(_ model: ExoGANModel, hash: String) {
    self.model = model
    self.hash = hash
  }

  /// - Returns: nil where the directory has no such network.
  /// - Throws: where it is there and cannot be used.
  package static func load(
    _ name: String = networkName, directory: String
  ) throws(ExoGANModelError) -> ExoGANReference? {
    let file: ModelFile
    do {
      guard let found = try ModelFile.load(name, directory: directory) else { return nil }
      file = found
    } catch {
      throw ExoGANModelError(path: error.path ?? "\(directory)/\(name).safetensors", detail: error.detail)
    }
    return ExoGANReference(try ExoGANModel(file: file.weights, path: file.path), hash: file.hash)
  }

  /// As users' spectra are completed.
  package func options(seed: UInt64) -> ExoGANCompletion.Options {
    var options = ExoGANCompletion.Options()
    options.seed = seed
    options.steps = Self.steps
    options.start = model.encoder == nil ? .random : .encoder
    return options
  }
}

/// What keeps a spectrum from being completed by the published ExoGAN, or makes its answer one for another kind of planet.
package enum ExoGANObstacle: Sendable, Hashable {
  /// No picture can be made of it.
  case notInTransit, noStellarRadius, tooLittleObserved
  /// A picture can be made, but the published set has no such planets.
  case depthOutside, massOutside, radiusOutside, temperatureOutside

  package var forbids: Bool {
    switch self {
    case .notInTransit, .noStellarRadius, .tooLittleObserved, .depthOutside: true
    case .massOutside, .radiusOutside, .temperatureOutside: false
    }
  }

  /// For people.
  package var sentence: String {
    switch self {
    case .notInTransit: "ExoGAN was taught transmission spectra: this is none."
    case .noStellarRadius:
      "ExoGAN needs the star's radius: it was taught depths before a star of 6.955e8 m, and others are scaled to it."
    case .tooLittleObserved:
      "ExoGAN sees none of this spectrum: of none of its 14 pieces are three quarters of the bins observed."
    case .depthOutside:
      "Before a star of 6.955e8 m the depths would lie outside the 0.65 to 3.02 % that ExoGAN's training set has."
    case .massOutside: "The planet's mass lies outside the 0.8 to 2 Jupiter masses of ExoGAN's training set."
    case .radiusOutside:
      "The planet's radius lies outside the 0.8 to 1.5 Jupiter radii of ExoGAN's training set."
    case .temperatureOutside:
      "The planet's temperature lies outside the 1000 to 2000 K of ExoGAN's training set."
    }
  }
}

extension ASPAObservation {
  /// A spectrum as ExoGAN is shown it: depths before a star of `ASPA.stellarRadius`, parameters hidden.
  /// - Parameters:
  ///   - spectrum: of transit depths; without errors it is taken to be exact.
  ///   - starRadius: m.
  package init(_ spectrum: ResampledSpectrum, starRadius: Double) {
    let scale = starRadius / ASPA.stellarRadius * (starRadius / ASPA.stellarRadius)
    self.init(
      depth: spectrum.value.map { $0 * scale },
      error: spectrum.error.map { $0.isFinite ? $0 * scale : 0 }, isObserved: spectrum.isObserved)
  }

  /// The same with what is known of the planet.
  package func knowing(_ parameters: [ASPAParameter: Double]) -> ASPAObservation {
    ASPAObservation(depth: depth, error: error, isObserved: isObserved, parameters: parameters)
  }

  /// What a picture of it lacks.
  /// - Parameter known: of the planet, in the parameters' units.
  package func obstacles(known: [ASPAParameter: Double] = [:]) -> [ExoGANObstacle] {
    let observed = depth.indices.filter { isObserved[$0] }
    let pieces = ASPALayout.pieces.count { bins in
      Double(bins.count { isObserved[$0] }) >= ASPA.sufficientPart * Double(bins.count)
    }
    guard pieces > 0 else { return [.tooLittleObserved] }
    var obstacles: [ExoGANObstacle] = []
    let mean = observed.reduce(0) { $0 + depth[$1] } / Double(observed.count)
    if !(ASPA.smallestDepth...ASPA.largestDepth).contains(mean) { obstacles.append(.depthOutside) }
    for (parameter, obstacle) in [
      (ASPAParameter.planetMass, ExoGANObstacle.massOutside), (.planetRadius, .radiusOutside),
      (.temperature, .temperatureOutside),
    ] {
      if let value = known[parameter], !parameter.range.contains(value) { obstacles.append(obstacle) }
    }
    return obstacles
  }
}
