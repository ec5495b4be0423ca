import Markup
import Observations
import ResultFiles

/// Star and planet of a spectrum, as facts.
enum ContextSection {
  /// Nothing where nothing is known.
  static func markup(_ context: SpectrumContext) -> Markup {
    let items = ContextField.all.compactMap { field -> Markup? in
      guard let reading = field.reading(of: context), let value = reading.text else { return nil }
      let source = source(reading.source, of: context.record)
      return
        "<div><dt>\(field.title)</dt><dd>\(value.markup) \(field.titleUnit) <small>(<bdi>\(source)</bdi>)</small></dd></div>"
    }
    guard !items.isEmpty else { return "" }
    return "<h2>Star and planet</h2>\n<dl class=\"facts\">\(items)</dl>\n"
  }

  private static func source(_ source: SpectrumContext.Source, of record: SpectrumContext.Record?) -> String {
    switch source {
    case .user: "told by the user"
    case .input: "the spectrum’s file"
    case .catalogue: record?.file ?? "the catalogue"
    case .derived: "derived from \(record?.file ?? "the catalogue")"
    }
  }
}
