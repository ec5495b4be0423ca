import ExoGAN
import Foundation
import NumericalMethods
import Observations
import Testing

/// The network in `Etc/models`, whose weights its card vouches for.
@Suite("The shipped ExoGAN")
struct ShippedNetworkTests {
  private static func network() throws -> ExoGANReference {
    let models = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Etc/models")
    return try #require(try ExoGANReference.load(directory: models.path))
  }

  private static func nothing() -> ASPAObservation {
    ASPAObservation(
      depth: [Double](repeating: 0.01, count: 400), error: [Double](repeating: 0, count: 400),
      isObserved: [Bool](repeating: false, count: 400))
  }

  @Test("it makes planets of its set, and not always the same")
  func planets() throws {
    var options = ExoGANCompletion.Options()
    (options.starts, options.steps) = (32, 0)
    let made = ExoGANCompletion(try Self.network().model, options: options).complete(Self.nothing())
    for parameter in ASPAParameter.allCases {
      let (values, range) = (made.pictures.map { $0[parameter] }.sorted(), parameter.range)
      let width = range.upperBound - range.lowerBound
      #expect(
        values[0] > range.lowerBound - 0.2 * width && values[31] < range.upperBound + 0.2 * width,
        "\(parameter)")
      #expect(values[26] - values[5] > 0.2 * width, "\(parameter)")
    }
    #expect(made.pictures.allSatisfy { $0.depth.allSatisfy { (0.004...0.035).contains($0) } })
  }

  @Test("from the encoder's guess, steps bring it nearer to a picture of its own")
  func completion() throws {
    let network = try Self.network()
    var options = ExoGANCompletion.Options()
    (options.starts, options.steps) = (1, 0)
    let own = ExoGANCompletion(network.model, options: options).complete(Self.nothing()).pictures[0]
    let observation = ASPAObservation(
      depth: own.depth, error: [Double](repeating: 1e-6, count: 400),
      isObserved: [Bool](repeating: true, count: 400))
    let losses = [1, 40].map { steps in
      var options = network.options(seed: 1)
      (options.starts, options.steps) = (2, steps)
      return ExoGANCompletion(network.model, options: options).complete(observation).losses.reduce(0, +)
    }
    #expect(losses[1] < 0.9 * losses[0], "\(losses)")
  }
}
