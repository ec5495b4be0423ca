import SpoolQueue

/// A thread of its own for calls that block: the steps of one job, one after the other, or a look at the spool.
///
/// Jobs on different lanes wait for the disk at the same time, and the file system makes their changes durable together.
actor Lane {
  private let executor = QueueExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func run<Value: Sendable>(
    _ body: @Sendable () throws(SpoolError) -> Value
  ) throws(SpoolError) -> Value { try body() }
}
