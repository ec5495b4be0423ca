import ArgumentParser
import InteriorSpaces
import Interiors
import NumericalMethods
import TrainingSets
import Units

struct InteriorStructures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interiors",
    abstract:
      "The interior model: milliseconds a planet, one thread, for the Earth and for the training sets' priors."
  )

  @Option(help: "Planets drawn from each prior.")
  var planets = 2000

  func validate() throws {
    guard planets >= 10 else { throw ValidationError("--planets is at least 10.") }
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let model = InteriorModel()
    print("tables of the equations of state: \(fixed((clock.now - start) / .milliseconds(1), 0)) ms, once")
    let earth = SolarSystemBody.earth.parameters
    let seconds = bestSeconds { _ = try? model.solve(earth) }
    print("Earth, rocky: \(fixed(seconds * 1e3, 3)) ms")
    for prior in [RockyPrior(), LayeredPrior()] as [any InteriorPrior] {
      var times: [Double] = []
      var random = SeededRandom(seed: 1)
      for _ in 0..<planets {
        let parameters = prior.draw(&random)
        let duration = clock.measure { _ = try? model.solve(parameters, largestRadius: prior.largestRadius) }
        times.append(duration / .milliseconds(1))
      }
      times.sort()
      print(
        "\(prior.name) prior, \(planets) draws: median \(fixed(quantile(ofSorted: times, 0.5), 3)) ms, "
          + "16 to 84 % \(fixed(quantile(ofSorted: times, 0.16), 3)) to \(fixed(quantile(ofSorted: times, 0.84), 3)) ms, "
          + "mean \(fixed(times.reduce(0, +) / Double(planets), 3)) ms")
    }
    print("peak memory: \(peakMebibytes()) MiB")
  }
}
