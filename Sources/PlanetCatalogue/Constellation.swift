/// The constellations' abbreviations and genitives, of which stars' names use either: `51 Peg`, `51 Pegasi`.
///
/// Source: IAU, "The Constellations", www.iau.org/public/themes/constellations.
enum Constellation {
  /// Both as `CatalogueName.key` writes them.
  static let genitives: [(short: String, genitive: String)] = """
    and andromedae ant antliae aps apodis aqr aquarii aql aquilae ara arae ari arietis aur aurigae boo bootis cae caeli
    cam camelopardalis cnc cancri cvn canumvenaticorum cma canismajoris cmi canisminoris cap capricorni car carinae
    cas cassiopeiae cen centauri cep cephei cet ceti cha chamaeleontis cir circini col columbae com comaeberenices
    cra coronaeaustralis crb coronaeborealis crv corvi crt crateris cru crucis cyg cygni del delphini dor doradus
    dra draconis equ equulei eri eridani for fornacis gem geminorum gru gruis her herculis hor horologii hya hydrae
    hyi hydri ind indi lac lacertae leo leonis lmi leonisminoris lep leporis lib librae lup lupi lyn lyncis lyr lyrae
    men mensae mic microscopii mon monocerotis mus muscae nor normae oct octantis oph ophiuchi ori orionis pav pavonis
    peg pegasi per persei phe phoenicis pic pictoris psc piscium psa piscisaustrini pup puppis pyx pyxidis ret reticuli
    sge sagittae sgr sagittarii sco scorpii scl sculptoris sct scuti ser serpentis sex sextantis tau tauri tel telescopii
    tri trianguli tra trianguliaustralis tuc tucanae uma ursaemajoris umi ursaeminoris vel velorum vir virginis vol volantis
    vul vulpeculae
    """.split(whereSeparator: \.isWhitespace).map(String.init).inPairs

  /// The other ways to write a name that ends in a constellation and the letters of stars and planets: `51pegasib` for
  /// `51pegb`, and the reverse.
  static func variants(ofKey key: String) -> [String] {
    (0...2).flatMap { letters -> [String] in
      let stem = key.dropLast(letters)
      let tail = key.suffix(letters)
      guard tail.allSatisfy({ $0.isASCII && $0.isLetter }) else { return [] }
      return genitives.flatMap { short, genitive in
        [(genitive, short), (short, genitive)].compactMap { from, to in
          stem.hasSuffix(from) && stem.count > from.count ? stem.dropLast(from.count) + to + tail : nil
        }
      }
    }
  }
}

extension [String] {
  fileprivate var inPairs: [(short: String, genitive: String)] {
    stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) }
  }
}
