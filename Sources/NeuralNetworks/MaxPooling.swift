package import NumericalMethods
package import Tensors

/// The largest of neighbouring steps, channel by channel, so that a sequence becomes shorter.
///
/// Shapes, row-major, B rows a batch: x (B, steps, channels), a (B, steps / window, channels). Kept between forward and backward:
/// which step of its window each number of a is, the first of equals.
package struct MaxPooling: Layer {
  package let steps: Int
  package let channels: Int
  package let window: Int

  /// - Parameter window: divides the steps.
  package init(steps: Int, channels: Int, window: Int) {
    precondition(window > 0 && channels > 0 && steps > 0 && steps % window == 0)
    self.steps = steps
    self.channels = channels
    self.window = window
  }

  package var inputs: Int { steps * channels }
  package var outputs: Int { inputs / window }
  package var parameters: [ParameterShape] { [] }

  package func cacheCount(rows: Int) -> Int { rows * outputs }

  package func initialize<S: Scalar>(
    _ parameters: UnsafeMutableBufferPointer<S>, isFirst: Bool, random: inout SeededRandom
  ) {}

  @_specialize(where S == Float)
  package func forward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, rows: Int, x: UnsafeBufferPointer<S>,
    a: UnsafeMutableBufferPointer<S>, cache: UnsafeMutableBufferPointer<S>?
  ) {
    guard let x = x.baseAddress, let a = a.baseAddress else { return }
    let places = cache?.baseAddress
    for group in 0..<rows * steps / window {
      let (source, target) = (x + group * window * channels, a + group * channels)
      for channel in 0..<channels {
        var largest = source[channel]
        var place = 0
        for step in 1..<max(window, 1) where source[step * channels + channel] > largest {
          largest = source[step * channels + channel]
          place = step
        }
        target[channel] = largest
        places?[group * channels + channel] = S(place)
      }
    }
  }

  @_specialize(where S == Float)
  package func backward<S: Scalar>(
    _ parameters: UnsafeBufferPointer<S>, pass: ForwardPass<S>, upstream: UnsafeMutableBufferPointer<S>,
    downstream: UnsafeMutableBufferPointer<S>?, gradient: UnsafeMutableBufferPointer<S>?
  ) {
    guard let dx = downstream?.baseAddress, let dy = upstream.baseAddress,
      let places = pass.cache.baseAddress
    else { return }
    dx.update(repeating: 0, count: pass.rows * inputs)
    for group in 0..<pass.rows * steps / window {
      for channel in 0..<channels {
        let index = group * channels + channel
        dx[(group * window + Int(places[index])) * channels + channel] = dy[index]
      }
    }
  }
}
