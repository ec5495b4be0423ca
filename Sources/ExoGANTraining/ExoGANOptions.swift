package import ExoGAN

/// How an ExoGAN is trained. Together with the set it fixes every byte of the result, on one kind of CPU and thread count.
package struct ExoGANOptions: Sendable, Hashable {
  /// What keeps the generator from making few pictures again and again. Without it, and with a flatten that does not mix pictures as
  /// the published one does, the two generator steps for one of the discriminator collapsed: the parameters of a batch scattered by
  /// 0.01 after 1,000 steps.
  package struct Stabilisers: Sendable, Hashable {
    /// Standard deviation of the noise on all pictures the discriminator sees at first, falling to 0 (Sønderby et al. 2017, ICLR).
    package var instanceNoise = 0.15
    /// The step from which on there is none; nil: the last.
    package var noiseSteps: Int?
    /// The label of real pictures; that of generated ones stays 0 (Salimans et al. 2016, NIPS, section 3.4).
    package var realLabel = 0.9

    package init() {}
  }

  package var width = 64
  package var latent = 100
  package var batchSize = 64
  /// nil: as published, two steps of the generator for each of the discriminator. Else one each, and the discriminator sees a
  /// batch's deviation.
  package var stabilisers: Stabilisers? = Stabilisers()
  package var steps = 20_000
  /// Between two checkpoints.
  package var stepsPerEpoch = 500
  /// Of both optimisers, Adam with beta1 0.5, as published.
  package var rate = 2e-4
  package var decay1 = 0.5
  package var seed: UInt64 = 1

  package init() {}

  package var generatorSteps: Int { stabilisers == nil ? 2 : 1 }

  /// Standard deviation of the noise on the pictures that the discriminator sees in a step.
  package func instanceNoise(step: Int) -> Double {
    stabilisers.map { $0.instanceNoise * max(0, 1 - Double(step) / Double($0.noiseSteps ?? steps)) } ?? 0
  }

  package func architecture(threads: Int) -> ExoGANArchitecture {
    ExoGANArchitecture(width: width, latent: latent, seesDeviation: stabilisers != nil, threads: threads)
  }

  /// One line that tells every choice.
  package var summary: String { "\(steps) steps, \(schedule)" }

  /// One line that tells every choice but where to stop: kept in checkpoints, so that one is not resumed with others.
  package var schedule: String {
    let keeping =
      stabilisers.map {
        "minibatch deviation, instance noise \($0.instanceNoise) to 0 in \($0.noiseSteps ?? steps) steps, real label \($0.realLabel)"
      } ?? "no stabilisers"
    return
      "width \(width), latent \(latent), batch \(batchSize), steps of 1 D and \(generatorSteps) G in epochs of \(stepsPerEpoch), "
      + "Adam rate \(rate) beta1 \(decay1), \(keeping), seed \(seed)"
  }
}
