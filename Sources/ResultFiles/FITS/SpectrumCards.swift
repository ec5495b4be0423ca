import Analyses
import FITSFiles
import Observations
import Units

/// Keys of the first HDU of a spectrum's result.
enum SpectrumCards {
  static func cards(_ analysis: SpectrumAnalysis) -> [FITSCard] {
    texts(Key.observed, analysis) + context(analysis.subject.context) + texts(Key.read, analysis)
      + sentences(analysis)
  }

  /// A keyword whose value the analysis itself has: stated once for the file and its schema.
  struct Key: Sendable {
    let name: String
    let meaning: String
    /// `nil` where the input does not tell.
    let value: @Sendable (SpectrumAnalysis) -> FITSValue?

    static let observed: [Key] = [
      Key(name: "ORIGIN", meaning: "program that wrote this file") { _ in .text("exospool") },
      Key(name: "CREATOR", meaning: "program and version") {
        .text("exospool \($0.provenance.exospoolVersion)")
      },
      Key(name: "OBJECT", meaning: "as the input names it") { $0.spectrum.object.map { .text($0) } },
      Key(name: "TELESCOP", meaning: "") { $0.spectrum.telescope.map { .text($0) } },
      Key(name: "INSTRUME", meaning: "") { $0.spectrum.instrument.map { .text($0) } },
    ]

    static let read: [Key] = [
      Key(name: "EXOKIND", meaning: "transmission, eclipse or stellar") {
        .text($0.spectrum.kind.rawValue)
      },
      Key(name: "EXOKSRC", meaning: "what told the kind") { .text($0.spectrum.kindSource) },
      Key(name: "EXOLAYO", meaning: "layout of the input") { .text($0.spectrum.layout) },
      Key(name: "EXOUNIT", meaning: "unit of the ordinate in the input") { .text($0.spectrum.unit) },
      Key(name: "EXOERRS", meaning: "where the errors come from") { .text($0.spectrum.errorSource) },
      Key(name: "EXOCOVER", meaning: "fraction of the grid's bins observed") {
        .real($0.subject.resampled.gridCoverage)
      },
      Key(name: "EXOINPUT", meaning: "name of the input") { .text($0.provenance.inputName) },
      Key(name: "EXOSHA", meaning: "SHA-256 of the input") { .text($0.provenance.inputSHA256) },
      Key(name: "EXOSEED", meaning: "seed of the random numbers") { .text(String($0.provenance.seed)) },
      Key(name: "EXOCAT", meaning: "SHA-256 of the catalogue of planets") {
        $0.provenance.catalogueHash.map { .text($0) }
      },
    ]

    /// Where in the catalogue star and planet stand.
    static let record:
      [(name: String, meaning: String, value: @Sendable (SpectrumContext.Record) -> String?)] =
        [
          ("EXOCATF", "record in the catalogue", { $0.file }),
          ("EXOCATM", "name in it that agrees with OBJECT", { $0.matchedName }),
          ("EXOCATP", "the planet there", { $0.planet }),
          ("EXOCATS", "the star there", { $0.star }),
        ]
  }

  private static func texts(_ keys: [Key], _ analysis: SpectrumAnalysis) -> [FITSCard] {
    keys.compactMap { key in key.value(analysis).map { FITSCard(key.name, $0, key.meaning) } }
  }

  /// Star and planet: value, and errors upwards and downwards (`_UP`, `_LO`), each where it is known.
  private static func context(_ context: SpectrumContext) -> [FITSCard] {
    var cards: [FITSCard] = []
    for field in ContextField.all {
      if let reading = field.reading(of: context), let central = reading.value.value {
        let meaning = reading.isMinimum ? "planet's m sin i" : field.meaning
        cards.append(
          FITSCard(
            field.fitsKey, .real(central), "[\(field.fitsUnit)] \(meaning), \(reading.source.rawValue)"))
        for (suffix, error) in [("_UP", reading.value.upperError), ("_LO", reading.value.lowerError)] {
          guard let error else { continue }
          cards.append(
            FITSCard(field.fitsKey + suffix, .real(error), "[\(field.fitsUnit)] one standard deviation"))
        }
      }
      if field.fitsKey == "RSTAR", let radius = context.overruledStarRadius?.value {
        cards.append(FITSCard("RSTARCAT", .real(radius.solarRadii), "[solRad] the same in the catalogue"))
      }
    }
    guard let record = context.record else { return cards }
    return cards
      + Key.record.compactMap { key in key.value(record).map { FITSCard(key.name, .text($0), key.meaning) } }
  }

  private static func sentences(_ analysis: SpectrumAnalysis) -> [FITSCard] {
    let lines =
      analysis.flags.names.map { "flag: \($0)" } + analysis.spectrum.assumptions.map { "assumed: \($0)" }
      + analysis.remarks.map { "remark: \($0)" }
      + analysis.provenance.networks.map { "model \($0.name): SHA-256 \($0.sha256)" }
    return lines.map { FITSCard("HISTORY", .text($0)) }
  }
}
