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
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
          let source = URL(filePath: folder).appending(path: path)
          let kind = try source.resourceValues(forKeys: [.isRegularFileKey])
          guard kind.isRegularFile == true else { continue }
          let seed = try SeedReduction.reduced(Gunzip.unpacked([UInt8](Data(contentsOf: source))))
          try Data(seed).write(to: target.appending(path: path.replacing("/", with: "-")))
        }
      }
      return 0
    } catch {
      FileHandle.standardError.write(Data("fuzz-readers: \(error)\n".utf8))
      return 66
    }
  }
}
