/// A page of the manual in mdoc(7), from what the program itself says and what it cannot know.
struct ManualPage {
  /// The facts of a page that the argument parser does not know.
  struct Context {
    var section: Int
    /// Files the program uses, each with a sentence.
    var files: [(path: String, meaning: String)] = []
    var environment: [(name: String, meaning: String)] = []
    var seeAlso: [(name: String, section: Int)] = []
  }

  let command: CommandInfo
  let context: Context

  /// Manuals carry the month of the version they describe, or the same code would give other bytes tomorrow.
  static let date = "November 21, 2026"

  var text: String {
    var page = Roff()
    page.macro("Dd \(Self.date)")
    page.macro("Dt \(command.commandName.uppercased()) \(context.section)")
    page.macro("Os exospool")
    page.macro("Sh NAME")
    page.macro("Nm \(command.commandName)")
    page.macro("Nd \(Roff.escape(Self.asPhrase(command.abstract ?? "")))")
    page.macro("Sh SYNOPSIS")
    synopsis(into: &page)
    page.macro("Sh DESCRIPTION")
    let blocks = Discussion.blocks(of: command.discussion ?? "")
    page.discussion(blocks.filter { $0.isPlain })
    options(of: command, into: &page)
    for subcommand in command.shownSubcommands { describe(subcommand, into: &page) }
    common(into: &page)
    for block in blocks where !block.isPlain {
      page.macro("Sh \(block.heading.uppercased())")
      page.literal(block.lines)
    }
    page.macro("Sh SEE ALSO")
    page.references(context.seeAlso)
    return page.text
  }

  // MARK: Parts

  private func synopsis(into page: inout Roff) {
    guard !command.shownSubcommands.isEmpty else {
      page.macro("Nm")
      for argument in command.shownArguments { page.macro(Self.usage(of: argument)) }
      return
    }
    for subcommand in command.shownSubcommands { synopsis(of: subcommand, path: [], into: &page) }
  }

  private func synopsis(of subcommand: CommandInfo, path: [String], into page: inout Roff) {
    let path = path + [subcommand.commandName]
    guard subcommand.shownSubcommands.isEmpty else {
      for inner in subcommand.shownSubcommands { synopsis(of: inner, path: path, into: &page) }
      return
    }
    page.macro("Nm")
    page.macro("Cm \(path.joined(separator: " "))")
    for argument in subcommand.shownArguments { page.macro(Self.usage(of: argument)) }
  }

  private func describe(_ subcommand: CommandInfo, path: [String] = [], into page: inout Roff) {
    let path = path + [subcommand.commandName]
    page.macro("Ss \(command.commandName) \(path.joined(separator: " "))")
    if let abstract = subcommand.abstract { page.paragraph(abstract) }
    for block in Discussion.blocks(of: subcommand.discussion ?? "") {
      page.macro("Pp")
      if block.isPlain {
        page.paragraph(block.lines.joined(separator: " "))
      } else {
        page.paragraph(block.heading + ":")
        page.literal(block.lines)
      }
    }
    options(of: subcommand, into: &page)
    for inner in subcommand.shownSubcommands { describe(inner, path: path, into: &page) }
  }

  private func options(of command: CommandInfo, into page: inout Roff) {
    guard !command.shownArguments.isEmpty else { return }
    page.macro("Bl -tag -width Ds")
    for argument in command.shownArguments {
      page.macro("It \(Self.item(of: argument))")
      var sentence = [argument.abstract, argument.discussion].compactMap { $0 }.joined(separator: " ")
      if let value = argument.defaultValue, argument.kind == .option {
        sentence += " The default is \(value)."
      }
      page.paragraph(sentence)
    }
    page.macro("El")
  }

  private func common(into page: inout Roff) {
    page.macro("Pp")
    page.paragraph("Every command explains itself with")
    page.macro("Fl -help ;")
    page.macro("Fl -version")
    page.paragraph("prints the version.")
    if !context.environment.isEmpty {
      page.macro("Sh ENVIRONMENT")
      page.table(context.environment.map { ("Ev \($0.name)", $0.meaning) })
    }
    if !context.files.isEmpty {
      page.macro("Sh FILES")
      page.table(context.files.map { ("Pa \($0.path)", $0.meaning) })
    }
  }

  // MARK: Arguments

  private static func usage(of argument: ArgumentInfo) -> String {
    let repeats = argument.isRepeating ? " ..." : ""
    switch argument.kind {
    case .positional:
      return (argument.isOptional ? "Op Ar " : "Ar ")
        + "\(Roff.escape(argument.valueName ?? "value"))\(repeats)"
    case .flag: return "Op \(flag(argument.preferredName))"
    case .option:
      let option =
        "\(flag(argument.preferredName)) Ar \(Roff.escape(argument.valueName ?? "value"))\(repeats)"
      return argument.isOptional ? "Op \(option)" : option
    }
  }

  private static func item(of argument: ArgumentInfo) -> String {
    guard argument.kind != .positional else { return "Ar \(Roff.escape(argument.valueName ?? "value"))" }
    let value = argument.kind == .option ? " Ar \(Roff.escape(argument.valueName ?? "value"))" : ""
    return (argument.names ?? []).map { flag($0) + value }.joined(separator: " , ")
  }

  private static func flag(_ name: ArgumentInfo.Name?) -> String {
    guard let name else { return "" }
    return name.kind == .long ? "Fl -\(Roff.escape(name.name))" : "Fl \(Roff.escape(name.name))"
  }

  /// A sentence as the phrase that follows a name: no capital, no full stop.
  private static func asPhrase(_ sentence: String) -> String {
    let phrase = sentence.prefix(1).lowercased() + sentence.dropFirst()
    return phrase.hasSuffix(".") ? String(phrase.dropLast()) : phrase
  }
}
