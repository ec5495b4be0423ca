import Foundation
import NumericalMethods

#if LIBFUZZER
  // The functions libFuzzer calls by name, as `Tests/SystemTests/fuzz` builds this program.

  @_silgen_name("LLVMFuzzerMutate")
  private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ capacity: Int) -> Int

  /// `fuzz-readers --write-seeds DIR [FOLDER ...]` writes seeds instead of fuzzing.
  @_cdecl("LLVMFuzzerInitialize")
  func initialize(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutableRawPointer) -> Int32 {
    if let status = SeedCommand.run(Array(CommandLine.arguments.dropFirst())) { exit(status) }
    return 0
  }

  @_cdecl("LLVMFuzzerTestOneInput")
  func testOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> Int32 {
    ReaderUnderTest.shared.check(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
  }

  /// A FITS file gets a card changed as often as libFuzzer's own mutations; anything else only the latter.
  @_cdecl("LLVMFuzzerCustomMutator")
  func mutate(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ capacity: Int, _ seed: UInt32) -> Int {
    var random = SeededRandom(seed: UInt64(seed))
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let mutant = CardMutator.mutant(of: bytes, &random), mutant.count <= capacity else {
      return mutateBytes(data, size, capacity)
    }
    UnsafeMutableBufferPointer(start: data, count: capacity).update(fromContentsOf: mutant)
    return mutant.count
  }
#else
  /// Without libFuzzer: writes seeds, or runs the readers once over the files named, as for an input that it found.
  @main
  enum Replay {
    static func main() throws {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if let status = SeedCommand.run(arguments) { exit(status) }
      guard !arguments.isEmpty else {
        print("usage: fuzz-readers FILE ... | --write-seeds DIR [FOLDER ...]")
        exit(64)
      }
      for path in arguments {
        print("\(path): \(ReaderUnderTest.shared.check([UInt8](try Data(contentsOf: URL(filePath: path)))))")
      }
    }
  }
#endif
