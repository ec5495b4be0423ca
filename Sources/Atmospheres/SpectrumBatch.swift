import Dispatch

extension SpectrumModel {
  /// Transit depths of many planets, shared out to threads one planet at a time.
  ///
  /// Each planet's spectrum is computed by one thread, so results do not depend on how many there are.
  /// - Parameter threads: at least 1.
  /// - Returns: one result a planet, in order.
  package func transitDepths(
    of planets: [PlanetAtmosphere], threads: Int
  ) -> [Result<[Double], AtmosphereError>] {
    concurrentMap(planets, threads: threads) { planet throws(AtmosphereError) in try transitDepth(planet) }
  }

  /// Emission of many planets, shared out to threads like `transitDepths`.
  package func emissions(
    of planets: [PlanetAtmosphere], star: StellarSpectrum, threads: Int
  ) -> [Result<EmissionSpectrum, AtmosphereError>] {
    concurrentMap(planets, threads: threads) { planet throws(AtmosphereError) in
      try emission(planet, star: star)
    }
  }
}

/// `transform` of each element, in order; thread n takes elements n, n + threads, ...
private func concurrentMap<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], threads: Int, _ transform: @Sendable (Input) throws(AtmosphereError) -> Output
) -> [Result<Output, AtmosphereError>] {
  precondition(threads > 0)
  let results = [Result<Output, AtmosphereError>?](unsafeUninitializedCapacity: inputs.count) {
    buffer, count in
    buffer.initialize(repeating: nil)
    count = inputs.count
    // Each element is written by one thread, once.
    nonisolated(unsafe) let slots = buffer
    DispatchQueue.concurrentPerform(iterations: min(threads, inputs.count)) { thread in
      for index in stride(from: thread, to: inputs.count, by: threads) {
        do throws(AtmosphereError) {
          slots[index] = .success(try transform(inputs[index]))
        } catch {
          slots[index] = .failure(error)
        }
      }
    }
  }
  return results.map { $0! }
}
