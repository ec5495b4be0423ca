#if canImport(Glibc)
  import Glibc
#endif

/// xoshiro256** (Blackman & Vigna 2021, ACM TOMS 47, 36), seeded through SplitMix64.
///
/// The same seed gives the same sequence on every machine. Independent streams come from `init(seed:stream:)`,
/// so that the n-th item of a set does not depend on how many threads made the items before it.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  package init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = SplitMix64(state: seed)
    let first = mixer.next()
    mixer = SplitMix64(state: first ^ (stream &* 0x9E37_79B9_7F4A_7C15))
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  package mutating func next() -> UInt64 {
    let result = rotateLeft(state.1 &* 5, 7) &* 9
    let t = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= t
    state.3 = rotateLeft(state.3, 45)
    return result
  }

  /// Uniform in [0, 1), 53 bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in [low, high).
  package mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// Standard normal, by Box and Muller; the second value is not kept, so the state alone fixes what follows.
  package mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// The words of the state, for checkpoints.
  package var words: [UInt64] {
    get { [state.0, state.1, state.2, state.3] }
    set {
      precondition(newValue.count == 4)
      state = (newValue[0], newValue[1], newValue[2], newValue[3])
    }
  }

  private func rotateLeft(_ x: UInt64, _ n: UInt64) -> UInt64 { (x << n) | (x >> (64 - n)) }
}

/// The generator that spreads a seed over a larger state (Steele, Lea & Flood 2014, OOPSLA 453).
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
