// swift-tools-version: 6.1
import PackageDescription

// Targets stand lowest first; every arrow points to a target that stands above it in this file.

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// One subject, one target: `Sources/<name>`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "exospool",
  products: [],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // What tests compare with
    .target(name: "ReferenceData", path: "Tests/ReferenceData", swiftSettings: swiftSettings),

    // Level 0: the system, units, mathematics, the spool
    module("Units"),
    tests("UnitsTests", ["Units"]),
    module("NumericalMethods"),
    tests("NumericalMethodsTests", ["NumericalMethods"]),
    module("JSONText"),
    tests("JSONTextTests", ["JSONText"]),
    module("PlainText"),
    tests("PlainTextTests", ["PlainText"]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    module("ContentHash", ["CCrypto"]),
    tests("ContentHashTests", ["ContentHash"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    module("Gzip", ["CZlib", "JobContract"]),
    tests("GzipTests", ["Gzip"]),

    module("PosixFiles", [system]),
    .target(
      name: "SystemCallRecorder", dependencies: ["PosixFiles", system], path: "Tests/SystemCallRecorder",
      swiftSettings: swiftSettings),
    tests("PosixFilesTests", ["PosixFiles", "SystemCallRecorder", system]),
    module("Installation", ["PosixFiles", system]),
    tests("InstallationTests", ["Installation"]),
    module("JobContract"),
    tests("JobContractTests", ["JobContract"]),

    module("SpoolQueue", ["PlainText", "PosixFiles", system]),
    tests("SpoolQueueTests", ["SpoolQueue", "PosixFiles", "SystemCallRecorder", system]),

    .target(name: "CBLAS", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CVectorMath"),

    // Level 1
    module("Tensors", ["CBLAS", "CVectorMath"]),
    tests("TensorsTests", ["Tensors", "NumericalMethods"]),
    module("Observations", ["NumericalMethods", "PlainText", "Units"]),
    tests("ObservationsTests", ["Observations", "Units"]),
    .systemLibrary(name: "CFITSIO", pkgConfig: "cfitsio", providers: [.apt(["libcfitsio-dev"])]),
    module("FITSFiles", ["CFITSIO", "Gzip", "Observations", "Units"]),
    module(
      "SpectrumReading", ["FITSFiles", "Gzip", "JobContract", "NumericalMethods", "Observations", "Units"]),
    tests(
      "SpectrumReadingTests",
      ["SpectrumReading", "FITSFiles", "NumericalMethods", "Observations", "ReferenceData", "TestSupport"]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    module("HDF5Files", ["CHDF5"]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    module("PlanetXML", ["CLibXML2", "Observations", "PlainText", "Units"]),
    tests(
      "PlanetXMLTests", ["PlanetXML", "NumericalMethods", "Observations", "ReferenceData", "Units"],
      resources: [.copy("Golden")]),
    module(
      "PlanetCatalogue", ["ContentHash", "Observations", "PlainText", "PlanetXML", "PosixFiles", system]),
    tests("PlanetCatalogueTests", ["PlanetCatalogue", "Observations", "ReferenceData", "Units"]),
    .systemLibrary(name: "CInotifyTools"),
    module("DirectoryEvents", ["CInotifyTools"]),
    tests("DirectoryEventsTests", ["DirectoryEvents"]),
    module("Interiors", ["Units"]),
    tests("InteriorsTests", ["Interiors", "Units"], resources: [.copy("Golden")]),

    module("MolecularBands", ["NumericalMethods", "Observations", "Units"]),
    tests("MolecularBandsTests", ["MolecularBands", "Units", "NumericalMethods"]),

    module("Markup", ["PlainText"]),
    tests("MarkupTests", ["Markup"]),

    // Level 2
    module("Analyses", ["NumericalMethods", "Observations", "PlainText", "Units"]),
    module(
      "NeuralNetworks", ["ContentHash", "JSONText", "NumericalMethods", "PosixFiles", "Tensors", system]),
    tests(
      "NeuralNetworksTests",
      ["NeuralNetworks", "NumericalMethods", "PosixFiles", "SystemCallRecorder", "Tensors", system]),

    module("Atmospheres", ["NumericalMethods", "Observations", "Tensors", "Units"]),
    tests(
      "AtmospheresTests", ["Atmospheres", "NumericalMethods", "Observations", "ReferenceData", "Units"],
      resources: [.copy("Golden")]),
    module(
      "OpacityFiles",
      [
        "Atmospheres", "ContentHash", "FITSFiles", "HDF5Files", "MolecularBands", "NumericalMethods",
        "Observations", "PosixFiles", "Units", system,
      ]),
    tests(
      "OpacityFilesTests",
      [
        "OpacityFiles", "Atmospheres", "FITSFiles", "HDF5Files", "MolecularBands", "Observations",
        "ReferenceData", "Units",
      ],
      resources: [.copy("Golden")]),

    // Level 3
    module(
      "InteriorMDN",
      ["Analyses", "NeuralNetworks", "NumericalMethods", "Observations", "PlainText", "Tensors", "Units"]),
    tests(
      "InteriorMDNTests",
      [
        "InteriorMDN", "Analyses", "NeuralNetworks", "NumericalMethods", "Observations", "TestSupport",
        "Units",
      ]),
    module(
      "RobERt",
      ["Analyses", "NeuralNetworks", "NumericalMethods", "Observations", "PlainText", "Tensors", "Units"]),
    module(
      "TestSupport",
      [
        "Analyses", "ContentHash", "FITSFiles", "InteriorMDN", "JSONText", "NeuralNetworks",
        "NumericalMethods", "Observations", "RobERt", "Units",
      ]),
    tests(
      "RobERtTests",
      ["RobERt", "NeuralNetworks", "NumericalMethods", "Observations", "Tensors", "TestSupport", "Units"]),
    tests(
      "FITSFilesTests", ["FITSFiles", "Observations", "SpectrumReading", "TestSupport"]),

    // Level 4
    module(
      "TrainingRuns",
      ["ContentHash", "JSONText", "NeuralNetworks", "PlainText", "PosixFiles", system]),
    tests(
      "TrainingRunsTests",
      [
        "TrainingRuns", "JSONText", "NeuralNetworks", "PosixFiles", "SystemCallRecorder", "TestSupport",
        system,
      ]),
    module(
      "TrainingSets",
      [
        "Atmospheres", "FITSFiles", "Interiors", "JSONText", "NeuralNetworks", "NumericalMethods",
        "Observations", "PosixFiles", "TrainingRuns", "Units", system,
      ]),
    tests(
      "TrainingSetsTests",
      [
        "TrainingSets", "Atmospheres", "FITSFiles", "Interiors", "JSONText", "NeuralNetworks",
        "NumericalMethods", "OpacityFiles", "ReferenceData", "TrainingRuns", "Units",
      ]),
    module(
      "InteriorTraining",
      [
        "InteriorMDN", "Interiors", "JSONText", "NeuralNetworks", "NumericalMethods", "Observations",
        "Tensors",
        "TrainingRuns", "TrainingSets", "Units",
      ]),
    tests(
      "InteriorTrainingTests",
      [
        "InteriorTraining", "InteriorMDN", "JSONText", "NeuralNetworks", "NumericalMethods", "Observations",
        "Tensors", "TrainingRuns", "TrainingSets",
      ]),
    module(
      "RobERtTraining",
      [
        "Atmospheres", "JSONText", "NeuralNetworks", "NumericalMethods", "Observations", "RobERt", "Tensors",
        "TrainingRuns", "TrainingSets", "Units",
      ]),
    tests(
      "RobERtTrainingTests",
      [
        "RobERtTraining", "Atmospheres", "NeuralNetworks", "NumericalMethods", "Observations", "RobERt",
        "TrainingRuns", "TrainingSets",
      ]),
    module(
      "ResultFiles", ["Analyses", "FITSFiles", "JSONText", "Observations", "PlainText", "Units"]),
    tests(
      "ResultFilesTests",
      [
        "ResultFiles", "Analyses", "FITSFiles", "InteriorMDN", "Observations", "PlainText", "PlanetXML",
        "RobERt",
        "SpectrumReading", "TestSupport", "Units",
      ], resources: [.copy("Golden")]),
    module(
      "Reports",
      [
        "Analyses", "InteriorMDN", "Markup", "NumericalMethods", "Observations", "PlainText", "ResultFiles",
        "RobERt", "Units",
      ]),
    module(
      "Pipeline",
      [
        "Analyses", "ContentHash", "FITSFiles", "Gzip", "InteriorMDN", "JobContract", "Observations",
        "PlainText",
        "PlanetCatalogue", "PlanetXML", "Reports", "ResultFiles", "RobERt", "SpectrumReading", "Units",
      ]),
    tests(
      "PipelineTests",
      [
        "Pipeline", "Analyses", "ContentHash", "FITSFiles", "InteriorMDN", "JobContract", "Observations",
        "PlanetCatalogue", "PlanetXML", "ReferenceData", "RobERt", "SpectrumReading", "TestSupport", "Units",
      ]),
    tests(
      "ReportsTests",
      ["Reports", "Analyses", "InteriorMDN", "Observations", "ResultFiles", "RobERt", "TestSupport", "Units"]),
    .executableTarget(
      name: "fuzz-readers",
      dependencies: ["FITSFiles", "Gzip", "NumericalMethods", "Pipeline"],
      path: "Tests/Fuzzing", exclude: ["words.dict"], swiftSettings: swiftSettings),

    // Level 5
    .target(name: "CProcess"),
    module(
      "ExospoolService",
      [
        "ContentHash", "CProcess", "DirectoryEvents", "JobContract", "JSONText", "PosixFiles", "SpoolQueue",
        logging, serviceLifecycle, system, tomlKit, unixSignals,
      ]),

    .executableTarget(
      name: "faulty-worker", dependencies: ["ExospoolService", "JobContract"], path: "Tests/FaultyWorker",
      swiftSettings: swiftSettings),
    tests(
      "ExospoolServiceTests",
      [
        "ExospoolService", "faulty-worker", "JobContract", "PosixFiles", "SpoolQueue", "SystemCallRecorder",
        logging, system,
      ]),

    // Level 6: programs
    program(
      "exospoold",
      [
        "ExospoolService", "JobContract", "Observations", "Pipeline", "PlanetCatalogue", "PosixFiles",
        "SpoolQueue", argumentParser, logging, serviceLifecycle, system,
      ]),
    program(
      "exospool",
      [
        "Analyses", "ExospoolService", "Installation", "JobContract", "JSONText", "Observations", "Pipeline",
        "PlainText", "PlanetCatalogue", "Reports", "SpoolQueue", argumentParser, system,
      ]),
    tests("exospoolTests", ["exospool", "SpoolQueue", "TestSupport", system]),
    program("generate-manuals", [argumentParser]),
    tests("ManualsTests", ["generate-manuals"]),
    program(
      "exospool-lab",
      [
        "Atmospheres", "FITSFiles", "Installation", "InteriorMDN", "Interiors", "InteriorTraining",
        "JSONText", "Markup", "MolecularBands", "NeuralNetworks", "NumericalMethods", "Observations",
        "OpacityFiles", "PlainText",
        "PosixFiles", "RobERt", "RobERtTraining", "SpectrumReading", "Tensors", "TrainingRuns",
        "TrainingSets", "Units", argumentParser, system,
      ]),
    tests(
      "exospool-labTests",
      ["exospool-lab", "exospool", "FITSFiles", "PosixFiles", "SystemCallRecorder", "TestSupport"]),
    program(
      "exospool-benchmark",
      [
        "Atmospheres", "Installation", "InteriorMDN", "Interiors", "InteriorTraining", "NeuralNetworks",
        "NumericalMethods", "Observations", "OpacityFiles", "RobERt", "Tensors", "TrainingSets", "Units",
        argumentParser,
      ]),
  ]
)
