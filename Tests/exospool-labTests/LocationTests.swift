import Foundation
import TestSupport
import Testing

@Suite("Where the laboratory finds tables and networks") struct LocationTests {
  private let lab = ProgramUnderTest("exospool-lab")
  private let nowhere: TemporaryDirectory
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL.path(percentEncoded: false)

  init() throws { nowhere = try TemporaryDirectory() }

  @Test("the checkout's tables, wherever it is started") func anyWorkingDirectory() throws {
    let run = try lab.run(["simulate", "spectrum", "--gas", "H2O=1e-4"], directory: nowhere.path)
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.split(separator: "\n").count == 401)
  }

  @Test("tables in the working directory are not the ones") func notTheWorkingDirectory() throws {
    try nowhere.write("Etc/opacity/H2O.fits", "no table")
    try nowhere.write("Package.swift", "")
    let run = try lab.run(["simulate", "spectrum", "--gas", "H2O=1e-4"], directory: nowhere.path)
    #expect(run.status == 0, "\(run.complaint)")
  }

  @Test("the variable goes before the checkout, the option before the variable") func order() throws {
    let variable = ["EXOSPOOL_OPACITY_DIRECTORY": "/of/the/variable"]
    let byVariable = try lab.run(["simulate", "spectrum"], environment: variable)
    #expect(byVariable.status != 0 && byVariable.complaint.contains("/of/the/variable"))
    let byOption = try lab.run(["simulate", "spectrum", "--opacities", "/named"], environment: variable)
    #expect(byOption.status != 0 && byOption.complaint.contains("/named"))
    let good = try lab.run(
      ["simulate", "spectrum", "--opacities", Self.checkout + "/Etc/opacity"], environment: variable)
    #expect(good.status == 0, "\(good.complaint)")
  }

  @Test("networks likewise") func networks() throws {
    let run = try lab.run(
      ["dream", "H2O", "--model", "robert-transmission"],
      environment: ["EXOSPOOL_MODELS_DIRECTORY": nowhere.path])
    #expect(run.status == 64 && run.complaint.contains("holds no robert-transmission.safetensors"))
    try TinyRobERt.write(to: nowhere.path)
    let dream = try lab.run(
      ["dream", "Na", "--model", "robert-transmission", "--steps", "5", "--chains", "2", "--activations"],
      environment: ["EXOSPOOL_MODELS_DIRECTORY": nowhere.path])
    #expect(dream.status == 0, "\(dream.complaint)")
    #expect(dream.output.contains("# layer 3: "))
  }

  @Test("the copy of a program outside a checkout says how to name its tables") func noCheckout() throws {
    let copy = nowhere.path("exospool-lab")
    try FileManager.default.copyItem(atPath: lab.path, toPath: copy)
    let run = try lab.shell("'\(copy)' simulate spectrum", variable: "lab")
    // Where exospool is installed, the copy finds the installed tables.
    guard !FileManager.default.fileExists(atPath: "/usr/share/exospool/opacity") else { return }
    #expect(run.status == 64)
    #expect(
      run.complaint.contains(
        "no opacity tables found in /usr/share/exospool/opacity; name their directory with --opacities or "
          + "EXOSPOOL_OPACITY_DIRECTORY."))
  }
}
