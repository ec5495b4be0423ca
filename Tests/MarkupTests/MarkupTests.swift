import Markup
import Testing

@Suite struct MarkupTests {
  @Test func interpolatedTextIsEscaped() {
    let name = "<script>alert('x')</script> & \"co\""
    let markup: Markup = "<b title=\"\(name)\">\(name)</b>"
    let escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;"
    #expect(markup.text == "<b title=\"\(escaped)\">\(escaped)</b>")
  }

  @Test func interpolatedMarkupStays() {
    let inner: Markup = "<i>\("a<b")</i>"
    let outer: Markup = "<p>\(inner)\([inner, inner])\(7)</p>"
    #expect(outer.text == "<p><i>a&lt;b</i><i>a&lt;b</i><i>a&lt;b</i>7</p>")
  }

  @Test func charactersForbiddenInDocumentsAreReplaced() {
    let markup: Markup = "\("a\u{0}b\u{1B}c\u{FFFE}d\ne\u{85}f")"
    #expect(markup.text == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\ne\u{FFFD}f")
  }
}
