package import Observations
package import PlainText

extension Numerals {
  /// How the numbers of one posterior are written in a row: with the same decimals, or each to two significant
  /// digits where they span more than a table's decimals can show.
  package static func format(for posterior: Posterior, factor: Double) -> (Double) -> String {
    // Half the central 68 % rather than the standard deviation, which a far tail may stretch.
    let decimals = decimals(forError: (posterior.p84 - posterior.p16) / 2 * factor)
    let isWide = posterior.p16 > 0 && posterior.p84 > 30 * posterior.p16
    if decimals > 3 || (isWide && posterior.p50 < posterior.sd) {
      return { significant($0 * factor, digits: 2) }
    }
    return { fixed($0 * factor, decimals: decimals) }
  }
}
