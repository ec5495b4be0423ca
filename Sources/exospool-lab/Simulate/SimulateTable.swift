import ArgumentParser
import Atmospheres
import TrainingSets
import Units

#if canImport(Glibc)
  import Glibc
#endif

extension SimulateSpectrum {
  /// Computes a table's spectra into `output`.part, row after row, and gives it its name when it is whole.
  func simulateTable(_ model: SpectrumModel, parameters: String, output: String) throws {
    Interruption.watch()
    let table = try SpectrumTable(
      Files.read(parameters), name: parameters, stellarRadius: stellarRadius,
      stellarTemperature: Temperature(kelvins: starTemperature ?? 5772))
    let quantity: SpectrumTable.Quantity = emission ? .eclipseDepth : .transitDepth
    var stream = table.stream(model, quantity: quantity)
    var file = try PartialTable(output, stream: &stream)
    let before = stream.rowsWritten
    if before > 0 { note("\(file.name) has \(before) rows already: going on from there") }

    let clock = ContinuousClock()
    let start = clock.now
    var pace = Pace()
    var failures = 0
    let isTerminal = isatty(STDERR_FILENO) == 1
    func speed() -> Double {
      Double(stream.rowsWritten - before) / max((clock.now - start) / .seconds(1), 1e-6)
    }
    while stream.rowsWritten < stream.rowCount {
      let part = table.simulate(model, quantity: quantity, stream: &stream, threads: threads)
      try file.append(part.bytes)
      for failure in part.failures.prefix(max(0, 10 - failures)) {
        note("row \(failure.row): \(failure.reason)")
      }
      failures += part.failures.count
      if Interruption.isRequested {
        let name = file.name
        try file.close()
        note(
          "Stopped after \(stream.rowsWritten) of \(stream.rowCount) rows; nothing is lost. The same command goes on from "
            + "\(name).")
        throw ExitCode(130)
      }
      if isTerminal, pace.isDue() {
        let left = Double(stream.rowCount - stream.rowsWritten) / max(speed(), 1e-3)
        note(
          "\(stream.rowsWritten)/\(stream.rowCount) spectra  \(fixed(speed(), 0)) a second  ETA \(minutes(left))\u{1B}[K",
          end: "\r")
      }
    }
    try file.finish(stream)
    note(
      "\(stream.rowCount - before) spectra, \(failures) not computed, \(fixed(speed(), 0)) a second on \(threads) threads; "
        + "peak memory \(peakMebibytes()) MiB")
  }

  private func peakMebibytes() -> Int {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}
