import NumericalMethods
package import Tensors

extension SpectrumModel {
  /// Transit depths of many planets, shared out to threads one planet at a time.
  ///
  /// Each planet's spectrum is computed by one thread, so results do not depend on how many there are.
  /// - Parameter threads: at least 1.
  /// - Returns: one result a planet, in order.
  package func transitDepths(
    of planets: [PlanetAtmosphere], threads: Int
  ) -> [Result<[Double], AtmosphereError>] {
    concurrentResults(planets, threads: threads) { planet throws(AtmosphereError) in try transitDepth(planet)
    }
  }

  /// Emission of many planets, shared out to threads like `transitDepths`.
  package func emissions(
    of planets: [PlanetAtmosphere], star: StellarSpectrum, threads: Int
  ) -> [Result<EmissionSpectrum, AtmosphereError>] {
    concurrentResults(planets, threads: threads) { planet throws(AtmosphereError) in
      try emission(planet, star: star)
    }
  }

  /// Transit depths of planets given as rows of parameters, shared out to threads like `transitDepths(of:threads:)`.
  /// - Precondition: `rows` has the columns of `parameters`.
  /// - Returns: of each row its depths, or why it has none.
  package func transitDepths(
    of rows: Matrix<Double>, _ parameters: PlanetParameters, threads: Int
  ) -> [Result<[Double], AtmosphereError>] {
    precondition(rows.columns == parameters.columns.count)
    return concurrentResults(Array(0..<rows.rows), threads: threads) { row throws(AtmosphereError) in
      try transitDepth(parameters.planet(rows.row(row)))
    }
  }

  /// Emission of planets given as rows of parameters, likewise.
  package func emissions(
    of rows: Matrix<Double>, _ parameters: PlanetParameters, star: StellarSpectrum, threads: Int
  ) -> [Result<EmissionSpectrum, AtmosphereError>] {
    precondition(rows.columns == parameters.columns.count)
    return concurrentResults(Array(0..<rows.rows), threads: threads) { row throws(AtmosphereError) in
      try emission(parameters.planet(rows.row(row)), star: star)
    }
  }
}

/// `concurrentMap` of what may fail.
private func concurrentResults<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], threads: Int, _ transform: @Sendable (Input) throws(AtmosphereError) -> Output
) -> [Result<Output, AtmosphereError>] {
  concurrentMap(inputs, threads: threads) { input in
    do throws(AtmosphereError) {
      return .success(try transform(input))
    } catch {
      return .failure(error)
    }
  }
}
