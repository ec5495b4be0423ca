import ArgumentParser
import Observations
import RobERt
import Tensors

struct DreamSpectrum: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dream", abstract: "Let a network dream the spectrum of a molecule.",
    discussion: """
      Holds the molecule's unit of the topmost Boltzmann machine on, lets it settle, and carries its state down to a spectrum: \
      what the network has learnt the molecule to look like. Prints wavelength and shape, or draws them with --plot; \
      --activations adds the mean activity of each layer.

        exospool-lab dream H2O --plot water.svg
        exospool-lab dream none --model robert-2016
      """)

  @Argument(help: "A molecule the network knows, such as H2O; none for a spectrum without features.")
  var molecule: String

  @Option(help: "The network.")
  var model = "robert-2016"

  @OptionGroup var location: ModelsLocation

  @Option(help: "Chains averaged over.")
  var chains = 256

  @Option(help: "Steps of Gibbs sampling.")
  var steps = 20_000

  @Option(help: "Seed of the chains.")
  var seed: UInt64 = 1

  @Option(help: "SVG file to draw the dream into.")
  var plot: String?

  @ArgumentParser.Flag(help: "Print the mean activity of each layer, too.")
  var activations = false

  func validate() throws {
    guard (1...100_000).contains(chains), (1...1_000_000).contains(steps) else {
      throw ValidationError("--chains is 1 to 100000, --steps 1 to 1000000.")
    }
  }

  func run() throws {
    let models = try location.directory()
    guard let (network, _) = try RobERtModelSet.loadOne(model, directory: models) else {
      throw ValidationError("\(models) holds no \(model).safetensors.")
    }
    let index = network.molecules.firstIndex(of: molecule)
    guard index != nil || molecule == "none" else {
      throw ValidationError(
        "\(model) does not know \"\(molecule)\"; it knows \(network.molecules.joined(separator: ", ")) and none."
      )
    }
    let dream = network.belief.dream(of: index, chains: chains, steps: steps, seed: seed)
    let shape = dream.visible[..<SpectralGrid.standard.count].map { Double($0) }
    if let plot {
      let panel = DreamFigure.Panel(title: "\(model) dreams \(molecule)", dream: shape)
      try Files.write(DreamFigure(panels: [panel]).svg, to: plot)
    } else {
      print("# wavelength_um shape")
      for (wavelength, value) in zip(SpectralGrid.standard.wavelengths, shape) {
        print("\(fixed(wavelength * 1e6, 5)) \(fixed(value, 5))")
      }
    }
    if activations {
      for (layer, means) in dream.activations.enumerated() {
        print("# layer \(layer + 1): " + means.map { fixed(Double($0), 3) }.joined(separator: " "))
      }
    }
  }
}
