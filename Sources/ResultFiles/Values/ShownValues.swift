package import Analyses
package import Observations
import PlainText

/// What of a finding people are shown, in the order they are shown it: for texts and pages alike.
extension Finding {
  package struct ShownPosterior: Sendable {
    package let name: String
    package let presentation: FieldDescription.Presentation
    package let posterior: Posterior
    package let marginal: Marginal
  }

  /// Those with finite numbers.
  package var shownPosteriors: [ShownPosterior] {
    posteriors.compactMap { description, posterior, draws in
      guard let presentation = description.presentation, posterior.isFinite else { return nil }
      return ShownPosterior(
        name: description.name, presentation: presentation, posterior: posterior,
        marginal: Marginal(of: posterior, draws: draws, isFraction: presentation.isFraction))
    }.sorted { $0.presentation.place < $1.presentation.place }
  }
}

extension Field {
  /// The value as people read it; `nil` for a posterior and where there is none.
  package var words: String? {
    switch value {
    case .number(let number):
      number.isFinite
        ? Numerals.significant(number * (description.presentation?.factor ?? 1), digits: 4) : nil
    case .text(let text): text
    case .logical(let isTrue): isTrue ? "yes" : "no"
    case .texts(let texts): texts.joined(separator: ", ")
    case .posterior: nil
    }
  }
}

extension FindingTable {
  package struct ShownColumn: Sendable {
    package let presentation: ColumnDescription.Presentation
    /// A row each.
    package let words: [String]
  }

  package var shownColumns: [ShownColumn] {
    zip(description.columns, columns).compactMap { description, column in
      description.presentation.map { ShownColumn(presentation: $0, words: column.shownWords) }
    }.sorted { $0.presentation.place < $1.presentation.place }
  }
}

extension FindingTable.Column {
  fileprivate var shownWords: [String] {
    if let words { return words }
    return switch values {
    case .text(let values): values.map { PlainText.line($0) }
    case .number(let values): values.map { $0.isFinite ? Numerals.significant($0, digits: 4) : "-" }
    case .logical(let values): values.map { $0 ? "yes" : "no" }
    case .numbers(let values):
      values.map { $0.map { Numerals.significant($0, digits: 4) }.joined(separator: " ") }
    }
  }
}

extension Posterior {
  package var isFinite: Bool { [mean, sd, p025, p16, p50, p84, p975].allSatisfy(\.isFinite) }
}
