import Foundation
import Testing

@testable import generate_manuals

@Suite struct ManualsTests {
  private func page(_ json: String) throws -> String {
    let command = try JSONDecoder().decode(ToolInfo.self, from: Data(json.utf8)).command
    return ManualPage(command: command, context: .init(section: 1, seeAlso: [("other", 8)])).text
  }

  @Test func aPageSaysWhatTheProgramSays() throws {
    let text = try page(
      """
      {"serializationVersion": 0, "command": {"commandName": "tool", "abstract": "Do a thing.",
       "discussion": "Prose here.\\n\\nExamples:\\n  tool run x", "subcommands": [
        {"commandName": "run", "abstract": "Run it.", "arguments": [
          {"kind": "positional", "shouldDisplay": true, "isOptional": false, "isRepeating": true, "valueName": "file",
           "abstract": "What to run. Twice."},
          {"kind": "option", "shouldDisplay": true, "isOptional": true, "isRepeating": false, "valueName": "n",
           "names": [{"kind": "long", "name": "count"}, {"kind": "short", "name": "n"}],
           "preferredName": {"kind": "long", "name": "count"}, "defaultValue": "3", "abstract": "How often."},
          {"kind": "flag", "shouldDisplay": false, "isOptional": true, "isRepeating": false,
           "names": [{"kind": "long", "name": "secret"}], "preferredName": {"kind": "long", "name": "secret"}}]},
        {"commandName": "help", "arguments": []}]}}
      """)
    #expect(text.contains(".Nm tool\n.Nd do a thing\n"))
    #expect(text.contains(".Nm\n.Cm run\n.Ar file ...\n.Op Fl -count Ar n\n"))
    #expect(text.contains(".It Fl -count Ar n , Fl n Ar n\nHow often.\nThe default is 3.\n"))
    #expect(text.contains("What to run.\nTwice.\n"))
    #expect(text.contains(".Sh EXAMPLES\n.Bd -literal -offset indent\ntool run x\n.Ed\n"))
    #expect(text.hasSuffix(".Sh SEE ALSO\n.Xr other 8\n"))
    #expect(!text.contains("secret") && !text.contains("help\n"))
  }

  @Test func requestsCannotBeginInText() {
    #expect(Roff.escape(".so /etc/passwd") == "\\&.so /etc/passwd")
    #expect(Roff.escape("'x") == "\\&'x")
    #expect(Roff.escape("a\\b") == "a\\eb")
    #expect(Roff.argument("key = \"x\"") == "key = \\(dqx\\(dq")
  }

  @Test func linesStayShort() {
    var page = Roff()
    page.paragraph(String(repeating: "word ", count: 100))
    #expect(page.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(page.text.split(whereSeparator: { " \n".contains($0) }).count == 100)
  }

  @Test func theConfigurationsCommentsBecomeItsPage() {
    let entries = ConfigurationPage.entries(
      of: """
        # About the file.
        # Two lines.

        # Where it is.
        # text, default "Spool"
        # spool_directory = "Spool"

        # How many.
        workers = 2
        """)
    #expect(
      entries == [
        .init(prose: ["About the file.", "Two lines."], key: nil),
        .init(prose: ["Where it is.", "text, default \"Spool\""], key: "spool_directory = \"Spool\""),
        .init(prose: ["How many."], key: "workers = 2"),
      ])
  }
}
