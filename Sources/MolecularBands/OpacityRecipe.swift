/// How the opacity table of a gas is made.
package struct OpacityRecipe: Sendable {
  package let species: String
  package let provenance: OpacityProvenance
  /// Up to which temperature the published band means pin the model, K; nil where none do.
  package let bandMeansLimit: Double?
  private let make: @Sendable (OpacityBuilder, [BandAnchor], (Double) -> Void) -> OpacityTable
  private let makeAnchors: @Sendable (BandMeans, Double) -> [BandAnchor]

  private init(_ model: some LineModel, bandMeansLimit: Double? = nil) {
    species = model.species
    provenance = model.provenance
    self.bandMeansLimit = bandMeansLimit
    make = { builder, anchors, progress in
      builder.table(
        of: model,
        scale: { temperature, means in
          BandAnchor.binFactors(
            anchors, temperature: builder.temperatures[temperature], grid: builder.grid, binMeans: means)
        }, progress: progress)
    }
    makeAnchors = { means, limit in
      OpacityBuilder.anchors(of: model, means: means, highestTemperature: limit)
    }
  }

  private init(_ vapour: AtomicVapour) {
    species = vapour.species
    provenance = vapour.provenance
    bandMeansLimit = nil
    make = { builder, _, progress in vapour.table(builder: builder, progress: progress) }
    makeAnchors = { _, _ in [] }
  }

  /// The factors that published band means ask for, none where the recipe takes none.
  package func anchors(_ means: BandMeans) -> [BandAnchor] {
    bandMeansLimit.map { makeAnchors(means, $0) } ?? []
  }

  /// - Parameter progress: called with each temperature in K.
  package func table(
    builder: OpacityBuilder = OpacityBuilder(), anchors: [BandAnchor], progress: (Double) -> Void = { _ in }
  ) -> OpacityTable {
    make(builder, anchors, progress)
  }

  /// The gases that have a recipe. CO has too few lines for its band means: they rise towards the model with
  /// temperature, to 0.97-1.03 of it in the overtones at 2500-2900 K. The band means of C2H2 fall short above 700 K, those of NH3 above 1500 K and of
  /// H2S above 2100 K: there the line lists behind them end.
  package static let all: [OpacityRecipe] = [
    OpacityRecipe(RovibrationalDiatomic.carbonMonoxide),
    OpacityRecipe(SymmetricTop.ammonia, bandMeansLimit: 1500),
    OpacityRecipe(LinearMolecule.hydrogenCyanide, bandMeansLimit: 3000),
    OpacityRecipe(LinearMolecule.acetylene, bandMeansLimit: 700),
    OpacityRecipe(AsymmetricTop.hydrogenSulfide, bandMeansLimit: 2100),
    OpacityRecipe(AsymmetricTop.sulfurDioxide),
    OpacityRecipe(SymmetricTop.phosphine),
    OpacityRecipe(AtomicVapour.sodium),
    OpacityRecipe(AtomicVapour.potassium),
    OpacityRecipe(DiatomicMolecule.titaniumOxide),
    OpacityRecipe(DiatomicMolecule.vanadiumOxide),
  ]

  package static func named(_ species: String) -> OpacityRecipe? { all.first { $0.species == species } }
}
