import ArgumentParser
import PlainText
import PosixFiles
import Retrieval
import Tensors

struct Likelihood: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "likelihood",
    abstract: "Say how probable an observed spectrum is, for any sampler that asks.",
    discussion: """
      Reads a line of parameters from the input and writes a line with two numbers: ln of the likelihood, and ln of the \
      prior's density in the unit box, -inf where it is 0; flushed, so that any program can ask through a pipe. Likelihood and \
      prior are those of complete. Parameters are those that --describe names, in that order, each between 0 and 1 on its \
      range; with --values, in their own units.

        exospool-lab likelihood HD209458b.txt --star-radius 1.155:0.016 --describe
        exospool-lab likelihood HD209458b.txt --star-radius 1.155:0.016 --mass 0.69:0.02 < points.txt
      """)

  @OptionGroup var options: RetrievalOptions

  @ArgumentParser.Flag(help: "Say which parameters there are, with ranges, and end.")
  var describe = false

  @ArgumentParser.Flag(help: "Parameters come in their own units, not as shares of their ranges.")
  var values = false

  func run() throws {
    BLAS.useThreads(1)
    let observation = try options.observation()
    let space = options.atmospheres(observation)
    let coordinates = RetrievalCoordinates(
      space, observation, level: RetrievalEngine.meanDepth(observation),
      inflatesErrors: options.inflatesErrors,
      held: try options.held(space))
    if describe {
      for (key, range) in zip(coordinates.keys, coordinates.ranges) {
        print(padded(key, 22), range.lowerBound, range.upperBound)
      }
      return
    }
    let target = try RetrievalTarget(
      coordinates: coordinates, observation: observation, forward: options.forward(space), threads: 1)
    while let line = readLine() {
      let numbers = line.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }).map { Double($0) }
      guard numbers.count == coordinates.count, !numbers.contains(nil) else {
        throw ValidationError("a line holds \(coordinates.count) numbers, not \"\(printable(line))\".")
      }
      let point = zip(numbers.compactMap { $0 }, coordinates.ranges).map { value, range in
        values ? (value - range.lowerBound) / (range.upperBound - range.lowerBound) : value
      }
      let evaluation =
        point.allSatisfy { (0...1).contains($0) } ? target.evaluate(point) : nil
      let answer =
        evaluation.map { "\($0.logLikelihood + $0.state.logContext) \($0.state.logPrior)" } ?? "-inf -inf"
      try PosixFiles.writeStream(Array((answer + "\n").utf8), to: .standardOutput, named: "standard output")
    }
  }
}
