import ArgumentParser
import JSONText
import NeuralNetworks
import Observations
import OpacityFiles
import RobERt
import RobERtTraining
import Tensors
import TrainingRuns
import TrainingSets

struct EvaluateRobERt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "robert",
    abstract: "Judge a network that recognises molecules on spectra it was never trained on.",
    discussion: """
      Prints accuracy and confusion matrix of spectra with one gas, for every molecule the area under the curve and the recall \
      at 95 % precision, and how well the probabilities hold; and writes them into the model's card. --tables adds the accuracy \
      by instrument and signal-to-noise. --dreams compares each dream with the mean training spectrum of its molecule.

        exospool-lab evaluate robert robert-2016 --set exospool-sets --dreams
        exospool-lab evaluate robert robert-emission --set exospool-sets --test-set waldmann-2016 --tables
      """)

  @Argument(help: "robert-2016, robert-emission or robert-transmission.")
  var name: String

  @Option(help: "Directory of the training set's shards; its last spectra are the test.")
  var set: String

  @OptionGroup var location: ModelsLocation

  @Option(help: "Judge on the last spectra of another set of the same kind; nothing is written then.")
  var testSet: String?

  @ArgumentParser.Flag(help: "Also by instrument and signal-to-noise per bin.")
  var tables = false

  @ArgumentParser.Flag(help: "Also the detection limits by instrument and noise.")
  var limits = false

  @ArgumentParser.Flag(help: "Also the dreams.")
  var dreams = false

  @ArgumentParser.Flag(
    help:
      "Also the share of spectra of stars, brown dwarfs and wild noise, and of its own, that it takes for none of its own."
  )
  var foreign = false

  @OptionGroup var opacity: OpacityLocation

  @Option(
    help:
      "SVG file to draw dreams of H2O, CO2, TiO and CH4 into, over the mean training spectra; with --dreams.")
  var figure: String?

  @Option(help: "Use only so many spectra of the set, in whole shards: as in training.")
  var spectra: Int?

  @Option(help: "Seed of coverage and noise.")
  var seed: UInt64 = 2

  @Option(help: "Threads.")
  var threads = 2

  func validate() throws {
    guard RobERtRecipe.named(name) != nil else {
      throw ValidationError(
        "\"\(name)\" is no RobERt; there are \(RobERtRecipe.all.map(\.name).joined(separator: ", ")).")
    }
  }

  func run() throws {
    guard let recipe = RobERtRecipe.named(name) else { throw ExitCode.validationFailure }
    BLAS.useThreads(1)
    let models = try location.directory()
    guard let (model, _) = try RobERtModelSet.loadOne(name, directory: models),
      let file = try ModelFile.load(name, directory: models)
    else {
      throw ValidationError(
        "\(models) holds no \(name).safetensors; train it with: exospool-lab train robert \(name)")
    }
    let data = try SpectrumTrainingSet(
      testSet ?? recipe.set, kind: recipe.kind, directory: set, limit: spectra ?? .max)
    let judge = RobERtJudge(
      model: model, data: data, division: SetDivision(spectra: data.count), plan: recipe.plan, seed: seed,
      threads: threads)
    var members = [JSON.Member("heldOut", judge.heldOut(command: CommandLine.command))]
    if tables { members.append(.init("byInstrument", judge.byInstrument())) }
    if dreams { members.append(.init("dreams", try judge.dreams(figure: figure))) }
    if foreign {
      let foreign = ForeignSpectra(
        model: try OpacityLibrary(directory: opacity.directory()).model(.training))
      members.append(.init("outside", try judge.outside(foreign)))
    }
    if limits { members.append(.init("detectionLimits", judge.limits())) }
    guard testSet == nil else { return }
    let card = members.reduce(file.card) { ModelCard.setting($1.key, to: $1.value, in: $0) }
    try ModelFile.write(card: card, name: name, directory: models)
  }
}
