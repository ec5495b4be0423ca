import CBLAS

/// OpenBLAS as this process has it: which kernels, how many threads.
///
/// Loaded at first use. On a CPU with AVX-512 its AVX-512 kernels are chosen even where OpenBLAS does not know the
/// CPU (see CBLAS.h); `OPENBLAS_CORETYPE` in the environment overrides the choice. Where the library is missing,
/// products are right but slow: the naive oracle computes them.
package enum BLAS {
  /// Function pointers into the library: written once, before anything reads them.
  nonisolated(unsafe) static let library = exospool_load_blas()

  /// Whether this CPU has the AVX-512 extensions the fast kernels need.
  package static let hasAVX512 = exospool_has_avx512()

  /// The kernels' name as OpenBLAS gives it, `SkylakeX` for AVX-512, `Haswell` or `Zen` for AVX2; `naive` without
  /// the library. Results are the same bytes for the same kernels and thread count, not across kernels.
  package static let kernels: String = library.kernels.map { String(cString: $0) } ?? "naive"

  /// Threads each product may use from now on; 1 until set. For the program's start, not from several threads.
  package static func useThreads(_ count: Int) {
    precondition((1...1024).contains(count))
    library.set_threads?(Int32(count))
  }
}
