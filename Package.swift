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

/// A module that crunches numbers: optimised in a debug build as well, or tests and figures take minutes more.
func numerics(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: swiftSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))])
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
    // MARK: Level 0

    // module maps, and C of our own; each imported by one Swift target
    .systemLibrary(name: "CFITSIO", pkgConfig: "cfitsio", providers: [.apt(["libcfitsio-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CInotifyTools"),
    .target(name: "CBLAS", linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CRenaming"),
    .target(name: "CProcess"),
    .target(name: "CVectorMath"),
    // quantities and constants, all of them
    module("Units"),
    // quadrature, statistics, the one median, fits, seeded random numbers
    numerics("NumericalMethods"),
    // one JSON type, reader and writer; numbers and strangers' text as one line of plain text holds them
    module("JSONText"),
    module("PlainText"),
    // read whole, write all, replace durably, behind a seam that records and fails system calls
    module("PosixFiles", ["CRenaming", system]),
    // what a job ends with; where models and opacity tables are found
    module("JobContract"),
    module("Installation", ["PosixFiles", system]),

    // MARK: Level 1

    // jobs as files, states as directories, transitions as renames, recovery; knows no file format
    module("SpoolQueue", ["JSONText", "PlainText", "PosixFiles", system]),
    // inotify, SHA-256, inflating, HDF5: one library each
    module("DirectoryEvents", ["CInotifyTools"]),
    module("ContentHash", ["CCrypto"]),
    module("Gzip", ["CZlib", "JobContract"]),
    module("HDF5Files", ["CHDF5"]),
    // matrices, products behind one function, naive oracles
    numerics("Tensors", ["CBLAS", "CVectorMath"]),
    // values: spectrum, planet, star, measurement, the one grid of 400 bins, resampling, derived properties
    module("Observations", ["NumericalMethods", "PlainText", "Units"]),
    // escaped text, numbers, ticks, axes, SVG
    module("Markup", ["PlainText"]),
    // forward models without files or networks: layers of a planet, lines of molecules
    numerics("Interiors", ["Units"]),
    numerics("MolecularBands", ["NumericalMethods", "Observations", "Units"]),

    // MARK: Level 2

    // priors of planets' interiors
    numerics("InteriorSpaces", ["Interiors", "JSONText", "NumericalMethods", "Units"]),
    // opacities, profiles, clouds, transmission and emission on any set of bins
    numerics("Atmospheres", ["NumericalMethods", "Observations", "Tensors", "Units"]),
    // plain FITS; planet records
    module("FITSFiles", ["CFITSIO", "Gzip"]),
    module("PlanetXML", ["CLibXML2", "JobContract", "Observations", "PlainText", "Units"]),
    // bytes to a spectrum: sniffing, layouts of FITS and text, assembly
    module(
      "SpectrumReading", ["FITSFiles", "Gzip", "JobContract", "NumericalMethods", "Observations", "Units"]),
    // layers, losses, optimisers, model files
    numerics(
      "NeuralNetworks", ["ContentHash", "JSONText", "NumericalMethods", "PosixFiles", "Tensors", system]),
    // what a method is and what it finds: prepared spectrum, finding, flag, provenance
    module("Analyses", ["NumericalMethods", "Observations", "PlainText", "Units"]),
    // tables in `Etc/opacity`; planets by name
    module(
      "OpacityFiles",
      [
        "Atmospheres", "ContentHash", "FITSFiles", "HDF5Files", "MolecularBands", "NumericalMethods",
        "Observations", "PosixFiles", "Units", system,
      ]),
    module(
      "PlanetCatalogue", ["ContentHash", "Observations", "PlainText", "PlanetXML", "PosixFiles", system]),

    // MARK: Level 3

    // simulated spectra as components; any observation: mean and deviation of every bin, distance
    numerics("SpectralPrior", ["Atmospheres", "NumericalMethods", "Observations", "Tensors", "Units"]),
    // spaces of atmospheres with their priors, likelihood on the points as observed, posterior, evidence
    numerics(
      "Retrieval",
      [
        "Analyses", "Atmospheres", "NeuralNetworks", "NumericalMethods", "Observations", "SpectralPrior",
        "Tensors",
        "Units",
      ]),

    // MARK: Level 4

    // one published method each, with what makes a finding of its answer
    numerics(
      "InteriorMDN",
      [
        "Analyses", "InteriorSpaces", "Interiors", "NeuralNetworks", "NumericalMethods", "Observations",
        "PlainText", "Tensors", "Units",
      ]),
    numerics("ExoGAN", ["NeuralNetworks", "NumericalMethods", "Observations", "Tensors"]),
    numerics(
      "RobERt",
      [
        "Analyses", "Atmospheres", "NeuralNetworks", "NumericalMethods", "Observations", "PlainText",
        "Retrieval", "SpectralPrior", "Tensors", "Units",
      ]),

    // a spectrum's atmosphere and all of its wavelengths, by posterior; the published ExoGAN beside it
    module(
      "SpectrumCompleting",
      [
        "Analyses", "Atmospheres", "ExoGAN", "Observations", "OpacityFiles", "PlainText", "Retrieval",
        "SpectralPrior", "Units",
      ]),

    // three networks that retrieve, and what each of their answers rests on, wavelength by wavelength
    numerics(
      "SpectralSensitivity",
      [
        "Analyses", "ContentHash", "NeuralNetworks", "NumericalMethods", "Observations", "PlainText",
        "Retrieval", "SpectralPrior", "SpectrumCompleting", "Tensors",
      ]),

    // MARK: Level 5

    // FITS, JSON, XML, text, log line, schema: each once, from findings
    module(
      "ResultFiles", ["Analyses", "FITSFiles", "JSONText", "Observations", "PlainText", "Units"]),
    // the HTML page, one section a method
    module(
      "Reports",
      [
        "Analyses", "ExoGAN", "InteriorMDN", "Markup", "NumericalMethods", "Observations", "PlainText",
        "ResultFiles", "RobERt", "SpectralPrior", "SpectralSensitivity", "SpectrumCompleting", "Units",
      ]),
    // loop, checkpoint, shards, card; training sets from the forward models; then one target a method
    module(
      "TrainingRuns",
      ["ContentHash", "JSONText", "NeuralNetworks", "PlainText", "PosixFiles", system]),
    numerics(
      "TrainingSets",
      [
        "Atmospheres", "FITSFiles", "Interiors", "InteriorSpaces", "JSONText", "NeuralNetworks",
        "NumericalMethods", "Observations", "PosixFiles", "Retrieval", "SpectralPrior", "TrainingRuns",
        "Units", system,
      ]),
    numerics(
      "InteriorTraining",
      [
        "Analyses", "InteriorMDN", "Interiors", "InteriorSpaces", "JSONText", "NeuralNetworks",
        "NumericalMethods", "Observations",
        "Tensors",
        "TrainingRuns", "TrainingSets", "Units",
      ]),
    numerics(
      "ExoGANTraining",
      [
        "ExoGAN", "JSONText", "NeuralNetworks", "NumericalMethods", "Observations", "Tensors", "TrainingRuns",
        "TrainingSets",
      ]),
    // spectra as they might have been observed; networks that propose what planets they are of
    numerics(
      "RetrievalTraining",
      [
        "Atmospheres", "JSONText", "NeuralNetworks", "NumericalMethods", "Observations", "Retrieval",
        "SpectralPrior", "Tensors", "TrainingRuns", "TrainingSets", "Units",
      ]),
    // networks that recognise molecules, in bins and in points as observed
    numerics(
      "RobERtTraining",
      [
        "Atmospheres", "JSONText", "NeuralNetworks", "NumericalMethods", "Observations", "Retrieval",
        "RetrievalTraining", "RobERt", "SpectralPrior", "Tensors", "TrainingRuns", "TrainingSets", "Units",
      ]),

    // networks that retrieve, from views of observed spectra
    numerics(
      "SensitivityTraining",
      [
        "JSONText", "NeuralNetworks", "NumericalMethods", "Retrieval", "RetrievalTraining", "SpectralPrior",
        "SpectralSensitivity", "Tensors", "TrainingRuns", "TrainingSets",
      ]),

    // MARK: Level 6

    // the methods, one line each; one file in, results out
    module(
      "Pipeline",
      [
        "Analyses", "ContentHash", "FITSFiles", "Gzip", "InteriorMDN", "JobContract", "Observations",
        "PlainText",
        "PlanetCatalogue", "PlanetXML", "Reports", "ResultFiles", "RobERt", "SpectralSensitivity",
        "SpectrumCompleting", "SpectrumReading",
      ]),

    // MARK: Level 7

    // supervisor, workers with limits, configuration, readiness
    module(
      "ExospoolService",
      [
        "ContentHash", "CProcess", "DirectoryEvents", "JobContract", "JSONText", "PlainText", "PosixFiles",
        "SpoolQueue", logging, serviceLifecycle, system, tomlKit, unixSignals,
      ]),

    // MARK: Level 8

    // the daemon, the operator's tool, the laboratory, the stopwatch; makers of manuals and schemas
    program(
      "exospoold",
      [
        "Analyses", "ExospoolService", "Installation", "JobContract", "Observations", "Pipeline", "PlainText",
        "PlanetCatalogue", "PosixFiles", "SpoolQueue", "Tensors", argumentParser, logging, serviceLifecycle,
        system,
      ]),
    program(
      "exospool",
      [
        "Analyses", "ContentHash", "ExospoolService", "Installation", "JobContract", "JSONText",
        "Observations", "Pipeline", "PlainText", "PlanetCatalogue", "PosixFiles", "Reports",
        "SpectrumReading", "SpoolQueue", argumentParser, system,
      ]),
    program(
      "exospool-lab",
      [
        "Analyses", "Atmospheres", "ExoGAN", "ExoGANTraining", "FITSFiles", "Installation", "InteriorMDN",
        "Interiors", "InteriorSpaces", "InteriorTraining", "JSONText", "Markup", "MolecularBands",
        "NeuralNetworks", "NumericalMethods",
        "Observations",
        "OpacityFiles", "PlainText", "PlanetXML", "PosixFiles", "Retrieval", "RetrievalTraining", "RobERt",
        "RobERtTraining", "SensitivityTraining",
        "SpectralPrior", "SpectralSensitivity", "SpectrumCompleting", "SpectrumReading",
        "Tensors", "TrainingRuns", "TrainingSets", "Units", argumentParser, system,
      ]),
    program(
      "exospool-benchmark",
      [
        "Atmospheres", "ExoGAN", "ExoGANTraining", "Installation", "InteriorMDN", "Interiors",
        "InteriorSpaces", "InteriorTraining",
        "NeuralNetworks", "NumericalMethods", "Observations", "OpacityFiles", "PlainText", "Retrieval",
        "RobERt",
        "Tensors",
        "TrainingSets",
        "Units", argumentParser,
      ]),
    program("generate-manuals", [argumentParser]),
    program("generate-schemas", ["Pipeline", "ResultFiles", argumentParser]),

    // MARK: Tests

    .target(name: "ReferenceData", path: "Tests/ReferenceData", swiftSettings: swiftSettings),
    .target(
      name: "SystemCallRecorder", dependencies: ["PosixFiles", system], path: "Tests/SystemCallRecorder",
      swiftSettings: swiftSettings),
    // models small enough for tests, and what reads them
    module(
      "TestSupport",
      [
        "Analyses", "ExoGAN", "FITSFiles", "InteriorMDN", "NeuralNetworks", "NumericalMethods",
        "Observations", "Retrieval", "RobERt", "SpectralPrior", "SpectralSensitivity",
        "SpectrumCompleting", "Tensors", "Units",
      ]),
    // what a confined process may still do
    .target(name: "CSandboxProbe", path: "Tests/SandboxProbe"),
    .executableTarget(
      name: "faulty-worker",
      dependencies: [
        "ContentHash", "CSandboxProbe", "ExospoolService", "JobContract", "PosixFiles", system,
      ],
      path: "Tests/FaultyWorker", swiftSettings: swiftSettings),
    .executableTarget(
      name: "fuzz-readers",
      dependencies: ["FITSFiles", "Gzip", "NumericalMethods", "Pipeline"],
      path: "Tests/Fuzzing", exclude: ["words.dict"], swiftSettings: swiftSettings),

    tests("UnitsTests", ["Units"]),
    tests("NumericalMethodsTests", ["NumericalMethods"]),
    tests("JSONTextTests", ["JSONText"]),
    tests("PlainTextTests", ["PlainText"]),
    tests("PosixFilesTests", ["PosixFiles", "SystemCallRecorder", system]),
    tests("JobContractTests", ["JobContract"]),
    tests("InstallationTests", ["Installation"]),
    tests("SpoolQueueTests", ["SpoolQueue", "PosixFiles", "SystemCallRecorder", system]),
    tests("DirectoryEventsTests", ["DirectoryEvents"]),
    tests("ContentHashTests", ["ContentHash"]),
    tests("GzipTests", ["Gzip"]),
    tests("TensorsTests", ["Tensors", "NumericalMethods"]),
    tests("ObservationsTests", ["Observations", "Units"]),
    tests("MarkupTests", ["Markup"]),
    tests("InteriorsTests", ["Interiors", "Units"], resources: [.copy("Golden")]),
    tests("InteriorSpacesTests", ["InteriorSpaces", "NumericalMethods"]),
    tests("MolecularBandsTests", ["MolecularBands", "Units", "NumericalMethods"]),
    tests(
      "AtmospheresTests",
      ["Atmospheres", "NumericalMethods", "Observations", "ReferenceData", "Tensors", "Units"],
      resources: [.copy("Golden")]),
    tests(
      "FITSFilesTests", ["FITSFiles", "TestSupport"]),
    tests(
      "PlanetXMLTests", ["PlanetXML", "NumericalMethods", "Observations", "ReferenceData", "Units"],
      resources: [.copy("Golden")]),
    tests(
      "SpectrumReadingTests",
      [
        "SpectrumReading", "FITSFiles", "JobContract", "NumericalMethods", "Observations", "ReferenceData",
        "TestSupport",
      ]),
    tests(
      "NeuralNetworksTests",
      [
        "NeuralNetworks", "JSONText", "NumericalMethods", "PosixFiles", "SystemCallRecorder", "Tensors",
        system,
      ],
      resources: [.copy("Golden")]),
    tests("SpectralPriorTests", ["SpectralPrior", "NumericalMethods", "Observations", "Tensors", "Units"]),
    tests(
      "OpacityFilesTests",
      [
        "OpacityFiles", "Atmospheres", "FITSFiles", "MolecularBands", "Observations", "ReferenceData",
        "Units",
      ],
      resources: [.copy("Golden")]),
    tests("PlanetCatalogueTests", ["PlanetCatalogue", "Observations", "ReferenceData"]),
    tests(
      "InteriorMDNTests",
      [
        "InteriorMDN", "Analyses", "InteriorTraining", "NeuralNetworks", "NumericalMethods", "Observations",
        "TestSupport",
        "Units",
      ]),
    tests("ExoGANTests", ["ExoGAN", "NeuralNetworks", "NumericalMethods", "Observations", "Tensors"]),
    tests(
      "RobERtTests",
      [
        "RobERt", "Analyses", "NeuralNetworks", "NumericalMethods", "Observations", "Retrieval",
        "SpectralPrior",
        "Tensors", "TestSupport", "Units",
      ]),
    tests(
      "SpectrumCompletingTests",
      ["SpectrumCompleting", "Analyses", "Observations", "Retrieval", "SpectralPrior", "Units"]),
    tests(
      "SpectralSensitivityTests",
      [
        "SpectralSensitivity", "NeuralNetworks", "NumericalMethods", "Observations", "Retrieval",
        "SpectralPrior", "Tensors", "TestSupport",
      ]),
    tests(
      "ResultFilesTests",
      [
        "ResultFiles", "Analyses", "FITSFiles", "InteriorMDN", "JSONText", "Observations", "PlainText",
        "PlanetXML", "RobERt", "SpectrumCompleting", "SpectrumReading", "TestSupport", "Units",
      ], resources: [.copy("Golden")]),
    tests(
      "ReportsTests",
      [
        "Reports", "Analyses", "InteriorMDN", "Observations", "ResultFiles", "RobERt",
        "SpectralSensitivity", "SpectrumCompleting",
        "TestSupport", "Units",
      ]),
    tests(
      "TrainingRunsTests",
      ["TrainingRuns", "NeuralNetworks", "PosixFiles", "SystemCallRecorder", "TestSupport", system]),
    tests(
      "TrainingSetsTests",
      [
        "TrainingSets", "Atmospheres", "FITSFiles", "Interiors", "InteriorSpaces", "JSONText",
        "NeuralNetworks",
        "NumericalMethods", "OpacityFiles", "ReferenceData", "Retrieval", "TrainingRuns", "Units",
      ]),
    tests(
      "InteriorTrainingTests",
      [
        "InteriorTraining", "InteriorMDN", "JSONText", "NeuralNetworks", "NumericalMethods", "Observations",
        "Tensors", "TrainingRuns", "TrainingSets",
      ]),
    tests(
      "ExoGANTrainingTests",
      [
        "ExoGANTraining", "ExoGAN", "NeuralNetworks", "NumericalMethods", "Observations", "TrainingRuns",
        "TrainingSets",
      ]),
    tests(
      "RetrievalTests",
      [
        "Retrieval", "Atmospheres", "NeuralNetworks", "NumericalMethods", "Observations", "OpacityFiles",
        "SpectralPrior", "Tensors", "TestSupport", "Units",
      ]),
    tests(
      "RetrievalTrainingTests",
      [
        "RetrievalTraining", "JSONText", "NeuralNetworks", "NumericalMethods", "Observations", "Retrieval",
        "SpectralPrior", "Tensors", "TestSupport", "TrainingRuns", "TrainingSets",
      ]),
    tests("SensitivityTrainingTests", ["SensitivityTraining", "NumericalMethods"]),
    tests(
      "RobERtTrainingTests",
      [
        "RobERtTraining", "Atmospheres", "NeuralNetworks", "NumericalMethods", "Observations", "Retrieval",
        "RetrievalTraining", "RobERt", "SpectralPrior", "TrainingRuns", "TrainingSets",
      ]),
    tests(
      "PipelineTests",
      [
        "Pipeline", "Analyses", "ContentHash", "FITSFiles", "InteriorMDN", "JobContract", "JSONText",
        "Observations", "PlanetCatalogue", "PlanetXML", "ReferenceData", "RobERt", "SpectrumCompleting",
        "SpectrumReading", "TestSupport", "Units",
      ]),
    tests(
      "ExospoolServiceTests",
      [
        "DirectoryEvents", "ExospoolService", "faulty-worker", "JobContract", "PosixFiles", "SpoolQueue",
        "SystemCallRecorder",
        logging, system,
      ]),
    tests("exospoolTests", ["exospool", "PosixFiles", "SpoolQueue", "TestSupport"]),
    tests(
      "exospool-labTests",
      ["exospool-lab", "exospool", "FITSFiles", "PosixFiles", "SystemCallRecorder", "TestSupport"]),
    tests("ManualsTests", ["generate-manuals"]),
    tests(
      "ThrowAwayMethodTests",
      [
        "Analyses", "FITSFiles", "JSONText", "JobContract", "Observations", "Pipeline", "PlanetXML",
        "ResultFiles", "TestSupport",
      ]),
  ]
)
