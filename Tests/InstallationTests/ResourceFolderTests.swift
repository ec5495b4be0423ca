import Foundation
import Installation
import Testing

/// A checkout with a program in it, and an installation, both below a directory that goes when the test does.
private final class Site {
  let root: String
  var folder: ResourceFolder { folder(variable: "EXOSPOOL_TEST_DIRECTORY") }
  func folder(variable: String) -> ResourceFolder {
    ResourceFolder(variable: variable, inCheckout: "Etc/opacity", installed: root + "/share/opacity")
  }
  var program: String { root + "/checkout/.build/debug/exospool" }

  init(checkout: Bool = true, installed: Bool = true) throws {
    root = FileManager.default.temporaryDirectory.path + "/exospool-site-\(UUID().uuidString)"
    for (directory, isThere) in [
      ("checkout/.build/debug", true), ("checkout/Etc/opacity", checkout), ("share/opacity", installed),
    ] where isThere {
      try FileManager.default.createDirectory(
        atPath: root + "/" + directory, withIntermediateDirectories: true)
    }
    try Data().write(to: URL(filePath: root + "/checkout/Package.swift"))
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }
}

@Suite struct ResourceFolderTests {
  @Test func aCheckoutGoesBeforeAnInstallation() throws {
    let site = try Site()
    let path = site.folder.path(option: nil, program: site.program) { site.root + "/configured" }
    #expect(path == site.root + "/checkout/Etc/opacity")
  }

  @Test func theConfiguredFolderGoesBeforeTheInstalledOne() throws {
    let site = try Site(checkout: false)
    #expect(site.folder.path(option: nil, program: site.program) { "/configured" } == "/configured")
    #expect(site.folder.path(option: nil, program: site.program) == site.root + "/share/opacity")
  }

  @Test func whatTheUserNamesGoesBeforeAll() throws {
    let site = try Site()
    #expect(site.folder.path(option: "/named", program: site.program) == "/named")
    // A variable that is always set.
    let path = try #require(EnvironmentVariable.value("PATH"))
    #expect(site.folder(variable: "PATH").path(option: nil, program: site.program) == path)
    #expect(site.folder(variable: "PATH").path(option: "/named", program: site.program) == "/named")
  }

  @Test func whereNothingIsThereNothingIsFound() throws {
    let site = try Site(checkout: false, installed: false)
    #expect(site.folder.path(option: nil, program: site.program) == nil)
    #expect(
      site.folder.missing("opacity tables", flag: "--opacities")
        == "no opacity tables found in \(site.root)/share/opacity; name their directory with --opacities or "
        + "EXOSPOOL_TEST_DIRECTORY")
  }

  @Test func aFolderWithoutAPackageIsNoCheckout() throws {
    let site = try Site(installed: false)
    try FileManager.default.removeItem(atPath: site.root + "/checkout/Package.swift")
    #expect(site.folder.path(option: nil, program: site.program) == nil)
  }

  @Test func whatIsInstalledStandsInOnePlace() {
    #expect(ResourceFolder.models.installed == "/usr/share/exospool/models")
    #expect(ResourceFolder.opacity.installed == "/usr/share/exospool/opacity")
    // The tests run from a checkout.
    #expect(ResourceFolder.opacity.path(option: nil)?.hasSuffix("/Etc/opacity") == true)
  }
}
