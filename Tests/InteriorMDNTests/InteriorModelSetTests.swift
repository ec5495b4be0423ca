import Analyses
import Glibc
import InteriorMDN
import NeuralNetworks
import NumericalMethods
import Observations
import TestSupport
import Testing
import Units

@Suite("Interior models")
struct InteriorModelSetTests {
  static let directory: String = {
    let path = "/tmp/exospool-models-\(UInt64.random(in: 0 ... .max))"
    mkdir(path, 0o755)
    return path
  }()

  /// Written and read once, since tests run side by side.
  static let loaded = Result {
    try TinyInteriorModels.write(to: directory)
    return try InteriorModelSet.load(directory: directory)
  }

  static func models() throws -> InteriorModelSet { try loaded.get() }

  static func mass(_ value: Double, _ error: Double? = 0.01) -> Measurement<MassDimension> {
    Measurement(
      value: Mass(earthMasses: value), upperError: error.map { Mass(earthMasses: $0) },
      lowerError: error.map { Mass(earthMasses: $0) })
  }

  static func radius(_ value: Double, _ error: Double? = 0.01) -> Measurement<LengthDimension> {
    Measurement(
      value: Length(earthRadii: value), upperError: error.map { Length(earthRadii: $0) },
      lowerError: error.map { Length(earthRadii: $0) })
  }

  static func ratio(_ value: Double, _ error: Double = 0) -> Measurement<DimensionlessDimension> {
    Measurement(value: Ratio(value), upperError: Ratio(error), lowerError: Ratio(error))
  }

  static func kelvins(_ value: Double) -> Measurement<TemperatureDimension> {
    Measurement(value: Temperature(kelvins: value), upperError: Temperature(kelvins: 5))
  }

  static let earth = InteriorObservation(
    mass: mass(1), radius: radius(1), equilibriumTemperature: kelvins(255), loveNumber: ratio(0.934, 0.09),
    ironToMagnesiumSilicon: ratio(0.475))

  @Test("loads all, by name and hash, and answers one posterior a model")
  func loads() throws {
    let models = try Self.models()
    #expect(models.names == ["rocky-A", "rocky-B", "layered", "layered-k2", "giant", "giant-k2"])
    #expect(models.identities.allSatisfy { $0.sha256.count == 64 })
    let answers = models.posteriors(for: Self.earth, seed: 1)
    #expect(answers.map(\.model) == models.names)
    // Earth is no giant.
    #expect(!answers[4].inDomain)
    for answer in answers.prefix(4) {
      #expect(answer.inDomain, "\(answer.model): \(answer.remarks)")
      #expect(models.identities.contains(NetworkIdentity(name: answer.model, sha256: answer.modelHash)))
      #expect(answer.mixture.map(\.weight) == answer.mixture.map(\.weight).sorted(by: >))
      #expect(abs(answer.mixture.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
      #expect(answer.mixtureCoordinates.count == answer.mixture[0].mean.count)
    }
    #expect(answers[3].flags.names == ["error-one-sided"])
  }

  @Test("the same observation and seed give the same answer, another seed another")
  func deterministic() throws {
    let models = try Self.models()
    let first = models.posteriors(for: Self.earth, seed: 7)
    #expect(models.posteriors(for: Self.earth, seed: 7) == first)
    #expect(models.posteriors(for: Self.earth, seed: 8) != first)
  }

