import Foundation
import TestSupport
import Testing

@Suite("Commands of the laboratory") struct CommandTests {
  private let lab = ProgramUnderTest("exospool-lab")
  private let directory: TemporaryDirectory
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path(percentEncoded: false)

  init() throws { directory = try TemporaryDirectory() }

  @Test("the version is the package's") func version() throws {
    let run = try lab.run(["--version"])
    #expect(run.status == 0)
    #expect(run.output == (try ProgramUnderTest("exospool").run(["--version"])).output)
  }

  /// A set is simulated, goes on where it was stopped; a network is trained on it, resumed, and judged.
  @Test("simulate, train, evaluate: a tiny interior network") func interiorNetwork() throws {
    let (sets, models) = (directory.path("sets"), directory.path("models"))
    func simulate(_ planets: Int) throws -> ProgramUnderTest.Run {
      try lab.run([
        "simulate", "interiors", "rocky", "--output", sets, "--planets", "\(planets)", "--shard", "50",
      ])
    }
    #expect(try simulate(50).status == 0)
    let rest = try simulate(100)
    #expect(
      rest.output.hasPrefix("rocky-0000.safetensors is there already\nrocky-0001.safetensors  rejected "))

    func train(_ output: String, epochs: Int, _ more: String...) throws -> ProgramUnderTest.Run {
      try lab.run(
        [
          "train", "interior", "rocky-A", "--set", sets, "--output", output, "--epochs", "\(epochs)",
          "--hidden", "4", "--components", "2", "--batch-size", "16", "--checkpoint",
          directory.path("checkpoint"),
        ] + more)
    }
    let training = try train(models, epochs: 2)
    #expect(training.status == 0, "\(training.complaint)")
    #expect(training.output.contains("epoch 2/2  train "))
    #expect(try directory.names(in: "models") == ["rocky-A.json", "rocky-A.safetensors"])
    let weights = try Data(contentsOf: URL(filePath: directory.path("models/rocky-A.safetensors")))

    // The checkpoint is that of the end: nothing is left to do, and the weights are the same.
    let resumed = try train(directory.path("again"), epochs: 2, "--resume")
    #expect(resumed.status == 0, "\(resumed.complaint)")
    #expect(try Data(contentsOf: URL(filePath: directory.path("again/rocky-A.safetensors"))) == weights)
    let other = try train(directory.path("other"), epochs: 3, "--resume")
    #expect(other.status == 1)
    #expect(other.complaint.contains("the checkpoint was made with other settings: rocky-A, hidden 4"))

    let judged = try lab.run([
      "evaluate", "interior", "rocky-A", "--set", sets, "--models", models, "--draws", "20",
    ])
    #expect(judged.status == 0, "\(judged.complaint)")
    #expect(judged.output.hasPrefix("rocky-A on 10 planets it was never trained on\n"))
    #expect(
      try String(contentsOfFile: directory.path("models/rocky-A.json"), encoding: .utf8)
        .contains("\"heldOut\""))
  }

  @Test("simulate: a table of spectra, and the same again") func table() throws {
    let spectrum = directory.path("spectrum.txt")
    let run = try lab.run([
      "simulate", "spectrum", "--gas", "H2O=1e-4", "--output", spectrum, "--plot", directory.path("plot.svg"),
    ])
    #expect(run.status == 0, "\(run.complaint)")
    let text = try String(contentsOfFile: spectrum, encoding: .utf8)
    #expect(text.hasPrefix("# wavelength_um low_um high_um transit_depth\n"))
    #expect(
      try String(contentsOfFile: directory.path("plot.svg"), encoding: .utf8).hasPrefix("<svg "))
  }

  @Test("simulate: clouds over a part of the limb, gas that heat breaks") func cloudsAndHeat() throws {
    func spectrum(_ options: String...) throws -> String {
      let run = try lab.run(["simulate", "spectrum", "--gas", "H2O=1e-4", "--temperature", "2600"] + options)
      #expect(run.status == 0, "\(run.complaint)")
      return run.output
    }
    let clear = try spectrum()
    let cloud = "power:opacity=1,exponent=4"
    #expect(try spectrum("--cloud", cloud, "--cloud-fraction", "0") == clear)
    let half = try spectrum("--cloud", cloud, "--cloud-fraction", "0.5")
    #expect(try half != clear && half != spectrum("--cloud", cloud))
    #expect(try spectrum("--dissociation") != clear)
    #expect(try spectrum("--anion", "1e-9") != clear)
    let unknown = try lab.run(["simulate", "spectrum", "--cloud", "MgO:mass=1e-5,radius=0.1"])
    #expect(unknown.status == 64 && unknown.complaint.contains("is no cloud"), "\(unknown.complaint)")
  }

  @Test("opacity: a table's curves") func opacity() throws {
    let file = Self.checkout + "/Etc/opacity/H2-He.fits"
    let run = try lab.run(["opacity", "show", file, "--temperature", "500"])
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.hasPrefix("H2-He: collision-induced absorption (m5)\num  500 K\n"))
    #expect(run.output.split(separator: "\n").count == 402)
    let bands = try lab.run(["opacity", "bands", "NH3"])
    #expect(bands.output.contains("\n| NH3 | "))
    let nowhere = try lab.run(["opacity", "show", file, "--svg", directory.path("none/x.svg")])
    #expect(nowhere.status == 1)
    #expect(
      nowhere.complaint
        == "Error: cannot write \(directory.path("none/x.svg")): No such file or directory\n")
  }

  @Test("fit: a spectrum, as JSON") func fit() throws {
    let run = try lab.run([
      "fit", Self.checkout + "/Etc/examples/Cinder.csv", "--mass", "0.6", "--gases", "H2O", "--clear",
      "--hold", "log10_x_H2O=-3", "--hold", "temperature_k=1100", "--starts", "1", "--json",
    ])
    #expect(run.status == 0, "\(run.complaint)")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["points"] as? Int == 95 && object["object"] as? String == "Cinder b")
  }

  @Test("what is missing is named: set, network, gas") func missing() throws {
    let set = try lab.run(["train", "interior", "rocky-A", "--set", directory.path])
    #expect(
      set.status == 1
        && set.complaint.contains(
          "no shard rocky-0000.safetensors; make the set with: exospool-lab simulate interiors")
    )
    let network = try lab.run(["evaluate", "interior", "rocky-A", "--earth", "--models", directory.path])
    #expect(network.status == 64 && network.complaint.contains("holds no rocky-A.safetensors"))
    #expect(try lab.run(["evaluate", "interior", "no-such", "--earth"]).status == 64)
  }
}
