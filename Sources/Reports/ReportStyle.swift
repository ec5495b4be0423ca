import Markup

/// The report's style sheet. Colours are set once and told apart by lightness as well as by hue.
enum ReportStyle {
  /// On a light page.
  static let light: [(name: String, value: String)] = [
    ("page", "#fbfaf7"), ("card", "#ffffff"), ("ink", "#1d2330"), ("soft", "#5b6475"), ("rule", "#dcdad2"),
    ("accent", "#8a3b1e"), ("core", "#f0c04f"), ("mantle", "#b4532f"), ("water", "#2c78b5"),
    ("envelope", "#c3d3e6"), ("neutral", "#7b8496"), ("band", "#14161d"),
  ]

  private static let colours = light.map { "--\($0.name): \($0.value);" as Markup }.joined(separator: " ")

  static let css: Markup = """
    :root { color-scheme: light dark; \(colours) --disc: clamp(4.5rem, 21vw, 8rem); }
    @media (prefers-color-scheme: dark) { :root { --page: #12151c; --card: #1a1f29; --ink: #eceef2;
      --soft: #a3adbd; --rule: #323a48; --accent: #f0a57c; --core: #edbd4c; --mantle: #bd5b36;
      --water: #3684c2; --envelope: #a9bcd3; --neutral: #8791a4; } }
    @media print { :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --rule: #bbb; --accent: #6b2c14; } }
    * { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    body { margin: 0; background: var(--page); color: var(--ink);
      font: 1rem/1.5 "Source Serif 4", "Iowan Old Style", Georgia, "DejaVu Serif", serif;
      overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; }
    main { max-width: 66rem; margin: 0 auto; padding: 1.5rem clamp(0.9rem, 4vw, 2.5rem) 3rem; }
    h1, h2, h3 { line-height: 1.15; font-weight: 600; margin: 0; }
    h1 { font-size: clamp(1.8rem, 6vw, 2.8rem); }
    h2 { font-size: clamp(1.35rem, 4.5vw, 1.8rem); }
    h3 { font-size: 1.05rem; display: inline; }
    a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: 0.2em; }
    code { font: 0.88em ui-monospace, "DejaVu Sans Mono", monospace; }
    .eyebrow { margin: 0; color: var(--accent); letter-spacing: 0.08em; text-transform: uppercase; font-size: 0.8rem; }
    .lead { margin: 0.4rem 0 1.2rem; color: var(--soft); font-size: 1.1rem; }
    .aliases { margin: 0.2rem 0 0; color: var(--soft); font-size: 0.9rem; }
    .unit, small, figcaption { color: var(--soft); font-weight: 400; }
    b, td { font-variant-numeric: tabular-nums; }
    .planet { margin: 1.6rem 0; padding: clamp(0.9rem, 3vw, 1.8rem); background: var(--card);
      border: 1px solid var(--rule); border-radius: 0.6rem; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.8rem), 1fr)); gap: 0.7rem 1.2rem;
      margin: 1rem 0; }
    .facts div { border-top: 2px solid var(--rule); padding-top: 0.35rem; }
    dt { color: var(--soft); font-size: 0.85rem; }
    dd { margin: 0; }
    dd small { display: block; }
    .absent { color: var(--soft); }
    .errors { display: inline-flex; flex-direction: column; vertical-align: middle; font-size: 0.68em;
      line-height: 1.1; margin-left: 0.25em; }
    .notes { margin: 0.8rem 0; padding: 0.5rem 0.9rem; border-left: 3px solid var(--accent);
      background: color-mix(in srgb, var(--accent) 6%, transparent); font-size: 0.93rem; }
    .notes ul { margin: 0; padding-left: 1.1rem; }
    .notes li + li { margin-top: 0.25rem; }
    .notes p { margin: 0.35rem 0 0; color: var(--soft); }
    .notes p:first-child { margin: 0; }
    .notes code { margin-right: 0.6em; }
    .flags { margin: 0; } .flags dd { margin: 0 0 0.5rem; }
    .model { border-top: 1px solid var(--rule); margin-top: 1.2rem; padding-top: 0.9rem; }
    summary { cursor: pointer; }
    .cut { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: center; margin: 0.8rem 0; }
    figure { margin: 0; }
    .cut figure { flex: 1 1 18rem; max-width: 26rem; }
    .cut figcaption { font-size: 0.85rem; }
    svg { display: block; max-width: 100%; }
    .section { width: 100%; }
    \(figures)
    .key { display: inline-block; width: 1.3em; height: 0.8em; border: 1px solid var(--soft); vertical-align: -0.05em; }
    .key68, .key95 { background: linear-gradient(rgb(20 22 29 / 0.2) 0 100%), var(--core); }
    .key68 { background: linear-gradient(rgb(20 22 29 / 0.44) 0 100%), var(--core); }
    .layers { flex: 1 1 15rem; list-style: none; margin: 0; padding: 0; }
    .layers li { display: flex; gap: 0.8rem; padding: 0.55rem 0; border-bottom: 1px solid var(--rule); }
    .layers li div > span { display: block; }
    .swatch { flex: none; width: 0.9rem; border-radius: 0.2rem; }
    .marginals { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 1.2rem 1.4rem;
      margin: 1.2rem 0; }
    .marginal { break-inside: avoid; }
    .marginal { display: flex; flex-direction: column; justify-content: space-between; }
    .marginal figcaption { font-size: 0.9rem; color: var(--ink); line-height: 1.4; }
    .marginal .title { display: block; color: var(--soft); }
    .marginal svg { width: 100%; }
    .wide { overflow-x: auto; margin: 0.8rem 0; }
    table { border-collapse: collapse; font-size: 0.9rem; min-width: 100%; overflow-wrap: normal; }
    th, td { padding: 0.35rem 0.7rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
    th:first-child { text-align: left; padding-left: 0; white-space: normal; min-width: 8rem; }
    thead th { color: var(--soft); font-weight: 400; vertical-align: bottom; }
    tbody th { font-weight: 400; }
    .caption { color: var(--soft); font-size: 0.85rem; margin: 0; }
    .portrait { list-style: none; display: flex; flex-wrap: wrap; align-items: end; gap: 1rem 1.6rem; margin: 0 0 1.4rem;
      padding: 0; }
    .portrait a { display: flex; flex-direction: column; align-items: center; text-decoration: none; gap: 0.3rem;
      font-size: 0.85rem; }
    .portrait small { font-size: 0.8rem; }
    aside { color: var(--soft); font-size: 0.93rem; max-width: 44rem; }
    aside h2, footer h2 { font-size: 1.15rem; color: var(--ink); margin-top: 1.6rem; }
    .provenance { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: 0.2rem 1rem; font-size: 0.88rem; }
    .hash { font: 0.8rem ui-monospace, "DejaVu Sans Mono", monospace; word-break: break-all; }
    pre.hash { word-break: normal; overflow-wrap: normal; margin: 0; } footer summary h2 { display: inline; }
    footer p { color: var(--soft); font-size: 0.88rem; }
    @media print { body { font-size: 10pt; } main { max-width: none; padding: 0; }
      .planet { border: none; padding: 0; } .cut, tr, .facts, .refused { break-inside: avoid; }
      .planet { break-before: page; } header + .planet:last-of-type { break-before: auto; }
      h2, h3, summary { break-after: avoid; } .marginals { grid-template-columns: repeat(3, 1fr); }
      .cut figure { max-width: 18rem; } .wide { overflow: visible; } th, td { padding: 0.2rem 0.35rem; }
      details > *:not(summary) { display: revert; } details::details-content { content-visibility: visible; } }
    """

