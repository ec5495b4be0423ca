/// What stands behind a dense layer.
package enum Activation: String, Sendable, Hashable {
  case identity
  /// x / (1 + exp(-x)): "SiLU" (Elfwing et al. 2018, Neural Networks 107, 3).
  case sigmoidLinear = "silu"
  /// 1 / (1 + exp(-x)): what a unit of a Boltzmann machine does.
  case sigmoid
}