  @Test("fractions lie in 0...1 and sum to one, draw by draw")
  func sums() throws {
    let groups: [[InteriorQuantity]] = [
      [.waterRadiusFraction, .mantleRadiusFraction, .coreRadiusFraction, .envelopeRadiusFraction],
      [.waterMassFraction, .mantleMassFraction, .coreMassFraction, .envelopeMassFraction],
    ]
    for answer in try Self.models().posteriors(for: Self.earth, seed: 2).prefix(4) {
      for (i, group) in groups.enumerated() where i == 0 || answer.model.hasPrefix("layered") {
        let columns = group.compactMap { answer.draws[$0] }
        #expect(columns.count >= 3)
        for draw in columns[0].indices {
          #expect(columns.allSatisfy { (0...1).contains($0[draw]) })
          #expect(abs(columns.reduce(0) { $0 + $1[draw] } - 1) < 1e-12)
        }
      }
      for (quantity, posterior) in answer.outputs {
        #expect(posterior.p025 <= posterior.p16 && posterior.p16 <= posterior.p50)
        #expect(posterior.p50 <= posterior.p84 && posterior.p84 <= posterior.p975)
        #expect(posterior.sd >= 0 && answer.draws[quantity]?.count == answer.draws.values.first?.count)
      }
    }
  }

