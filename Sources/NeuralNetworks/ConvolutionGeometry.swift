import Dispatch
import Synchronization
package import Tensors

/// How the pixels of a large image and of one smaller by a stride belong together, and the three products that follow: what
/// convolution and transposed convolution are made of.
///
/// Padding is TensorFlow's "SAME": the small image has ceil(large / stride) pixels a side, and of the
/// (small - 1) stride + kernel - large pixels that are missing the smaller half comes before the first. Weights are
/// (kernel rows, kernel columns, channels of the large image, channels of the small one). Patches of the image become rows of a
/// matrix and are multiplied as such.
///
/// Taps that fall on padding are left out of the products where they are more than a fifth (a 5 x 5 image to 3 x 3 has 46 %,
/// 9 x 9 to 5 x 5 has 29 %): taps are grouped by the positions at which they lie inside, at most three groups a direction.
/// Elsewhere (17 %, 9 %) one product with zeros is faster than nine without.
package struct ConvolutionGeometry: Sendable, Hashable {
  package let large: ImageShape
  package let small: ImageShape
  /// Taps from left to right, and from top to bottom.
  package let kernel: Int
  package let kernelRows: Int
  package let stride: Int
  /// What the images of a batch are divided among.
  package let threads: Int
  private let rowPadding: Int
  private let columnPadding: Int
  /// The first has all positions.
  private let parts: [Part]

  /// Taps that lie inside at the same positions.
  private struct Part: Hashable {
    let rows: Range<Int>
    let columns: Range<Int>
    let tapRows: Range<Int>
    let tapColumns: Range<Int>
  }

  /// - Parameter kernelRows: nil: as many as columns.
  package init(
    large: ImageShape, smallChannels: Int, kernel: Int, kernelRows: Int? = nil, stride: Int, threads: Int
  ) {
    let kernelRows = kernelRows ?? kernel
    precondition(kernel > 0 && kernelRows > 0 && stride > 0 && smallChannels > 0 && threads > 0)
    func halved(_ size: Int) -> Int { (size + stride - 1) / stride }
    let small = ImageShape(
      height: halved(large.height), width: halved(large.width), channels: smallChannels)
    func padding(_ small: Int, _ large: Int, _ kernel: Int) -> Int {
      max((small - 1) * stride + kernel - large, 0) / 2
    }
    self.large = large
    self.small = small
    self.kernel = kernel
    self.kernelRows = kernelRows
    self.stride = stride
    self.threads = threads
    rowPadding = padding(small.height, large.height, kernelRows)
    columnPadding = padding(small.width, large.width, kernel)
    let rows = Self.runs(kernelRows, stride, small: small.height, large: large.height, padding: rowPadding)
    let columns = Self.runs(kernel, stride, small: small.width, large: large.width, padding: columnPadding)
    func inside(_ runs: [(taps: Range<Int>, positions: Range<Int>)]) -> Int {
      runs.reduce(0) { $0 + $1.taps.count * $1.positions.count }
    }
    let share =
      Double(inside(rows) * inside(columns)) / Double(kernelRows * kernel * small.height * small.width)
    if share < 0.8 {
      let all = rows.flatMap { row in
        columns.map { column in
          Part(
            rows: row.positions, columns: column.positions, tapRows: row.taps, tapColumns: column.taps)
        }
      }
      func isWhole(_ part: Part) -> Bool {
        part.rows.count == small.height && part.columns.count == small.width
      }
      parts = all.filter(isWhole) + all.filter { !isWhole($0) }
    } else {
      parts = [
        Part(
          rows: 0..<small.height, columns: 0..<small.width, tapRows: 0..<kernelRows, tapColumns: 0..<kernel)
      ]
    }
  }

  /// Neighbouring taps in one direction that lie inside at the same positions, and those; taps that never do are left out.
  private static func runs(
    _ kernel: Int, _ stride: Int, small: Int, large: Int, padding: Int
  ) -> [(taps: Range<Int>, positions: Range<Int>)] {
    var runs: [(taps: Range<Int>, positions: Range<Int>)] = []
    for tap in 0..<kernel {
      let inside = (0..<small).filter { (0..<large).contains($0 * stride + tap - padding) }
      guard let first = inside.first else { continue }
      let positions = first..<first + inside.count
      if let last = runs.last, last.positions == positions, last.taps.upperBound == tap {
        runs[runs.count - 1].taps = last.taps.lowerBound..<tap + 1
      } else {
        runs.append((tap..<tap + 1, positions))
      }
    }
    return runs
  }

  package var weightShape: [Int] { [kernelRows, kernel, large.channels, small.channels] }
  package var weightCount: Int { weightShape.reduce(1, *) }

  // MARK: Products

  /// small = patches of large times weights.
  package func reduce<S: Scalar>(
    _ large: UnsafeBufferPointer<S>, _ weights: UnsafeBufferPointer<S>,
    into small: UnsafeMutableBufferPointer<S>, images: Int
  ) {
    forEachBlock(images) { block in
      let image = UnsafeBufferPointer(rebasing: large[scaled(block, self.large.count)])
      let result = UnsafeMutableBufferPointer(rebasing: small[scaled(block, self.small.count)])
      for (n, part) in parts.enumerated() {
        let rectangle = rectangle(part, images: block.count)
        // The first part has all positions and overwrites them; the others add to some of them.
        withScratch(S.self, n == 0 ? 0 : rectangle.pixels * self.small.channels) { scratch in
          let sums = n == 0 ? result : scratch
          for (m, taps) in runs(part).enumerated() {
            let patches = patches(part, taps, images: block.count)
            withScratch(S.self, patches.count * patches.length) { rows in
              if let rowBase = rows.baseAddress, let imageBase = image.baseAddress {
                S.gather(imageBase, patches, into: rowBase)
              }
              multiplyMatrices(
                ProductShape(
                  rows: patches.count, columns: self.small.channels, inner: patches.length),
                UnsafeBufferPointer(rows), UnsafeBufferPointer(rebasing: weights[place(taps, part)]),
                into: sums, beta: m == 0 ? 0 : 1)
            }
          }
          if n > 0, let sumBase = sums.baseAddress, let resultBase = result.baseAddress {
            S.add(sumBase, to: rectangle, of: resultBase)
          }
        }
      }
    }
  }

  /// large = the sum of the small image's pixels times transposed weights, each patch where it belongs: the transpose of `reduce`.
  package func spread<S: Scalar>(
    _ small: UnsafeBufferPointer<S>, _ weights: UnsafeBufferPointer<S>,
    into large: UnsafeMutableBufferPointer<S>, images: Int
  ) {
    forEachBlock(images) { block in
      let source = UnsafeBufferPointer(rebasing: small[scaled(block, self.small.count)])
      let image = UnsafeMutableBufferPointer(rebasing: large[scaled(block, self.large.count)])
      clear(image)
      for part in parts {
        withPixels(of: rectangle(part, images: block.count), source) { pixels in
          for taps in runs(part) {
            let patches = patches(part, taps, images: block.count)
            withScratch(S.self, patches.count * patches.length) { rows in
              multiplyMatrices(
                ProductShape(
                  rows: patches.count, columns: patches.length, inner: self.small.channels,
                  bIsTransposed: true),
                pixels, UnsafeBufferPointer(rebasing: weights[place(taps, part)]), into: rows)
              if let rowBase = rows.baseAddress, let imageBase = image.baseAddress {
                S.scatter(rowBase, patches, addingTo: imageBase)
              }
            }
          }
        }
      }
    }
  }

  /// The loss's derivative by the weights of `reduce`, given that by what it made; and of `spread`, with the parts exchanged.
  package func weightGradient<S: Scalar>(
    large: UnsafeBufferPointer<S>, small: UnsafeBufferPointer<S>,
    into gradient: UnsafeMutableBufferPointer<S>, images: Int
  ) {
    // Taps that never lie inside belong to no part.
    if parts.reduce(0, { $0 + $1.tapRows.count * $1.tapColumns.count }) < kernelRows * kernel {
      clear(gradient)
    }
    // Each kernel row of each part has weights of its own, so threads need not wait for each other.
    let works = parts.flatMap { part in part.tapRows.map { (part, $0..<$0 + 1) } }
    let next = Atomic<Int>(0)
    nonisolated(unsafe) let (large, small, gradient) = (large, small, gradient)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < works.count else { return }
        let (part, taps) = works[index]
        let slot = UnsafeMutableBufferPointer(rebasing: gradient[place(taps, part)])
        for (n, block) in blocks(0..<images).enumerated() {
          let patches = patches(part, taps, images: block.count)
          let source = UnsafeBufferPointer(rebasing: small[scaled(block, self.small.count)])
          withPixels(of: rectangle(part, images: block.count), source) { pixels in
            withScratch(S.self, patches.count * patches.length) { rows in
              let image = UnsafeBufferPointer(rebasing: large[scaled(block, self.large.count)])
              if let rowBase = rows.baseAddress, let imageBase = image.baseAddress {
                S.gather(imageBase, patches, into: rowBase)
              }
              multiplyMatrices(
                ProductShape(
                  rows: patches.length, columns: self.small.channels, inner: patches.count,
                  aIsTransposed: true),
                UnsafeBufferPointer(rows), pixels, into: slot, beta: n == 0 ? 0 : 1)
            }
          }
        }
      }
    }
  }

  // MARK: Parts

  /// Kernel rows of a part whose weights stand together.
  private func runs(_ part: Part) -> [Range<Int>] {
    part.tapColumns == 0..<kernel ? [part.tapRows] : part.tapRows.map { $0..<$0 + 1 }
  }

  /// Where the weights of those kernel rows stand.
  private func place(_ taps: Range<Int>, _ part: Part) -> Range<Int> {
    let tap = large.channels * small.channels
    let start = (taps.lowerBound * kernel + part.tapColumns.lowerBound) * tap
    return start..<start + taps.count * part.tapColumns.count * tap
  }

  private func patches(_ part: Part, _ taps: Range<Int>, images: Int) -> ImagePatches {
    ImagePatches(
      images: images, height: large.height, width: large.width, channels: large.channels, rows: part.rows,
      columns: part.columns, tapRows: taps, tapColumns: part.tapColumns, stride: stride,
      rowPadding: rowPadding, columnPadding: columnPadding)
  }

  private func rectangle(_ part: Part, images: Int) -> ImageRectangle {
    ImageRectangle(
      images: images, height: small.height, width: small.width, channels: small.channels, rows: part.rows,
      columns: part.columns)
  }

  // MARK: Blocks

  /// Numbers that a block's patches may have: about what a core's own cache holds.
  private static var blockSize: Int { 1 << 19 }

  private func blocks(_ images: Range<Int>) -> [Range<Int>] {
    let longest =
      parts.map { part in
        part.rows.count * part.columns.count * part.tapColumns.count * large.channels
          * (runs(part).map(\.count).max() ?? 0)
      }.max() ?? 1
    let size = max(1, Self.blockSize / max(longest, 1))
    return Swift.stride(from: images.lowerBound, to: images.upperBound, by: size).map {
      $0..<min($0 + size, images.upperBound)
    }
  }

  /// Each thread has neighbouring images of its own.
  private func forEachBlock(_ images: Int, _ body: (Range<Int>) -> Void) {
    let workers = min(threads, images)
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        for block in blocks(images * worker / workers..<images * (worker + 1) / workers) { body(block) }
      }
    }
  }

  private func scaled(_ range: Range<Int>, _ factor: Int) -> Range<Int> {
    range.lowerBound * factor..<range.upperBound * factor
  }

  /// Nought is all zero bits; a generic loop would take ten times as long.
  private func clear<S: Scalar>(_ numbers: UnsafeMutableBufferPointer<S>) {
    UnsafeMutableRawBufferPointer(numbers).initializeMemory(as: UInt8.self, repeating: 0)
  }

  private func withScratch<S: Scalar>(
    _ type: S.Type, _ count: Int, _ body: (UnsafeMutableBufferPointer<S>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: S.self, capacity: count) { body($0) }
  }

  /// The rectangle's pixels: a copy, unless it is the whole image.
  private func withPixels<S: Scalar>(
    of rectangle: ImageRectangle, _ image: UnsafeBufferPointer<S>, _ body: (UnsafeBufferPointer<S>) -> Void
  ) {
    guard !rectangle.isWhole, let imageBase = image.baseAddress else { return body(image) }
    withScratch(S.self, rectangle.pixels * rectangle.channels) { pixels in
      if let pixelBase = pixels.baseAddress { S.copy(rectangle, of: imageBase, into: pixelBase) }
      body(UnsafeBufferPointer(pixels))
    }
  }
}
