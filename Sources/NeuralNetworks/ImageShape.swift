/// One example that is an image: row-major (height, width, channels), so that a batch is "NHWC" and every pixel's channels stand
/// together.
package struct ImageShape: Sendable, Hashable {
  package let height: Int
  package let width: Int
  package let channels: Int

  package init(height: Int, width: Int, channels: Int) {
    precondition(height > 0 && width > 0 && channels > 0)
    self.height = height
    self.width = width
    self.channels = channels
  }

  package var pixels: Int { height * width }
  package var count: Int { height * width * channels }
}
