import Dispatch

/// `transform` of each element, in order, shared out to threads: thread n takes elements n, n + threads, ...
///
/// Each element is transformed by one thread, so the result does not depend on how many there are.
/// - Parameter threads: at least 1; these are threads of the system, for work that computes and does not wait.
package func concurrentMap<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], threads: Int, _ transform: @Sendable (Input) -> Output
) -> [Output] {
  precondition(threads > 0)
  let results = [Output?](unsafeUninitializedCapacity: inputs.count) { buffer, count in
    buffer.initialize(repeating: nil)
    count = inputs.count
    // Each element is written by one thread, once.
    nonisolated(unsafe) let slots = buffer
    DispatchQueue.concurrentPerform(iterations: min(threads, inputs.count)) { thread in
      for index in stride(from: thread, to: inputs.count, by: threads) {
        slots[index] = transform(inputs[index])
      }
    }
  }
  return results.map { $0! }
}
