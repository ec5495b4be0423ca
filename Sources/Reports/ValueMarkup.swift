import Markup
import ResultFiles

extension ValueText {
  /// The same in HTML, with a true minus and, where they differ, the errors stacked.
  var markup: Markup {
    let number: Markup = "\(relation)\(relation.isEmpty ? "" : "\u{2009}")\(Self.typographic(central))"
    switch (upper, lower) {
    case (nil, nil): return number
    case (let upper?, let lower?) where upper == lower: return "\(number) ± \(upper)"
    default:
      return """
        \(number)<span class="errors"><span>+\(upper ?? "?")</span><span>−\(lower ?? "?")</span></span>
        """
    }
  }
}
