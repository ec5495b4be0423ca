package import NeuralNetworks
import NumericalMethods
import Observations
package import RobERt
import Tensors
package import TrainingRuns
package import TrainingSets

extension RobERtModel {
  /// Spectra on the whole grid that the training domain is learnt from.
  private static let domainCount = 20_000

  /// A trained network with all that it takes to use it, learnt on validation spectra: calibration, thresholds, domain; and
  /// the dreams.
  package init(
    recipe: RobERtRecipe, perceptron: Sequential<Float>, belief: DeepBeliefNetwork,
    source: ExampleSource, division: SetDivision, validation: ExampleBatch, limits: DetectionLimits
  ) {
    let molecules = KnownMolecules.names
    let outputs = perceptron(
      Matrix(rows: validation.rows, columns: ExampleBatch.inputWidth, elements: validation.inputs))
    let recognition = RecognitionNetwork(
      molecules: molecules, perceptron: perceptron,
      calibration: .init(
        outputs: (0..<outputs.rows).map { Array(outputs.row($0)) }, shown: validation.shown,
        singleClass: validation.singleClass, molecules: molecules.count))
    let probabilities = (0..<outputs.rows).map { recognition.answer(Array(outputs.row($0))).molecules }
    let seed = recipe.options.seed
    let whole = ExampleSource(set: source.set, plan: .fullGrid(signalToNoise: 1000))
    func observe(_ source: ExampleSource, _ rows: Range<Int>) -> [ObservedExample] {
      rows.compactMap { row in
        var random = SeededRandom(seed: seed, stream: 0xD0_0000_0000 + UInt64(row))
        return source.example(row, random: &random)
      }
    }
    self.init(
      name: recipe.name, kind: recipe.kind, recognition: recognition, belief: belief,
      dreams: (0...molecules.count).map {
        belief.dream(of: $0 < molecules.count ? $0 : nil, seed: seed).visible
      },
      domain: TrainingDomain(
        whole: observe(whole, 0..<min(Self.domainCount, division.training.count)).map(\.encoded),
        observed: observe(source, division.validation), seed: seed),
      limits: limits,
      thresholds: .init(
        probabilities: probabilities, shown: validation.shown, molecules: molecules.count),
      trainingSetVersion: source.set.shards.metadata["version"].flatMap { Int($0) } ?? 1)
  }

  /// The mean shape of the training spectra that show a molecule and no other, seen whole and well; empty where there is
  /// none. What a dream is to resemble.
  package static func meanShape(of molecule: Int, source: SpectrumTrainingSet, rows: Range<Int>) -> [Double] {
    let whole = ExampleSource(set: source, plan: .clear)
    var sum = [Double](repeating: 0, count: SpectralGrid.standard.count)
    var count = 0.0
    for row in rows where source.first[row + 1] - source.first[row] == 1 {
      guard source.molecule[source.first[row]] == molecule else { continue }
      var random = SeededRandom(seed: 1, stream: UInt64(row))
      guard let example = whole.example(row, random: &random), example.singleClass == molecule + 1 else {
        continue
      }
      for j in sum.indices { sum[j] += example.encoded.shape[j] }
      count += 1
    }
    return count > 0 ? sum.map { $0 / count } : []
  }
}
