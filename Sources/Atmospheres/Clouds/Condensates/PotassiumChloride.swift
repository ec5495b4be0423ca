extension RefractiveIndex {
  /// KCl, 0.27-18 um: n by the dispersion formula of Li 1976, J. Phys. Chem. Ref. Data 5, 329 (refractiveindex.info, public
  /// domain, CC0), thinned to 0.002; k after Palik 1985, Handbook of Optical Constants of Solids: below 1e-7 short of 11 um.
  static let potassiumChloride = RefractiveIndex(
    rows: [
      0.27, 1.568, 1e-07, 0.31298, 1.539, 1e-07, 0.38652, 1.514, 1e-07, 0.53046, 1.494, 1e-07,
      0.91824, 1.481, 1e-07, 6.8181, 1.466, 1.14e-07, 11.314, 1.451, 2.11e-07, 15.528, 1.429, 3.66e-06,
      18, 1.411, 2.25e-05,
    ])
}
