/// What can be wrong with data given to the opacity models.
package struct MolecularBandsError: Error, Sendable, CustomStringConvertible {
  package enum Code: Sendable {
    case malformedTable
    case unknownSpecies
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
  package var description: String { message }
}
