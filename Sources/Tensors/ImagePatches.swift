/// Patches of a batch of images: one at each position of a rectangle of a smaller image, with the taps of a rectangle of the kernel.
///
/// Images are row-major (images, height, width, channels), "NHWC". Tap (i, j) of position (y, x) is pixel
/// (y stride + i - rowPadding, x stride + j - columnPadding); beyond the image's edge it is 0.
package struct ImagePatches: Sendable, Hashable {
  package var images: Int
  package var height: Int
  package var width: Int
  package var channels: Int
  package var rows: Range<Int>
  package var columns: Range<Int>
  package var tapRows: Range<Int>
  package var tapColumns: Range<Int>
  package var stride: Int
  package var rowPadding: Int
  package var columnPadding: Int

  package init(
    images: Int, height: Int, width: Int, channels: Int, rows: Range<Int>, columns: Range<Int>,
    tapRows: Range<Int>, tapColumns: Range<Int>, stride: Int, rowPadding: Int, columnPadding: Int
  ) {
    self.images = images
    self.height = height
    self.width = width
    self.channels = channels
    self.rows = rows
    self.columns = columns
    self.tapRows = tapRows
    self.tapColumns = tapColumns
    self.stride = stride
    self.rowPadding = rowPadding
    self.columnPadding = columnPadding
  }

  package var count: Int { images * rows.count * columns.count }
  /// Numbers a patch: (tap rows, tap columns, channels).
  package var length: Int { tapRows.count * tapColumns.count * channels }
}

/// A rectangle of each image of a batch (images, height, width, channels).
package struct ImageRectangle: Sendable, Hashable {
  package var images: Int
  package var height: Int
  package var width: Int
  package var channels: Int
  package var rows: Range<Int>
  package var columns: Range<Int>

  package init(
    images: Int, height: Int, width: Int, channels: Int, rows: Range<Int>, columns: Range<Int>
  ) {
    self.images = images
    self.height = height
    self.width = width
    self.channels = channels
    self.rows = rows
    self.columns = columns
  }

  /// Pixels of all images together.
  package var pixels: Int { images * rows.count * columns.count }
  package var isWhole: Bool { rows == 0..<height && columns == 0..<width }
}
