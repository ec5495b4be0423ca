import ArgumentParser
import Foundation
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

  @Option(help: "Directory of the weights and cards.")
  var models = "Etc/models"

  @Option(help: "Chains averaged over.")
  var chains = 256

  @Option(help: "Steps of Gibbs sampling.")
  var steps = 400

  @Option(help: "Seed of the chains.")
  var seed: UInt64 = 1

  @Option(help: "SVG file to draw the dream into.")
  var plot: String?

  @Flag(help: "Print the mean activity of each layer, too.")
  var activations = false

  func validate() throws {
    guard (1...100_000).contains(chains), (1...1_000_000).contains(steps) else {
      throw ValidationError("--chains is 1 to 100000, --steps 1 to 1000000.")
    }
  }

  func run() throws {
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
    let shape = dream.visible[..<SpectralGrid.count].map { Double($0) }
    if let plot {
      let svg = DreamFigure(title: "\(model) dreams \(molecule)", shape: shape).svg
      try Data(svg.utf8).write(to: URL(fileURLWithPath: plot), options: .atomic)
    } else {
      print("# wavelength_um shape")
      for (wavelength, value) in zip(SpectralGrid.centres, shape) {
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

/// A dreamt shape against wavelength, as an SVG document.
struct DreamFigure {
  let title: String
  let shape: [Double]

  private static let width = 760.0
  private static let height = 240.0
  private static let left = 40.0
  private static let base = 200.0

  var svg: String {
    let low = min(shape.min() ?? 0, -0.1)
    let high = max(shape.max() ?? 0, 0.1)
    func x(_ micrometers: Double) -> Double {
      Self.left + (log(micrometers / 0.3) / log(16.1 / 0.3)) * (Self.width - Self.left - 10)
    }
    func y(_ value: Double) -> Double { Self.base - (value - low) / (high - low) * (Self.base - 24) }
    let path = zip(SpectralGrid.centres, shape).enumerated().map { i, point in
      "\(i == 0 ? "M" : "L")\(fixed(x(point.0 * 1e6), 1)) \(fixed(y(point.1), 1))"
    }.joined()
    let ticks = [0.3, 0.5, 1, 2, 3, 5, 10, 15].map { tick in
      "<path d=\"M\(fixed(x(tick), 1)) \(fixed(Self.base, 1))v5\"/>"
        + "<text x=\"\(fixed(x(tick), 1))\" y=\"\(fixed(Self.base + 18, 1))\" text-anchor=\"middle\">\(tick)</text>"
    }.joined()
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" font-family="sans-serif" \
      font-size="12">
      <rect width="100%" height="100%" fill="white"/>
      <text x="\(Int(Self.left))" y="16">\(title)</text>
      <g stroke="#555" fill="none"><path d="M\(Int(Self.left)) 24V\(Int(Self.base))H\(Int(Self.width) - 10)"/></g>
      <g stroke="none" fill="#333">\(ticks.replacingOccurrences(of: "<path", with: "<path stroke=\"#555\""))</g>
      <text x="\(Int(Self.width / 2))" y="\(Int(Self.height) - 4)" text-anchor="middle">wavelength (µm)</text>
      <path d="\(path)" stroke="#0b62a4" stroke-width="1.4" fill="none"/>
      </svg>

      """
  }
}
