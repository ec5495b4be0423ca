import Analyses
import ArgumentParser
import JobContract
import Pipeline
import PlainText
import PlanetCatalogue
import Reports

extension RetrievalChoices.Mode: ExpressibleByArgument {}
extension StarRelation.Form: ExpressibleByArgument {}

struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Analyse planet records and spectra here and now, without a daemon.",
    discussion: """
      Gives the same results as the daemon, byte for byte. A file that is refused is named on standard error with \
      the reason; the others are still analysed. FILE may be '-' for standard input.

      A spectrum may say more of itself by keys: EXOKIND (transmission, eclipse or stellar), OBJECT, and RSTAR, the \
      star's radius in solar radii; in a text by lines such as '# OBJECT = HD 209458 b'. What you know of \
      a spectrum (--object, --kind, --star-radius and their like) goes before the file and the catalogue, holds for all \
      spectra of the command, and stands in the results as the user's word. A transit or eclipse spectrum gets a line a molecule where \
      the networks robert-transmission and robert-emission are among the models.

      Examples:
        exospool analyze 'GJ 486.xml'
        exospool analyze --catalogue ~/open_exoplanet_catalogue/systems x1d.fits
        exospool analyze --object 'WASP-39 b' --kind transmission --star-radius 0.932:0.014 --planet-mass 0.28:0.03 \\
          --planet-radius 1.28 --planet-temperature 1170 depths.csv
        exospool analyze --output results *.xml
        exospool analyze --output results --figures depths.csv
        exospool analyze --json 'GJ 486.xml' | jq '.planets[].name'
        exospool analyze --portrait planets.svg *.xml

      Exit status:
        0   all files were analysed
        65  at least one file was refused as bad data
        66  a file could not be opened
        75  a temporary fault; try again
        78  the models or the catalogue could not be loaded
      """)

  @Argument(
    help: ArgumentHelp("Planet records (XML) and spectra (FITS, text).", valueName: "file"),
    completion: .file())
  var files: [String]

  @Flag(help: "Print summary.json of each file instead of text.")
  var json = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the result, summary.json and report.html of each file into a directory of its own below this one.",
      valueName: "dir"), completion: .directory)
  var output: String?

  @Flag(
    help: "With --output: each figure of the report as SVG and its numbers as CSV, in a folder figures there."
  )
  var figures = false

  @Option(
    help: ArgumentHelp(
      "Draw all planets side by side, to one scale, into this SVG file.", valueName: "svg"),
    completion: .file(extensions: ["svg"]))
  var portrait: String?

  @OptionGroup(title: "What you know of a spectrum") var knowledge: StatementOptions

  @Option(
    help: ArgumentHelp(
      "Where the networks are. Default: $EXOSPOOL_MODELS_DIRECTORY, else the checkout's Etc/models, else "
        + "/usr/share/exospool/models.", valueName: "dir"), completion: .directory)
  var models: String?

  @Option(
    help: ArgumentHelp(
      "A folder of Open Exoplanet Catalogue records, where star and planet of a spectrum are looked up by the name of "
        + "its object. Default: $EXOSPOOL_CATALOGUE_DIRECTORY, else what /etc/exospool/exospool.toml says, else none.",
      valueName: "dir"), completion: .directory)
  var catalogue: String?

  @Option(
    help: ArgumentHelp(
      "Where the opacity tables are that atmospheres are retrieved with. Default: $EXOSPOOL_OPACITY_DIRECTORY, else "
        + "the checkout's Etc/opacity, else what /etc/exospool/exospool.toml says, else /usr/share/exospool/opacity.",
      valueName: "dir"), completion: .directory)
  var opacities: String?

  @Option(
    help: ArgumentHelp(
      "Spectra that the forward model may compute to sample one atmosphere's posterior, and as many at most to ask whether other gases explain what it shows; 0: none is retrieved.",
      valueName: "count"))
  var retrievalSpectra = RetrievalChoices.usualSpectra

  @Option(
    help: ArgumentHelp(
      "A retrieval is stopped after so long, as a safety net; 0: none is retrieved.", valueName: "s"))
  var retrievalSeconds = RetrievalChoices.usualSeconds

  @Option(
    help:
      "What completes spectra: the posterior; or exogan-2018, the published ExoGAN beside the posterior of its own set."
  )
  var completionMode = RetrievalChoices.Mode.posterior

  @Option(
    help: ArgumentHelp(
      "Planets that the forward model may solve for one posterior of a planet's interior; 0: the networks alone answer.",
      valueName: "count"))
  var interiorPlanets = InteriorChoices.usualPlanets

  @Option(
    help:
      "What a planet's Fe/(Mg+Si) is taken to be from its star's: one-to-one; or adibekyan-2021, the steeper line of that paper."
  )
  var starRelation = StarRelation.Form.oneToOne

  @Option(help: "Scatter of one-to-one, a standard deviation in ln of the ratio.")
  var starRelationScatter = StarRelation.usualScatter

  @ArgumentParser.Flag(
    inversion: .prefixedNo, help: "Trace the numbers of a transit to the wavelengths that they rest on.")
  var sensitivity = true

  @Option(help: "Threads of a retrieval; results do not depend on them.")
  var threads = 2

  func validate() throws {
    if figures, output == nil {
      throw ValidationError("--figures goes with --output, the directory to write to.")
    }
    guard retrievalSpectra >= 0, retrievalSeconds >= 0, interiorPlanets >= 0, starRelationScatter > 0,
      (1...256).contains(threads)
    else {
      throw ValidationError(
        "--retrieval-spectra, --retrieval-seconds and --interior-planets are 0 or more, --star-relation-scatter is "
          + "above 0, --threads is 1 to 256.")
    }
  }

  func run() throws {
    let pipeline = try loadPipeline()
    let statement = try knowledge.statement()
    var outputNames: Set<String> = []
    var analyses: [SystemAnalysis] = []
    var failures: [ExitStatus] = []
    for file in files {
      do {
        let products = try analyze(file, statement, by: pipeline)
        if products.system != nil, !statement.isEmpty {
          Console.complain("\(file) is a planet record: what the options say of a spectrum was not used")
        }
        try write(products, of: file, outputNames: &outputNames)
        if let system = products.system { analyses.append(system) }
      } catch {
        Console.complain(error.sentence)
        failures.append(error.code)
      }
    }
    if let portrait { try Files.replace(portrait, with: Array(PortraitFigure.svg(for: analyses).utf8)) }
    guard let first = failures.first else { return }
    throw ExitCode((failures.contains(.badData) ? .badData : first).rawValue)
  }

  private func loadPipeline() throws(ToolError) -> AnalysisPipeline {
    let directory = try ModelsLocation.directory(option: models)
    let catalogue = try CatalogueLocation.directory(option: catalogue)
    do {
      let resources = MethodResources(
        modelsDirectory: directory, opacityDirectory: try OpacityLocation.directory(option: opacities),
        retrieval: RetrievalChoices(
          spectra: retrievalSpectra, seconds: retrievalSeconds, mode: completionMode),
        interiors: InteriorChoices(
          planets: interiorPlanets,
          starRelation: StarRelation(form: starRelation, scatter: starRelationScatter)),
        tracesSensitivity: sensitivity, threads: threads)
      return try AnalysisPipeline(
        resources,
        catalogue: catalogue.map { path throws(CatalogueError) in try PlanetCatalogue(directory: path) })
    } catch {
      throw ToolError(.configuration, "\(error)")
    }
  }

  private func analyze(
    _ file: String, _ statement: UserStatement, by pipeline: AnalysisPipeline
  ) throws(ToolError) -> AnalysisProducts {
    let bytes = try Input.read(file)
    let outcome = pipeline.analyze(
      bytes: bytes, inputName: Self.inputName(of: file), statement: statement, isYoung: false)
    switch outcome {
    case .done(let products): return products
    case .corrupt(let reason), .unsettled(let reason):
      throw ToolError(.badData, Self.reason(reason, of: file))
    case .failed(let reason, let mayPass):
      throw ToolError(mayPass ? .temporary : .internalFault, Self.reason(reason, of: file))
    }
  }

  private func write(
    _ products: AnalysisProducts, of file: String, outputNames: inout Set<String>
  ) throws(ToolError) {
    if json {
      for product in products.result.products where product.name == "summary.json" {
        try Console.write(product.bytes)
      }
    } else {
      try Console.write(products.text)
    }
    guard let output else { return }
    let directory = output + "/" + Self.directoryName(for: Self.inputName(of: file), unlike: &outputNames)
    try Files.makeDirectory(directory)
    try Files.replace(products.result.products.map { (directory + "/" + $0.name, $0.bytes) })
    if figures {
      let drawn = products.spectrum.map(FigureFile.files) ?? products.system.map(FigureFile.files) ?? []
      try Files.makeDirectory(directory + "/figures")
      try Files.replace(drawn.map { (directory + "/figures/" + $0.name, Array($0.text.utf8)) })
    }
    if !json { try Console.write("\nReport: \(PlainText.line(directory, limit: 4000))/report.html\n\n") }
  }

  /// The pipeline knows the file by its last component; the operator knows the path.
  static func reason(_ reason: String, of file: String) -> String {
    let name = PlainText.line(inputName(of: file), limit: 4000)
    return reason.hasPrefix(name) ? file + reason.dropFirst(name.count) : "\(file): \(reason)"
  }

  private static func inputName(of file: String) -> String {
    file == "-" ? "standard-input" : Files.lastComponent(file)
  }

  /// The file's name without `.xml`; a second file of that name gets a number.
  static func directoryName(for name: String, unlike taken: inout Set<String>) -> String {
    var stem = name
    if stem.lowercased().hasSuffix(".xml"), stem.count > 4 { stem.removeLast(4) }
    if stem == "." || stem == ".." { stem = "unnamed" }
    var candidate = stem
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(stem)-\(number)"
      number += 1
    }
    return candidate
  }
}
