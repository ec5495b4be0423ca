import Foundation
import Gzip

/// `--write-seeds DIR [FOLDER ...]`: small files of every layout, and small ones made of the files in the folders.
enum SeedCommand {
  /// - Returns: the exit status; `nil` when the arguments ask for something else.
  static func run(_ arguments: [String]) -> Int32? {
    guard arguments.first == "--write-seeds", arguments.count >= 2 else { return nil }
    let target = URL(filePath: arguments[1])
    do {
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      for seed in SeedFiles.all { try Data(seed.bytes).write(to: target.appending(path: seed.name)) }
      for folder in arguments.dropFirst(2) {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
          let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder).appending(path: name)))
          try Data(SeedReduction.reduced(Gunzip.unpacked(bytes))).write(to: target.appending(path: name))
        }
      }
      return 0
    } catch {
      FileHandle.standardError.write(Data("fuzz-readers: \(error)\n".utf8))
      return 66
    }
  }
}
