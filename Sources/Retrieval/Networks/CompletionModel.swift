package import SpectralPrior

/// All that is learnt of one space of atmospheres: what spectra look like, how rows make them, and what observations say of rows.
package struct CompletionModel: Sendable {
  package let space: AtmosphereSpace
  package let frontEnd: SpectralFrontEnd
  package let emulator: SpectrumEmulator
  package let proposals: ProposalNetwork
  /// Version of the set it learnt from; raised with what spectra are computed with.
  package let trainingSetVersion: String

  /// - Precondition: all are of the space.
  package init(
    space: AtmosphereSpace, frontEnd: SpectralFrontEnd, emulator: SpectrumEmulator,
    proposals: ProposalNetwork,
    trainingSetVersion: String
  ) {
    precondition(emulator.space.name == space.name && frontEnd.kind == space.kind)
    precondition(proposals.featureCount == frontEnd.featureCount)
    precondition(proposals.density.dimensions == ProposalCoordinates(space).count)
    self.space = space
    self.frontEnd = frontEnd
    self.emulator = emulator
    self.proposals = proposals
    self.trainingSetVersion = trainingSetVersion
  }

  package static func name(_ space: AtmosphereSpace.Name) -> String { "completion-\(space.rawValue)" }

  package var name: String { Self.name(space.name) }
}

/// Why a file is no completion model that this version can use.
package struct CompletionModelError: Error, Sendable, Hashable, CustomStringConvertible {
  package let path: String
  package let detail: String

  package init(path: String, detail: String) {
    self.path = path
    self.detail = detail
  }

  package var description: String { "\(path): \(detail)" }
}
