import ArgumentParser
import Atmospheres
import FITSFiles
import Foundation
import Training
import Units

extension SimulateSpectrum {
  /// Computes a table's spectra into `output`.part, row after row, and gives it its name when it is whole.
  func simulateTable(_ model: SpectrumModel, parameters: String, output: String) throws {
    Interruption.watch()
    let table = try SpectrumTable(
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: parameters))), name: parameters,
      stellarRadius: stellarRadius, stellarTemperature: Temperature(kelvins: starTemperature ?? 5772))
    let quantity: SpectrumTable.Quantity = emission ? .eclipseDepth : .transitDepth
    var stream = table.stream(model, quantity: quantity)
    let path = output + ".part"
    let file = try openPart(path, stream: &stream)
    let before = stream.rowsWritten
    if before > 0 { report("\(path) has \(before) rows already: going on from there") }

    let clock = ContinuousClock()
    let start = clock.now
    var lastShown = start
    var failures = 0
    let isTerminal = isatty(STDERR_FILENO) == 1
    while stream.rowsWritten < stream.rowCount {
      let part = table.simulate(model, quantity: quantity, stream: &stream, threads: threads)
      try file.write(contentsOf: Data(part.bytes))
      for failure in part.failures.prefix(max(0, 10 - failures)) {
        report("row \(failure.row): \(failure.reason)")
      }
      failures += part.failures.count
      if Interruption.isRequested {
        try file.close()
        report(
          "Stopped after \(stream.rowsWritten) of \(stream.rowCount) rows; nothing is lost. The same command goes on from "
            + "\(path).")
        throw ExitCode(130)
      }
      if isTerminal, clock.now - lastShown > .milliseconds(500) {
        lastShown = clock.now
        let speed = Double(stream.rowsWritten - before) / max((clock.now - start) / .seconds(1), 1e-3)
        let left = Double(stream.rowCount - stream.rowsWritten) / max(speed, 1e-3)
        report(
          "\(stream.rowsWritten)/\(stream.rowCount) spectra  \(fixed(speed, 0)) a second  "
            + "ETA \(Int(left / 60)) min \(Int(left) % 60) s\u{1B}[K", end: "\r")
      }
    }
    try file.write(contentsOf: Data(stream.padding))
    try file.seek(toOffset: UInt64(stream.headerOffset))
    try file.write(contentsOf: Data(stream.header))
    try file.synchronize()
    try file.close()
    guard rename(path, output) == 0 else {
      throw ValidationError("\(output): \(String(cString: strerror(errno)))")
    }
    let seconds = max((clock.now - start) / .seconds(1), 1e-6)
    let count = stream.rowCount - before
    report(
      "\(count) spectra, \(failures) not computed, \(fixed(Double(count) / seconds, 0)) a second on \(threads) threads; "
        + "peak memory \(peakMebibytes()) MiB")
  }

  /// A new file with the head written, or one that an earlier run left, behind its last whole row.
  private func openPart(_ path: String, stream: inout FITSTableStream) throws -> FileHandle {
    if let file = FileHandle(forUpdatingAtPath: path) {
      let head = try file.read(upToCount: stream.head.count) ?? Data()
      guard head == Data(stream.head) else {
        throw ValidationError(
          "\(path) was begun with another table, configuration or version. Delete it or choose another --output."
        )
      }
      let chunk = stream.rowWidth * 1024
      while stream.rowsWritten < stream.rowCount,
        let bytes = try file.read(
          upToCount: min(chunk, (stream.rowCount - stream.rowsWritten) * stream.rowWidth)),
        bytes.count >= stream.rowWidth
      {
        stream.count(Array(bytes.prefix(bytes.count / stream.rowWidth * stream.rowWidth)))
      }
      try file.truncate(atOffset: UInt64(stream.head.count + stream.rowsWritten * stream.rowWidth))
      try file.seekToEnd()
      return file
    }
    guard FileManager.default.createFile(atPath: path, contents: Data(stream.head)),
      let file = FileHandle(forUpdatingAtPath: path)
    else { throw ValidationError("\(path): \(String(cString: strerror(errno)))") }
    try file.seekToEnd()
    return file
  }

  private func report(_ line: String, end: String = "\n") {
    FileHandle.standardError.write(Data((line + end).utf8))
  }

  private func peakMebibytes() -> Int {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}
