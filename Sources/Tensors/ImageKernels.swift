import CVectorMath

/// The array loops of networks on images, implemented in C; counts are the callers' to keep.
package protocol ImageScalar {
  /// Each patch as a row of a matrix (patches.count, patches.length).
  static func gather(
    _ image: UnsafePointer<Self>, _ patches: ImagePatches, into rows: UnsafeMutablePointer<Self>)
  /// Adds each row of such a matrix to the pixels it would be gathered from.
  static func scatter(
    _ rows: UnsafePointer<Self>, _ patches: ImagePatches, addingTo image: UnsafeMutablePointer<Self>)
  /// The rectangle's pixels, (pixels, channels).
  static func copy(
    _ rectangle: ImageRectangle, of image: UnsafePointer<Self>, into pixels: UnsafeMutablePointer<Self>)
  static func add(
    _ pixels: UnsafePointer<Self>, to rectangle: ImageRectangle, of image: UnsafeMutablePointer<Self>)
  /// x becomes `leak` x where it is not above 0.
  static func rectify(_ x: UnsafeMutablePointer<Self>, leak: Self, _ count: Int)
  /// `upstream` is multiplied with `leak` where the rectified y is not above 0.
  static func rectifyGradient(
    _ upstream: UnsafeMutablePointer<Self>, y: UnsafePointer<Self>, leak: Self, _ count: Int)
  /// sums[j] = sum over i of (a[i][j] - a0[j]) (b[i][j] - b0[j]).
  static func columnProducts(
    _ a: UnsafePointer<Self>, about a0: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    about b0: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Self>, rows: Int, columns: Int)
  /// y[i][j] = scale[j] x[i][j] + offset[j].
  static func scaleColumns(
    _ x: UnsafePointer<Self>, scale: UnsafePointer<Self>, offset: UnsafePointer<Self>,
    into y: UnsafeMutablePointer<Self>, rows: Int, columns: Int)
  /// y[i][j] = yScale[j] y[i][j] + xScale[j] x[i][j] + offset[j].
  static func combineColumns(
    _ x: UnsafePointer<Self>, xScale: UnsafePointer<Self>, y: UnsafeMutablePointer<Self>,
    yScale: UnsafePointer<Self>, offset: UnsafePointer<Self>, rows: Int, columns: Int)
}

extension ImagePatches {
  fileprivate var c: exospool_patches {
    exospool_patches(
      images: images, height: height, width: width, channels: channels, first_row: rows.lowerBound,
      rows: rows.count, first_column: columns.lowerBound, columns: columns.count,
      first_tap_row: tapRows.lowerBound, tap_rows: tapRows.count, first_tap_column: tapColumns.lowerBound,
      tap_columns: tapColumns.count, stride: stride, row_padding: rowPadding, column_padding: columnPadding)
  }
}

extension Float: ImageScalar {
  package static func gather(
    _ image: UnsafePointer<Self>, _ patches: ImagePatches, into rows: UnsafeMutablePointer<Self>
  ) { withUnsafePointer(to: patches.c) { exospool_gather_patches_f32(image, $0, rows) } }

  package static func scatter(
    _ rows: UnsafePointer<Self>, _ patches: ImagePatches, addingTo image: UnsafeMutablePointer<Self>
  ) { withUnsafePointer(to: patches.c) { exospool_scatter_patches_f32(rows, $0, image) } }

  package static func copy(
    _ r: ImageRectangle, of image: UnsafePointer<Self>, into pixels: UnsafeMutablePointer<Self>
  ) {
    exospool_copy_rectangle_f32(
      image, r.images, r.height, r.width, r.channels, r.rows.lowerBound, r.rows.count, r.columns.lowerBound,
      r.columns.count, pixels)
  }

  package static func add(
    _ pixels: UnsafePointer<Self>, to r: ImageRectangle, of image: UnsafeMutablePointer<Self>
  ) {
    exospool_add_rectangle_f32(
      pixels, r.images, r.height, r.width, r.channels, r.rows.lowerBound, r.rows.count, r.columns.lowerBound,
      r.columns.count, image)
  }