  /// 95 Earth masses, 9 Earth radii and 800 K: a warm Saturn.
  @Test("a giant's fractions are fractions, and its heavy elements those of core and envelope")
  func giant() throws {
    let saturn = InteriorObservation(
      mass: Self.mass(95), radius: Self.radius(9, 0.2), equilibriumTemperature: Self.kelvins(800))
    let answer = try #require(try Self.models().posterior(of: "giant", for: saturn, seed: 1))
    #expect(answer.inDomain, "\(answer.remarks)")
    func draws(_ quantity: InteriorQuantity) throws -> [Double] { try #require(answer.draws[quantity]) }
    let (core, envelope) = (try draws(.coreMassFraction), try draws(.envelopeMassFraction))
    let (metals, heavy) = (try draws(.envelopeMetalFraction), try draws(.heavyElementMass))
    for i in core.indices {
      #expect(abs(core[i] + envelope[i] - 1) < 1e-12 && (0...1).contains(metals[i]))
      // The mass is drawn with its error of 1 %.
      #expect(abs(heavy[i] / (95 * (core[i] + envelope[i] * metals[i])) - 1) < 0.1)
    }
    let radii = zip(try draws(.coreRadiusFraction), try draws(.envelopeRadiusFraction))
    #expect(radii.allSatisfy { abs($0 + $1 - 1) < 1e-12 })
  }

  @Test("outputs of a giant whose k2 is known are those of a giant without it", arguments: [1, 2.5])
  func giantOfLoveNumber(shift: Double) {
    let coordinates = [-1.5, -2, -2, 1, 0.5, -1, -1.4].map { $0 * shift }
    let all = InteriorOutputs.giant.values(coordinates, mass: 95, radius: 9)
    var told = coordinates
    told.remove(at: 5)
    let some = InteriorOutputs.giantOfLoveNumber.values(told, mass: 95, radius: 9)
    let named = Dictionary(uniqueKeysWithValues: zip(InteriorOutputs.giant.quantities, all))
    #expect(zip(InteriorOutputs.giantOfLoveNumber.quantities, some).allSatisfy { named[$0] == $1 })
    let back = InteriorOutputs.giantOfLoveNumber.coordinates(some, mass: 95, radius: 9)
    #expect(zip(back, told).allSatisfy { abs($0 - $1) < 1e-9 } && back.count == told.count)
  }

  struct OutsideCase: Sendable, CustomTestStringConvertible {
    let model: String
    let observation: InteriorObservation
    let flag: String
    let words: String
    var testDescription: String { "\(model): \(words)" }
  }

  static func changed(_ change: (inout InteriorObservation) -> Void) -> InteriorObservation {
    var observation = earth
    change(&observation)
    return observation
  }

  static let outsideCases: [OutsideCase] = [
    .init(
      model: "rocky-A", observation: changed { $0.mass = nil }, flag: "mass-missing",
      words: "needs the planet's mass"),
    .init(
      model: "layered", observation: changed { $0.radius = nil }, flag: "radius-missing",
      words: "needs the planet's radius"),
    .init(
      model: "layered",
      observation: changed { $0.mass = Measurement(value: nil, upperLimit: Mass(earthMasses: 4)) },
      flag: "mass-missing", words: "only a limit is known for its mass"),
    .init(
      model: "rocky-B", observation: changed { $0.loveNumber = nil }, flag: "love-number-missing",
      words: "Love number"),
    .init(
      model: "layered-k2", observation: changed { $0.mass = mass(318, 1) }, flag: "outside-domain",
      words: "Its mass, 318 Earth masses, lies above the 25 Earth masses up to which"),
    .init(
      model: "rocky-A", observation: changed { $0.mass = mass(0.01, 0.001) }, flag: "outside-domain",
      words: "below the 0.1 Earth masses down to which"),
    .init(
      model: "rocky-A", observation: changed { $0.radius = radius(0.5, 0.01) }, flag: "outside-domain",
      words: "denser than pure iron (0.76 Earth radii) by 25 sigma"),
    .init(
      model: "layered", observation: changed { $0.radius = radius(9, 0.1) }, flag: "outside-domain",
      words: "is larger than any planet of that mass"),
    .init(
      model: "layered", observation: changed { $0.equilibriumTemperature = kelvins(1500) },
      flag: "outside-domain", words: "equilibrium temperature, 1500 K, lies above the 1000 K"),
    .init(
      model: "rocky-A", observation: changed { $0.ironToMagnesiumSilicon = ratio(90, 1) },
      flag: "outside-domain", words: "Fe/(Mg+Si), 90, lies above the 28.2"),
    .init(
      model: "rocky-B", observation: changed { $0.loveNumber = ratio(1.9, 0.01) }, flag: "outside-domain",
      words: "Love number k2, 1.9, lies above the 1.5"),
    .init(
      model: "rocky-A", observation: changed { $0.mass = mass(-1) }, flag: "outside-domain",
      words: "no positive number"),
    .init(
      model: "rocky-A", observation: changed { $0.mass = mass(.nan) }, flag: "mass-missing",
      words: "needs the planet's mass"),
    .init(
      model: "rocky-A", observation: changed { $0.radius = radius(1e300, .infinity) }, flag: "outside-domain",
      words: "outside"),
  ]

  @Test("outside of what was trained there are no numbers but a sentence", arguments: outsideCases)
  func outside(_ one: OutsideCase) throws {
    let answers = try Self.models().posteriors(for: one.observation, seed: 1)
    let answer = try #require(answers.first { $0.model == one.model })
    #expect(!answer.inDomain)
    #expect(answer.outputs.isEmpty && answer.draws.isEmpty && answer.mixture.isEmpty)
    #expect(answer.flags.names.contains(one.flag), "\(answer.flags)")
    let sentence = answer.remarks.joined(separator: " ")
    #expect(sentence.contains(one.words) || one.words == "outside", "\(sentence)")
    #expect(sentence.hasSuffix("."))
  }

  @Test("without k2 the A networks answer and the k2 networks say why not")
  func withoutLoveNumber() throws {
    let answers = try Self.models().posteriors(for: Self.changed { $0.loveNumber = nil }, seed: 1)
    #expect(answers.map(\.inDomain) == [true, false, true, false, false, false])
    #expect(answers[1].flags.names == ["love-number-missing"])
  }

  @Test("composition: from the record, else from the star, else from all that were trained")
  func composition() throws {
    let models = try Self.models()
    let star = models.posteriors(
      for: Self.changed {
        $0.ironToMagnesiumSilicon = nil
        $0.stellarMetallicity = Self.ratio(0.1, 0.05)
      }, seed: 1)
    #expect(star[0].flags.names.contains("composition-from-star") && star[0].inDomain)
    #expect(!star[2].flags.names.contains("composition-from-star"))
    let unknown = models.posteriors(for: Self.changed { $0.ironToMagnesiumSilicon = nil }, seed: 1)
    #expect(unknown[0].flags.names.contains("composition-unknown") && unknown[0].inDomain)
    let cold = models.posteriors(for: Self.changed { $0.equilibriumTemperature = nil }, seed: 1)
    #expect(cold[2].flags.names.contains("temperature-unknown") && cold[2].inDomain)
  }

  @Test("what was assumed is said: missing error, m sin i, an edge of the domain")
  func assumptions() throws {
    let answers = try Self.models().posteriors(
      for: Self.changed {
        $0.mass = Self.mass(1, nil)
        $0.massIsMinimum = true
        // Half a standard deviation from the upper edge, 10^0.2 = 1.585: some 31 % of the draws fall outside.
        $0.radius = Self.radius(1.535, 0.1)
      }, seed: 1)
    #expect(answers[0].inDomain, "\(answers[0].remarks)")
    #expect(answers[0].flags.names == ["error-missing", "mass-is-minimum", "domain-edge"])
    #expect(answers[0].remarks.count == 3)
    #expect(answers[0].remarks[2].hasPrefix("31") || answers[0].remarks[2].hasPrefix("30"))
  }

  @Test("a mixture with a tail beyond all that was trained gives no draw there")
  func tails() throws {
    // Standard deviations of e: many draws lie outside the four to which the tiny network answers; of e^7: all do.
    let tiny = TinyInteriorModels.network("rocky-A")
    var file = tiny.file
    let last = "layer.1.bias"
    var biases = try #require(file.tensors[last]?.floats)
    let block = tiny.density.dimensions * tiny.density.components
    for i in 0..<block { biases[tiny.density.components + block + i] = -1 }
    file.tensors[last] = .init(biases)
    let wide = try InteriorNetwork(file: file, path: "wide")
    let answer = wide.posterior(for: Self.earth, seed: 1, modelHash: "x")
    #expect(answer.inDomain, "\(answer.remarks)")
    // Within four of the tiny network's standard deviations: ln P within 4 x 0.2 of its mean.
    let pressures = try #require(answer.draws[.cmbPressure])
    #expect(pressures.allSatisfy { $0 > 50 && $0 < 400 })
    #expect(answer.outputs.values.allSatisfy { $0.sd.isFinite && $0.mean.isFinite })

    for i in 0..<block { biases[tiny.density.components + block + i] = -7 }
    file.tensors[last] = .init(biases)
    let hopeless = try InteriorNetwork(file: file, path: "hopeless").posterior(
      for: Self.earth, seed: 1, modelHash: "x")
    #expect(!hopeless.inDomain && hopeless.outputs.isEmpty)
    #expect(hopeless.remarks[0].contains("like those it was trained on"))
  }

  @Test("a card for other weights, a damaged file and an empty directory are refused")
  func refused() throws {
    let directory = Self.directory + "-refused"
    mkdir(directory, 0o755)
    let empty = #expect(throws: InteriorModelError.self) { try InteriorModelSet.load(directory: directory) }
    #expect(empty?.code == .noModels)
    try TinyInteriorModels.write(to: directory)
    let path = directory + "/rocky-B.safetensors"
    let bytes = try SafetensorsFile.readBytes(path: path)
    var damaged = bytes
    damaged[damaged.count - 9] ^= 1
    try SafetensorsFile.writeBytes(damaged, path: path)
    let mismatch = #expect(throws: InteriorModelError.self) {
      try InteriorModelSet.load(directory: directory)
    }
    #expect(mismatch?.code == .hashMismatch)
    try SafetensorsFile.writeBytes(bytes, path: path)
    unlink(directory + "/layered.json")
    let cardless = #expect(throws: InteriorModelError.self) {
      try InteriorModelSet.load(directory: directory)
    }
    #expect(cardless?.code == .cannotRead)
  }

  @Test("a network survives its file, and a file that contradicts itself is refused")
  func file() throws {
    let network = TinyInteriorModels.network("layered-k2")
    #expect(try InteriorNetwork(file: SafetensorsFile(bytes: network.file.encoded), path: "x") == network)
    for key in network.file.metadata.keys where key != "name" {
      var file = network.file
      file.metadata[key] = "7777777777777777777777777777777777777777777"
      #expect(throws: InteriorModelError.self, "\(key)") { try InteriorNetwork(file: file, path: "x") }
      file.metadata[key] = nil
      #expect(throws: InteriorModelError.self, "\(key)") { try InteriorNetwork(file: file, path: "x") }
    }
    for name in network.file.tensors.keys where name != "domain.iron" {
      var file = network.file
      file.tensors[name] = .init([1, .nan] as [Double])
      #expect(throws: InteriorModelError.self, "\(name)") { try InteriorNetwork(file: file, path: "x") }
    }
  }
}

