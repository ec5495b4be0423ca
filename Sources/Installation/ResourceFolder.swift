/// A folder of data that comes with exospool. Every program finds it the same way, wherever it was started.
package struct ResourceFolder: Sendable, Hashable {
  /// The environment variable that names another folder.
  package let variable: String
  /// Where it is in a checkout.
  package let inCheckout: String
  /// Where an installation has it.
  package let installed: String

  package init(variable: String, inCheckout: String, installed: String) {
    self.variable = variable
    self.inCheckout = inCheckout
    self.installed = installed
  }

  /// The networks' weights and cards.
  package static let models = ResourceFolder(
    variable: "EXOSPOOL_MODELS_DIRECTORY", inCheckout: "Etc/models", installed: "/usr/share/exospool/models")
  /// The opacity tables.
  package static let opacity = ResourceFolder(
    variable: "EXOSPOOL_OPACITY_DIRECTORY", inCheckout: "Etc/opacity",
    installed: "/usr/share/exospool/opacity")

  /// The folder: the one the user names, else the variable's, else that of the checkout the program runs from, else the
  /// configured one, else the installed one; `nil` where none of these is there. What is named is taken unseen.
  /// - Parameter configured: what the installed daemon was told.
  package func path<Failure: Error>(
    option: String?, program: String? = Checkout.program,
    configured: () throws(Failure) -> String?
  ) throws(Failure) -> String? {
    if let named = option ?? EnvironmentVariable.value(variable) { return named }
    if let checkout = Checkout.directory(inCheckout, above: program) { return checkout }
    if let configured = try configured() { return configured }
    return isDirectory(installed) ? installed : nil
  }

  /// The same for a program that no configuration speaks to.
  package func path(option: String?, program: String? = Checkout.program) -> String? {
    path(option: option, program: program) { () throws(Never) in nil }
  }

  /// Where it was looked for, for those who have none.
  /// - Parameter flag: the option that names it.
  package func missing(_ what: String, flag: String) -> String {
    "no \(what) found in \(installed); name their directory with \(flag) or \(variable)"
  }
}