  package static func rectify(_ x: UnsafeMutablePointer<Self>, leak: Self, _ count: Int) {
    exospool_rectify_f32(x, leak, count)
  }

  package static func rectifyGradient(
    _ upstream: UnsafeMutablePointer<Self>, y: UnsafePointer<Self>, leak: Self, _ count: Int
  ) { exospool_rectify_gradient_f32(upstream, y, leak, count) }

  package static func columnProducts(
    _ a: UnsafePointer<Self>, about a0: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    about b0: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) { exospool_column_products_f32(a, a0, b, b0, sums, rows, columns) }

  package static func scaleColumns(
    _ x: UnsafePointer<Self>, scale: UnsafePointer<Self>, offset: UnsafePointer<Self>,
    into y: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) { exospool_scale_columns_f32(x, scale, offset, y, rows, columns) }

  package static func combineColumns(
    _ x: UnsafePointer<Self>, xScale: UnsafePointer<Self>, y: UnsafeMutablePointer<Self>,
    yScale: UnsafePointer<Self>, offset: UnsafePointer<Self>, rows: Int, columns: Int
  ) { exospool_combine_columns_f32(x, xScale, y, yScale, offset, rows, columns) }
}

extension Double: ImageScalar {
  package static func gather(
    _ image: UnsafePointer<Self>, _ patches: ImagePatches, into rows: UnsafeMutablePointer<Self>
  ) { withUnsafePointer(to: patches.c) { exospool_gather_patches_f64(image, $0, rows) } }

  package static func scatter(
    _ rows: UnsafePointer<Self>, _ patches: ImagePatches, addingTo image: UnsafeMutablePointer<Self>
  ) { withUnsafePointer(to: patches.c) { exospool_scatter_patches_f64(rows, $0, image) } }

  package static func copy(
    _ r: ImageRectangle, of image: UnsafePointer<Self>, into pixels: UnsafeMutablePointer<Self>
  ) {
    exospool_copy_rectangle_f64(
      image, r.images, r.height, r.width, r.channels, r.rows.lowerBound, r.rows.count, r.columns.lowerBound,
      r.columns.count, pixels)
  }

  package static func add(
    _ pixels: UnsafePointer<Self>, to r: ImageRectangle, of image: UnsafeMutablePointer<Self>
  ) {
    exospool_add_rectangle_f64(
      pixels, r.images, r.height, r.width, r.channels, r.rows.lowerBound, r.rows.count, r.columns.lowerBound,
      r.columns.count, image)
  }

  package static func rectify(_ x: UnsafeMutablePointer<Self>, leak: Self, _ count: Int) {
    exospool_rectify_f64(x, leak, count)
  }

  package static func rectifyGradient(
    _ upstream: UnsafeMutablePointer<Self>, y: UnsafePointer<Self>, leak: Self, _ count: Int
  ) { exospool_rectify_gradient_f64(upstream, y, leak, count) }

  package static func columnProducts(
    _ a: UnsafePointer<Self>, about a0: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    about b0: UnsafePointer<Self>, _ sums: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) { exospool_column_products_f64(a, a0, b, b0, sums, rows, columns) }

  package static func scaleColumns(
    _ x: UnsafePointer<Self>, scale: UnsafePointer<Self>, offset: UnsafePointer<Self>,
    into y: UnsafeMutablePointer<Self>, rows: Int, columns: Int
  ) { exospool_scale_columns_f64(x, scale, offset, y, rows, columns) }

  package static func combineColumns(
    _ x: UnsafePointer<Self>, xScale: UnsafePointer<Self>, y: UnsafeMutablePointer<Self>,
    yScale: UnsafePointer<Self>, offset: UnsafePointer<Self>, rows: Int, columns: Int
  ) { exospool_combine_columns_f64(x, xScale, y, yScale, offset, rows, columns) }
}