@Suite("Measurement draws")
struct MeasurementDrawsTests {
  /// 20,000 draws: a quantile's probability scatters by 0.0035 at the median, so its place by 0.0088 errors there and
  /// 0.0102 at 16 %; five sigma allowed.
  @Test("two-sided errors are the 16 and 84 % quantiles")
  func split() throws {
    let number = try #require(
      MeasuredNumber(
        Measurement<DimensionlessDimension>(value: Ratio(10), upperError: Ratio(2), lowerError: Ratio(1))))
    var random = SeededRandom(seed: 3)
    let sorted = (0..<20_000).map { _ in number.draw(random: &random) }.sorted()
    #expect(abs(quantile(ofSorted: sorted, 0.5) - 10) < 0.09)
    #expect(abs(quantile(ofSorted: sorted, 0.841345) - 12) < 0.11)
    #expect(abs(quantile(ofSorted: sorted, 0.158655) - 9) < 0.06)
  }

  @Test("limits cut the distribution off, unless they contradict the value")
  func limits() throws {
    let cut = Measurement<DimensionlessDimension>(
      value: Ratio(1), upperError: Ratio(1), lowerError: Ratio(1), upperLimit: Ratio(1.5),
      lowerLimit: Ratio(0.9))
    var random = SeededRandom(seed: 4)
    let number = try #require(MeasuredNumber(cut))
    #expect((0..<2000).allSatisfy { _ in (0.9...1.5).contains(number.draw(random: &random)) })
    var absurd = cut
    absurd.upperLimit = Ratio(0.5)
    let contradicted = try #require(MeasuredNumber(absurd))
    #expect(contradicted.upperLimit == nil)
  }

  @Test("no value, no number; no error, an exact one")
  func missing() throws {
    #expect(MeasuredNumber(Measurement<DimensionlessDimension>(value: nil)) == nil)
    #expect(MeasuredNumber(Measurement<DimensionlessDimension>(value: Ratio(.infinity))) == nil)
    let exact = try #require(MeasuredNumber(Measurement<DimensionlessDimension>(value: Ratio(3))))
    var random = SeededRandom(seed: 5)
    #expect(exact.isErrorMissing && exact.draw(random: &random) == 3)
  }
}

