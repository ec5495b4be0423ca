import PlainText
import Testing

@Suite struct SuggestionTests {
  private let commands = ["analyze", "submit", "status", "tail", "show", "retry", "hold", "release"]

  @Test(arguments: [
    ("analyse", "analyze"), ("anlayze", "analyze"), ("sumbit", "submit"), ("Show", "show"),
    ("relase", "release"), ("retyr", "retry"),
  ]) func findsTheWordThatWasMeant(word: String, meant: String) {
    #expect(Suggestion.nearest(to: word, among: commands) == meant)
  }

  @Test(arguments: ["x", "frobnicate", "", "file.xml", "state"]) func tellsNothingOfOtherWords(word: String) {
    #expect(Suggestion.nearest(to: word, among: commands) == nil)
  }
}
