/// How an input ends, from the pipeline to the spool. Each reason is a sentence for a person that names the file, the place
/// and, where there is one, the cure.
package enum JobOutcome<Result: Sendable>: Sendable {
  case done(Result)
  /// The input's fault: trying again does not help.
  case corrupt(String)
  /// The file looks unfinished and is young: look again later.
  case unsettled(String)
  /// Our fault.
  /// - Parameter mayPass: another attempt may succeed.
  case failed(String, mayPass: Bool)
}

extension JobOutcome: Equatable where Result: Equatable {}

extension JobOutcome {
  /// How an input ends that could not be read.
  /// - Parameters:
  ///   - fault: why.
  ///   - reason: the same as a sentence.
  ///   - isYoung: the file came a short while ago.
  package init(_ fault: some InputFault, _ reason: String, isYoung: Bool) {
    if fault.isOurs {
      self = .failed(reason, mayPass: true)
    } else if fault.mayStillGrow && isYoung {
      self = .unsettled(reason)
    } else {
      self = .corrupt(reason)
    }
  }

  /// The same outcome with another form of the result.
  package func map<Other>(_ transform: (Result) -> Other) -> JobOutcome<Other> {
    switch self {
    case .done(let result): .done(transform(result))
    case .corrupt(let reason): .corrupt(reason)
    case .unsettled(let reason): .unsettled(reason)
    case .failed(let reason, let mayPass): .failed(reason, mayPass: mayPass)
    }
  }
}

/// An error met while an input was read.
package protocol InputFault: Error, Sendable {
  /// The file ends too early, as one does that is still being written: if it is young, wait for the rest.
  var mayStillGrow: Bool { get }
  /// Not the file's fault but this machine's, such as a want of memory: another attempt may succeed.
  var isOurs: Bool { get }
}

extension InputFault {
  package var mayStillGrow: Bool { false }
  package var isOurs: Bool { false }
}
