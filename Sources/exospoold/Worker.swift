import Analyses
import ArgumentParser
import ExospoolService
import JobContract
import Pipeline
import PlanetCatalogue
import Tensors

struct Worker: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open and analyse files for a supervisor, which starts this itself.", shouldDisplay: false)

  @Option var models: String
  @Option var catalogue: String?
  @Option var opacities: String?
  @Option var seed: UInt64 = 0
  @Option var retrievalSpectra = RetrievalChoices.usualSpectra
  @Option var retrievalSeconds = RetrievalChoices.usualSeconds
  @Option var completionMode = RetrievalChoices.Mode.posterior
  @Option var interiorPlanets = InteriorChoices.usualPlanets
  @Option var starRelation = StarRelation.Form.oneToOne
  @Option var starRelationScatter = StarRelation.usualScatter
  @ArgumentParser.Flag(inversion: .prefixedNo) var sensitivity = true

  func run() throws {
    // Loaded while any library may be.
    _ = BLAS.kernels
    let resources = MethodResources(
      models: models, opacities: opacities,
      retrieval: RetrievalChoices(spectra: retrievalSpectra, seconds: retrievalSeconds, mode: completionMode),
      interiors: InteriorChoices(
        planets: interiorPlanets, starRelation: StarRelation(form: starRelation, scatter: starRelationScatter)
      ),
      tracesSensitivity: sensitivity)
    let folders = [models, catalogue, resources.opacityDirectory].compactMap(\.self)
    try WorkerLoop.run(reading: folders) {
      do {
        let catalogue = try catalogue.map { directory throws(CatalogueError) in
          try PlanetCatalogue(directory: directory)
        }
        return PipelineProcessor(
          pipeline: try AnalysisPipeline(resources, catalogue: catalogue, seed: seed))
      } catch {
        throw fail(["\(error)"], .configuration)
      }
    }
  }
}

extension RetrievalChoices.Mode: ExpressibleByArgument {}
extension StarRelation.Form: ExpressibleByArgument {}

/// The pipeline as the service's workers call it.
struct PipelineProcessor: JobProcessor {
  let pipeline: AnalysisPipeline

  var identity: [String] { pipeline.identity }

  func isOpenEnded(_ bytes: [UInt8]) -> Bool { pipeline.isOpenEnded(bytes) }

  func process(
    _ bytes: [UInt8], name: String, statement: UserStatement, isYoung: Bool,
    isWanted: (_ modelSetHash: String) -> Bool
  ) -> JobOutcome<JobResult>? {
    pipeline.analyze(
      bytes: bytes, inputName: name, statement: statement, isYoung: isYoung, isWanted: isWanted
    )?.map(\.result)
  }
}
