/// A band of a model: the constants it was given, and what a sum over its lines gives back.
package struct BandSummary: Sendable {
  package let name: String
  /// Origin as given, um.
  package let origin: Double
  /// Where the lines lie: their mean weighted with strength, or the head of an electronic 0-0 band, um.
  package let position: Double
  /// As given: cm a molecule of a vibrational band, f of an electronic system.
  package let strength: Double
  /// The same from the sum over lines.
  package let summed: Double

  /// The bands of a gas, strongest first; none where its opacity is no sum of bands. Vibrational bands are taken
  /// from the ground level at 296 K, electronic ones over all levels at 2000 K.
  package static func bands(of species: String) -> [BandSummary] {
    let summaries: [BandSummary]
    switch species {
    case "NH3": summaries = vibrational(SymmetricTop.ammonia)
    case "PH3": summaries = vibrational(SymmetricTop.phosphine)
    case "HCN": summaries = vibrational(LinearMolecule.hydrogenCyanide)
    case "C2H2": summaries = vibrational(LinearMolecule.acetylene)
    case "H2S": summaries = vibrational(AsymmetricTop.hydrogenSulfide)
    case "SO2": summaries = vibrational(AsymmetricTop.sulfurDioxide)
    case "TiO": summaries = electronic(DiatomicMolecule.titaniumOxide)
    case "VO": summaries = electronic(DiatomicMolecule.vanadiumOxide)
    default: summaries = []
    }
    return summaries.sorted { $0.strength > $1.strength }
  }

  /// The gases that have bands.
  package static let gases = ["NH3", "HCN", "C2H2", "H2S", "SO2", "PH3", "TiO", "VO"]

  private static let grid = SamplingGrid(firstEdge: 0.3, ratio: 1.01, binCount: 430, pointsPerBin: 64)

  /// Sum of strengths and the mean wavenumber weighted with them; without stimulated emission, as constants are.
  private static func sum(of model: some LineModel, temperature: Double) -> (
    strength: Double, wavenumber: Double
  ) {
    var sticks = StickSpectra(grid: grid, temperatures: [temperature])
    model.addLines(to: &sticks)
    let strengths = sticks.lineStrengths(
      temperatureIndex: 0, partitionFunction: model.partitionFunctionOfLines(temperature: temperature),
      stimulatedEmission: false)
    let total = strengths.reduce(0, +)
    let moment = strengths.indices.reduce(0.0) { $0 + strengths[$1] * grid.wavenumber(ofPoint: $1) }
    return (total, moment / total)
  }

  private static func vibrational<Model: BandModel>(_ model: Model) -> [BandSummary] {
    model.bands.map { band in
      var single = model
      single.bands = [band]
      single.levelLimit = 0
      let sum = sum(of: single, temperature: Spectroscopy.referenceTemperature)
      return BandSummary(
        name: band.name, origin: 1e4 / (band.origin ?? model.modes.energy(band.change)),
        position: 1e4 / sum.wavenumber,
        strength: band.strength, summed: sum.strength)
    }
  }

  private static func electronic(_ model: DiatomicMolecule) -> [BandSummary] {
    let temperature = 2000.0
    return model.systems.map { system in
      var single = model
      single.systems = [system]
      single.infrared = []
      // Only the lower state counts, so that the sum is that of a molecule in it.
      single.states = [system.lower]
      let sum = sum(of: single, temperature: temperature)
      let (upper, lower) = (system.upper.rotation(0), system.lower.rotation(0))
      // Where the R branch turns back (Herzberg 1950, eq. IV,12); all these bands open to the red.
      let head = system.origin - (upper + lower) * (upper + lower) / (4 * (upper - lower))
      return BandSummary(
        name: system.name, origin: 1e4 / system.origin, position: 1e4 / head,
        strength: system.oscillatorStrength,
        summed: sum.strength / Spectroscopy.strengthOfUnitOscillator)
    }
  }
}

/// A model whose lines belong to vibrational bands.
private protocol BandModel: LineModel {
  var bands: [VibrationalBand] { get set }
  var levelLimit: Double { get set }
  var modes: VibrationalModes { get }
}

extension LinearMolecule: BandModel {}
extension SymmetricTop: BandModel {}
extension AsymmetricTop: BandModel {}