@Suite("Interior coordinates")
struct InteriorCoordinatesTests {
  @Test("coordinates lead back to the values")
  func roundTrip() {
    let rocky = [0.02, 0.45, 0.53, 0.32, 135.75, 2600]
    let coordinates = InteriorOutputs.rocky.coordinates(rocky, mass: 1.3, radius: 1.1)
    let back = InteriorOutputs.rocky.values(coordinates, mass: 1.3, radius: 1.1)
    #expect(zip(rocky, back).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    let layered = [0.4, 0.3, 0.2, 0.1, 0.5, 0.4, 0.09, 0.01]
    let again = InteriorOutputs.layered.values(
      InteriorOutputs.layered.coordinates(layered, mass: 1, radius: 1), mass: 1, radius: 1)
    #expect(zip(layered, again).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
  }

  @Test("a dry planet has finite coordinates and comes back dry")
  func dry() {
    let dry = [0, 0.45, 0.55, 0.32, 135.75, 2600]
    let coordinates = InteriorOutputs.rocky.coordinates(dry, mass: 1, radius: 1)
    #expect(coordinates.allSatisfy { $0.isFinite })
    let back = InteriorOutputs.rocky.values(coordinates, mass: 1, radius: 1)
    #expect(back[0] < 1e-15 && zip(dry, back).dropFirst().allSatisfy { abs($0 / $1 - 1) < 1e-12 })
  }

