/// How the opacity table of a gas is made.
package struct OpacityRecipe: Sendable {
  package let species: String
  package let provenance: OpacityProvenance
  /// Whether it takes what is published of its bands.
  package let isPinned: Bool
  private let make: @Sendable (PublishedBands?, (Double) -> Void) -> (OpacityTable, [BandAnchor])

  /// Temperatures of the tables that moments pin: theirs, and 3000 K.
  private static let pinnedTemperatures: [Double] = [
    300, 500, 700, 900, 1100, 1300, 1500, 1700, 1900, 2300, 2700, 3000,
  ]

  private init(_ spectrum: MeanSpectrum) {
    species = spectrum.species
    provenance = spectrum.provenance
    isPinned = true
    make = { published, progress in
      (spectrum.table(builder: OpacityBuilder(), means: published?.shape, progress: progress), [])
    }
  }

  /// What of the published moments pins a model.
  private enum Pinning {
    case nothing
    /// The mean of ln k; sums are the model's own.
    case meanOfLog
    /// Both; to the temperature in K the line list behind the published moments is complete.
    case both(completeTo: Double)
  }

  private init(_ model: some LineModel, _ pinning: Pinning = .nothing) {
    species = model.species
    provenance = model.provenance
    if case .nothing = pinning { isPinned = false } else { isPinned = true }
    make = { published, progress in
      guard let published, let moments = published.moments else {
        return (OpacityBuilder().table(of: model, progress: progress), [])
      }
      var anchors: [BandAnchor] = []
      if case .both(let completeTo) = pinning {
        anchors = OpacityBuilder.anchors(of: model, moments: moments, completeTo: completeTo)
      }
      var table = OpacityBuilder(temperatures: Self.pinnedTemperatures).table(of: model, progress: progress)
      WeakLines(moments: moments, shape: published.shape, anchors: anchors).add(to: &table)
      return (table, anchors)
    }
  }

  private init(_ vapour: AtomicVapour) {
    species = vapour.species
    provenance = vapour.provenance
    isPinned = false
    make = { _, progress in (vapour.table(builder: OpacityBuilder(), progress: progress), []) }
  }

  /// The table, and the factors that brought the model's bands to published sums, none where it is not pinned.
  /// - Parameter progress: called with each temperature in K.
  package func table(
    published: PublishedBands?, progress: (Double) -> Void = { _ in }
  ) -> (table: OpacityTable, anchors: [BandAnchor]) {
    make(published, progress)
  }

  /// The gases that have a recipe. CO has too few lines for its band means: they rise towards the model with
  /// temperature, to 0.97-1.03 of it in the overtones at 2500-2900 K. The band means of C2H2 fall short above 700 K, those of NH3 above 1500 K and of
  /// H2S above 2100 K: there the line lists behind them end.
  package static let all: [OpacityRecipe] = [
    OpacityRecipe(RovibrationalDiatomic.carbonMonoxide),
    OpacityRecipe(SymmetricTop.ammonia, .both(completeTo: 1500)),
    OpacityRecipe(LinearMolecule.hydrogenCyanide, .both(completeTo: 3000)),
    OpacityRecipe(LinearMolecule.acetylene, .both(completeTo: 700)),
    OpacityRecipe(AsymmetricTop.hydrogenSulfide, .both(completeTo: 2100)),
    OpacityRecipe(AsymmetricTop.sulfurDioxide),
    OpacityRecipe(SymmetricTop.phosphine),
    OpacityRecipe(AtomicVapour.sodium),
    OpacityRecipe(AtomicVapour.potassium),
    OpacityRecipe(DiatomicMolecule.titaniumOxide),
    OpacityRecipe(DiatomicMolecule.vanadiumOxide),
    OpacityRecipe(DiatomicMolecule.hydroxyl, .meanOfLog),
    OpacityRecipe(DiatomicMolecule.hydrogenChloride, .meanOfLog),
    OpacityRecipe(DiatomicMolecule.siliconMonoxide),
    OpacityRecipe(MeanSpectrum.ironHydride),
  ]

  package static func named(_ species: String) -> OpacityRecipe? { all.first { $0.species == species } }
}

/// What is published of a gas's bands.
package struct PublishedBands: Sendable {
  package let moments: BandMoments?
  package let shape: BandShape?

  package init(moments: BandMoments?, shape: BandShape?) {
    self.moments = moments
    self.shape = shape
  }
}
