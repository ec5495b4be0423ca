package import InteriorMDN
package import NeuralNetworks

/// Which network is trained on what: one value a shipped interior network.
package struct InteriorRecipe: Sendable, Hashable {
  package let name: String
  /// The training set's name, the beginning of its shards' file names.
  package let set: String
  package let inputs: [InteriorInput]
  package let outputs: InteriorOutputs
  package let summary: String
  package var components: Int
  package var covariance: MixtureDensity.Covariance
  package var options: MixtureDensityOptions

  package var density: MixtureDensity {
    MixtureDensity(
      components: components, dimensions: outputs.coordinateNames.count, covariance: covariance)
  }

  /// The shipped networks: three hidden layers of 512 and 20 Gaussians, as Zhao, Ni & Liu 2023, here each with a
  /// full covariance.
  package static let all: [InteriorRecipe] = [
    InteriorRecipe(
      name: "rocky-A", inputs: [.mass, .radius, .ironToMagnesiumSilicon], outputs: .rocky,
      summary: "Rocky planet with some water, from mass, radius and bulk Fe/(Mg+Si)"),
    InteriorRecipe(
      name: "rocky-B", inputs: [.mass, .radius, .ironToMagnesiumSilicon, .loveNumber], outputs: .rocky,
      summary: "Rocky planet with some water, from mass, radius, bulk Fe/(Mg+Si) and the fluid Love number k2"
    ),
    InteriorRecipe(
      name: "layered", inputs: [.mass, .radius, .equilibriumTemperature], outputs: .layered,
      summary: "Core, mantle, water and H/He envelope, from mass, radius and equilibrium temperature"),
    InteriorRecipe(
      name: "layered-k2", inputs: [.mass, .radius, .equilibriumTemperature, .loveNumber], outputs: .layered,
      summary:
        "Core, mantle, water and H/He envelope, from mass, radius, equilibrium temperature and the fluid Love number k2"
    ),
    InteriorRecipe(
      name: "giant", inputs: [.mass, .radius, .equilibriumTemperature], outputs: .giant,
      summary:
        "Giant: core of rock and ice, H/He envelope with heavy elements, from mass, radius and equilibrium temperature"
    ),
    InteriorRecipe(
      name: "giant-k2", inputs: [.mass, .radius, .equilibriumTemperature, .loveNumber],
      outputs: .giantOfLoveNumber,
      summary:
        "Giant: core of rock and ice, H/He envelope with heavy elements, from mass, radius, equilibrium temperature and the fluid Love number k2"
    ),
  ]

  private init(name: String, inputs: [InteriorInput], outputs: InteriorOutputs, summary: String) {
    self.name = name
    set = outputs.prior.name
    self.inputs = inputs
    self.outputs = outputs
    self.summary = summary
    components = 20
    covariance = .full
    options = MixtureDensityOptions()
  }

  /// What each network answers for: masses and Fe/(Mg+Si) as Zhao, Ni & Liu 2023, masses and temperatures as Baumeister &
  /// Tosi 2023. Radius and k2 are bounded by the domain map, since what is possible depends on the mass.
  package var nominal: [ClosedRange<Double>] {
    inputs.map { input in
      switch input {
      case .mass:
        switch outputs {
        case .rocky: 0.1...10
        case .layered: 0.1...25
        case .giant, .giantOfLoveNumber: 16...4132
        }
      case .radius: 0.05...50
      case .ironToMagnesiumSilicon: 0.042...28.2
      case .loveNumber: 0.01...1.5
      case .equilibriumTemperature: outputs.isGiant ? 50...2500 : 100...2500
      }
    }
  }

  package var features: InteriorFeatures {
    InteriorFeatures(inputs: inputs, loveNumberFeature: outputs == .rocky ? .linear : .squareRoot)
  }

  package static func named(_ name: String) -> InteriorRecipe? { all.first { $0.name == name } }
}
