import ArgumentParser
import PlainText

/// Speed, measured: each figure that the documentation claims has its command here.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exospool-benchmark", abstract: "Measure the speed of exospool's inner parts.",
    subcommands: [
      Products.self, Networks.self, InteriorStructures.self, Recognition.self, Spectra.self,
      GAN.self, Completion.self,
    ])
}

/// The best of several repeats, each as long as it takes to be measured well: what the machine can do when nobody
/// disturbs it.
func bestSeconds(repeats: Int = 7, _ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  func seconds(_ count: Int) -> Double {
    let duration = clock.measure { for _ in 0..<count { body() } }
    return Double(duration / .nanoseconds(1)) * 1e-9 / Double(count)
  }
  let first = seconds(1)
  let count = max(1, Int(0.1 / max(first, 1e-9)))
  return (0..<repeats).map { _ in seconds(count) }.min() ?? first
}

/// The processor time that this thread takes for something.
func processorSeconds(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  let start = now()
  body()
  return now() - start
}

/// A number with so many decimals.
func fixed(_ x: Double, _ decimals: Int) -> String { Numerals.fixed(x, decimals: decimals) }

/// The largest resident size so far.
func peakMebibytes() -> Int {
  var usage = rusage()
  getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}

#if canImport(Glibc)
  import Glibc
#endif
