import Testing
import TrainingRuns

@Suite("Model cards")
struct ModelCardTests {
  @Test("numbers of a card have so many digits")
  func rounding() {
    #expect(ModelCard.rounded(0.123456, 3) == 0.123)
    #expect(ModelCard.rounded(-98765.4, 2) == -99000)
    #expect(ModelCard.rounded(9.999, 2) == 10)
    #expect(ModelCard.rounded(0, 3) == 0)
    #expect(ModelCard.rounded(.infinity, 3) == .infinity)
  }

  @Test("a member is replaced where it stands, or added")
  func members() {
    let card = ModelCard.setting("b", to: .integer(2), in: .object([.init("a", .integer(1))]))
    #expect(card == .object([.init("a", .integer(1)), .init("b", .integer(2))]))
    #expect(
      ModelCard.setting("a", to: .null, in: card) == .object([.init("a", .null), .init("b", .integer(2))]))
  }

  @Test("a prior in JSON is kept as such, another as text")
  func prior() {
    #expect(ModelCard.prior(["prior": "{\"a\":1}"]) == .object([.init("a", .integer(1))]))
    #expect(ModelCard.prior(["prior": "flat"]) == .string("flat") && ModelCard.prior([:]) == .string(""))
  }
}
