import Analyses
import Markup
import PlainText
import Units

/// All planets of a system side by side, to one scale, each with its layers at their median radii.
struct SystemPortrait {
  let planets: [PlanetAnalysis]

  var markup: Markup {
    let radii = planets.map { analysis -> Double? in
      guard let radius = analysis.planet.radius?.value?.earthRadii, radius.isFinite, radius > 0 else {
        return nil
      }
      return radius
    }
    guard let greatest = radii.compactMap({ $0 }).max() else { return "" }
    let items = zip(planets, radii).enumerated().map { index, item -> Markup in
      let (analysis, radius) = item
      return """
        <li><a href="#planet-\(index + 1)">\(disc(analysis, radius: radius, greatest: greatest))\
        <bdi>\(analysis.planet.name)</bdi>\
        <small>\(caption(radius))</small></a></li>
        """
    }
    return """
      <ul class="portrait" aria-label="The planets to one scale">\(items)</ul>

      """
  }

  private func caption(_ radius: Double?) -> Markup {
    guard let radius else { return "radius not known" }
    return "\(Numerals.significant(radius, digits: 3)) R<sub>E</sub>"
  }

  /// The style sheet sets `--disc`, the diameter of the largest planet on this screen.
  private func disc(_ analysis: PlanetAnalysis, radius: Double?, greatest: Double) -> Markup {
    let unknown: Markup = "<circle class=\"unknown\" cx=\"50\" cy=\"50\" r=\"46\"/>"
    let disc = analysis.answers.lazy.compactMap { Sections.planet($0).disc($0) }.first
    let layers = disc?.map { layer -> Markup in
      """
      <circle class="layer \(layer.cssClass)" cx="50" cy="50" \
      r="\(Numerals.coordinate(layer.radius * 50))"/>
      """
    }
    let share = radius.map { Numerals.significant($0 / greatest, digits: 4) } ?? "0.3"
    return """
      <svg style="width:max(3px,calc(var(--disc)*\(share)))" viewBox="0 0 100 100" aria-hidden="true">\
      \(radius == nil ? unknown : layers?.joined() ?? unknown)</svg>
      """
  }
}