  @Test("whatever the coordinates, fractions are fractions")
  func extremes() {
    for x in [-1e4, -40, 0, 40, 1e4] {
      for y in [-1e4, -3, 0, 1e4] {
        let rocky = InteriorOutputs.rocky.values([x, y, 5, 0, 0], mass: 1, radius: 1)
        #expect(abs(rocky[0] + rocky[1] + rocky[2] - 1) < 1e-12)
        #expect(rocky[..<4].allSatisfy { (0...1).contains($0) })
      }
    }
  }

  @Test(
    "features lead back to the inputs", arguments: [InteriorFeatures.LoveNumberFeature.linear, .squareRoot])
  func features(loveNumberFeature: InteriorFeatures.LoveNumberFeature) {
    let features = InteriorFeatures(
      inputs: InteriorInput.allCases, loveNumberFeature: loveNumberFeature)
    let values = [3.0, 1.4, 0.5, 0.9, 300]
    let point = features.features(values)
    for (i, input) in features.inputs.enumerated() {
      #expect(abs(features.value(input, feature: point[i], mass: 3) / values[i] - 1) < 1e-14)
    }
  }
}

@Suite("Recalibration")
struct RecalibrationTests {
  private static let density = MixtureDensity(components: 2, dimensions: 2, covariance: .full)
  // Logits, means (2 x 2), log-precisions (2 x 2), coupling (1 x 2).
  private static let row: [Float] = [0.4, -0.3, -1, 1, 0.5, -2, 0.7, 1.2, -0.1, 0.9, 0.6, -1.1]

  /// 40,000 draws: a rank's quantile scatters by 0.0025 at most; five sigma.
  @Test("ranks are those of the draws, and quantiles their inverse")
  func ranks() {
    var sampler = MixtureSampler(Self.density)
    sampler.prepare(Self.row[...])
    var random = SeededRandom(seed: 1)
    let draws = (0..<40_000).map { _ in sampler.draw(nil, random: &random) }
    for coordinate in 0..<2 {
      for y in [-2.0, -0.5, 0, 0.8, 2] {
        let share = Double(draws.count { $0[coordinate] < y }) / 40_000
        #expect(abs(sampler.rank(coordinate: coordinate, y) - share) < 0.0125)
      }
    }
    // The identity map leaves every draw where it is, to the tolerance of 1e-7 in rank.
    let identity = Recalibration(quantiles: [[0, 0.5, 1], [0, 1]])
    var again = SeededRandom(seed: 1)
    for draw in draws.prefix(200) {
      let same = sampler.draw(identity, random: &again)
      #expect(abs(same[0] - draw[0]) < 1e-4 && abs(same[1] - draw[1]) < 1e-4)
    }
  }

