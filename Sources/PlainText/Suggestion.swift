/// What somebody meant who wrote a word wrong.
package enum Suggestion {
  /// The known word that is nearest, if it is near: at most two letters, and a third of the word, are wrong.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let wanted = Array(word.lowercased())
    let ranked = known.map { (word: $0, distance: distance(wanted, Array($0.lowercased()))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= 2,
      3 * best.distance <= max(wanted.count, 3)
    else { return nil }
    return best.word
  }

  /// A sentence on the first word that is none of the commands where one is wanted; `nil` where all are, or nothing is near.
  /// - Parameters:
  ///   - arguments: without the program's name.
  ///   - children: the commands below a command.
  @inlinable
  package static func ofCommand<Command>(
    _ arguments: some Sequence<String>, below root: Command, children: (Command) -> [Command],
    name: (Command) -> String
  ) -> String? {
    var command = root
    for word in arguments {
      let commands = children(command)
      if commands.isEmpty || word.hasPrefix("-") { return nil }
      if let next = commands.first(where: { name($0) == word }) {
        command = next
      } else {
        return nearest(to: word, among: commands.map(name)).map {
          "there is no command '\(word)'; did you mean '\($0)'?"
        }
      }
    }
    return nil
  }

  /// Letters to put in, take out, replace or swap with their neighbour (Damerau 1964, without moves over others).
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var row = [i + 1]
      for (j, other) in b.enumerated() {
        var least = min(last[j] + (letter == other ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, letter == b[j - 1], a[i - 1] == other { least = min(least, before[j - 1] + 1) }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
