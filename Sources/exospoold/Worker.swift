import Analyses
import ArgumentParser
import ExospoolService
import JobContract
import Pipeline
import PlanetCatalogue

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

  func run() throws {
    try WorkerLoop.run {
      do {
        let catalogue = try catalogue.map { directory throws(CatalogueError) in
          try PlanetCatalogue(directory: directory)
        }
        let resources = MethodResources(
          models: models, opacities: opacities,
          retrieval: RetrievalChoices(
            spectra: retrievalSpectra, seconds: retrievalSeconds, mode: completionMode),
          interiors: InteriorChoices(
            planets: interiorPlanets,
            starRelation: StarRelation(form: starRelation, scatter: starRelationScatter)))
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

  func isOpenEnded(_ bytes: [UInt8]) -> Bool { pipeline.isOpenEnded(bytes) }

  func process(
    _ bytes: [UInt8], name: String, isYoung: Bool, isWanted: (_ modelSetHash: String) -> Bool
  ) -> JobOutcome<JobResult>? {
    pipeline.analyze(bytes: bytes, inputName: name, isYoung: isYoung, isWanted: isWanted)?.map(\.result)
  }
}
