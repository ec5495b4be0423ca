import ArgumentParser
import Tensors

#if canImport(Glibc)
  import Glibc
#endif

struct Products: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Matrix products: GFLOP/s with the chosen kernels, and with AVX2 ones to compare.")

  @Flag(help: "Only the kernels this process has.")
  var alone = false

  func run() throws {
    for threads in [1, 2] {
      BLAS.useThreads(threads)
      // A hidden layer of the interior networks, at a batch of 1,024.
      let (rows, columns, inner) = (1024, 512, 512)
      let a = [Float](repeating: 0.5, count: rows * inner)
      let b = [Float](repeating: 0.25, count: inner * columns)
      var c = [Float](repeating: 0, count: rows * columns)
      let seconds = bestSeconds {
        a.withUnsafeBufferPointer { a in
          b.withUnsafeBufferPointer { b in
            c.withUnsafeMutableBufferPointer {
              multiplyMatrices(ProductShape(rows: rows, columns: columns, inner: inner), a, b, into: $0)
            }
          }
        }
      }
      let rate = 2 * Double(rows * columns * inner) / seconds / 1e9
      print(
        "product \(rows) x \(inner) x \(columns), single precision, kernels \(BLAS.kernels), \(threads) thread"
          + "\(threads == 1 ? "" : "s"): \(fixed(rate, 0)) GFLOP/s")
    }
    if !alone && BLAS.hasAVX512 {
      // The library chooses as it is loaded: another choice needs another process.
      for kernels in ["Haswell", "SkylakeX"] where kernels != BLAS.kernels { try again(with: kernels) }
    }
  }

  private func again(with kernels: String) throws {
    fflush(nil)
    setenv("OPENBLAS_CORETYPE", kernels, 1)
    let words = ["exospool-benchmark", "products", "--alone"]
    var arguments = words.map { word in strdup(word) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    guard posix_spawn(&child, "/proc/self/exe", nil, nil, arguments, environ) == 0 else {
      throw ExitCode.failure
    }
    var status: Int32 = 0
    waitpid(child, &status, 0)
  }
}
