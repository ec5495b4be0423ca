import Observations
import Units

/// All planets of a system side by side, to one scale, each with its layers at their median radii.
struct SystemPortrait {
  let planets: [PlanetAnalysis]

  /// Diameter of the largest planet, CSS pixels.
  private static let largest = 132.0

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
        <small>\(radius.map { Numerals.significant($0, digits: 3) + " Earth radii" } ?? "radius not known")</small></a></li>
        """
    }
    return """
      <ul class="portrait" aria-label="The planets to one scale">\(items)</ul>

      """
  }

  private func disc(_ analysis: PlanetAnalysis, radius: Double?, greatest: Double) -> Markup {
    guard let radius else { return "" }
    let size = Numerals.coordinate(max(2, radius / greatest * Self.largest))
    let structure = SummaryLine.preferredInterior(of: analysis).flatMap(LayeredStructure.init)
    let circles =
      structure.map { structure in
        structure.boundaries.reversed().map { boundary -> Markup in
          """
          <circle class="layer \(boundary.layer.rawValue)" cx="50" cy="50" \
          r="\(Numerals.coordinate(boundary.median * 50))"/>
          """
        }.joined()
      } ?? "<circle class=\"unknown\" cx=\"50\" cy=\"50\" r=\"49\"/>"
    return """
      <svg width="\(size)" height="\(size)" viewBox="0 0 100 100" aria-hidden="true">\(circles)</svg>
      """
  }
}