  /// Truths whose ranks are u^2 instead of uniform: after recalibration the ranks of draws are u^2, too.
  @Test("recalibrated draws have the ranks that were learnt")
  func learns() {
    var random = SeededRandom(seed: 2)
    let learnt = (0..<30_000).map { _ in
      let u = random.uniform()
      return u * u
    }
    let recalibration = Recalibration(ranks: [learnt, (0..<30_000).map { _ in random.uniform() }])
    var sampler = MixtureSampler(Self.density)
    sampler.prepare(Self.row[...])
    let ranks = (0..<10_000).map { _ in
      let draw = sampler.draw(recalibration, random: &random)
      return (sampler.rank(coordinate: 0, draw[0]), sampler.rank(coordinate: 1, draw[1]))
    }
    // 10,000 draws scatter by 0.005, the learnt quantiles by 0.003.
    #expect(abs(Double(ranks.count { $0.0 < 0.25 }) / 10_000 - 0.5) < 0.03)
    #expect(abs(Double(ranks.count { $0.0 < 0.81 }) / 10_000 - 0.9) < 0.03)
    #expect(abs(Double(ranks.count { $0.1 < 0.25 }) / 10_000 - 0.25) < 0.03)
  }
}

@Suite("Interior domain")
struct InteriorDomainTests {
  private static let curve = InteriorDomain.RadiusCurve(masses: [1, 100], radii: [1, 10])

  @Test("cells with three planets are inside, others and all beyond the axes outside")
  func cells() {
    let domain = InteriorDomain(
      axes: [.init(low: 0, high: 2, bins: 2), .init(low: -1, high: 1, bins: 2)], nominal: [0...1, 0...1],
      cells: [14, 0, 9, 14],
      smallest: Self.curve, largest: Self.curve, iron: nil)
    #expect(domain.contains([0.5, -0.5]) && domain.contains([2, 1]))
    #expect(!domain.contains([0.5, 0.5]) && !domain.contains([1.5, -0.5]))
    #expect(!domain.contains([-0.01, -0.5]) && !domain.contains([.nan, -0.5]))
  }

  /// Code 9 stands for 2 planets, code 1 for one: 2/3 of the draws. 3,000 draws scatter by 0.0086; five sigma.
  @Test("a missing feature is drawn as often as it was trained")
  func prior() throws {
    let domain = InteriorDomain(
      axes: [.init(low: 0, high: 3, bins: 3), .init(low: 0, high: 1, bins: 1)], nominal: [0...1, 0...1],
      cells: [1, 0, 9],
      smallest: Self.curve, largest: Self.curve, iron: nil)
    var random = SeededRandom(seed: 6)
    let draws = (0..<3000).compactMap { _ in domain.drawFeature(at: 0, given: [.nan, 0.5], random: &random) }
    #expect(draws.count == 3000 && draws.allSatisfy { $0 < 1 || $0 >= 2 })
    #expect(abs(Double(draws.count { $0 >= 2 }) / 3000 - 2 / 3.0) < 0.043)
    #expect(domain.drawFeature(at: 0, given: [.nan, 5], random: &random) == nil)
  }

  @Test("a feature's likelihood is relative to the likeliest with the same others")
  func likelihood() {
    let domain = InteriorDomain(
      axes: [.init(low: 0, high: 2, bins: 2), .init(low: 0, high: 3, bins: 3)], nominal: [0...1, 0...1],
      cells: [1, 9, 0, 33, 1, 1], smallest: Self.curve, largest: Self.curve, iron: nil)
    #expect(domain.relativeLikelihood(at: 1, [0.5, 0.5]) == 0.5)
    #expect(domain.relativeLikelihood(at: 1, [0.5, 1.5]) == 1)
    #expect(domain.relativeLikelihood(at: 1, [0.5, 2.5]) == 0)
    #expect(domain.relativeLikelihood(at: 1, [1.5, 1.5]) == 1 / 16.0)
    #expect(domain.relativeLikelihood(at: 0, [0.5, 0.5]) == 1 / 16.0)
    #expect(domain.relativeLikelihood(at: 0, [5, 0.5]) == 0)
  }

  @Test("a radius curve is a power law between its points")
  func curve() {
    #expect(abs((Self.curve.radius(mass: 10) ?? 0) - 10.0.squareRoot()) < 1e-14)
    #expect(Self.curve.radius(mass: 0.9) == nil && Self.curve.radius(mass: 101) == nil)
  }
}