  /// Of drawings: the page's and those that stand alone.
  static let figures: Markup = """
    svg text { font: 15px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); text-anchor: middle; }
    svg .start { text-anchor: start; } svg .end { text-anchor: end; }
    .layer { stroke: none; }
    .core { fill: var(--core); background: var(--core); }
    .mantle { fill: var(--mantle); background: var(--mantle); }
    .water { fill: var(--water); background: var(--water); }
    .envelope { fill: var(--envelope); background: var(--envelope); }
    .neutral { fill: var(--neutral); }
    .unknown { fill: none; stroke: var(--soft); stroke-width: 2; stroke-dasharray: 6 5; }
    svg .name { font-weight: 600; fill: #16181d; }
    svg .on-mantle, svg .on-water { fill: #fff; }
    .band68, .band95 { fill: none; stroke: var(--band); stroke-opacity: 0.2; }
    .band68 { stroke-opacity: 0.3; }
    .boundary { fill: none; stroke: #fff; stroke-width: 1.2; }
    .ruler path, .axis path { stroke: var(--soft); fill: none; stroke-width: 1; }
    svg .ruler text, svg .axis text { fill: var(--soft); font-size: 13px; }
    @media (max-width: 40rem) { svg.plot .axis text { font-size: 22px; } }
    .density { fill-opacity: 0.75; }
    .line95, .line68, .median { fill: none; stroke: var(--ink); }
    .line95 { stroke-width: 1.2; } .line68 { stroke-width: 5; } .median { stroke-width: 1.6; }
    """
}
