/// Why to look at the watched directories again. The directories are the truth; an event only says when to look.
package enum DirectoryEvent: Sendable, Hashable {
  /// A file was closed after writing, or moved in.
  case changed
  /// The kernel dropped events because its queue was full: anything may have happened.
  case overflow
  /// A watched directory was removed, moved away or unmounted: nothing more will be heard of it.
  case watchLost
}

/// What the kernel says of one name in a watched directory.
package struct NameEvent: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Somebody wrote to the file, and has it open until it is closed.
    case written
    /// One who could have written to it closed it.
    case closed
    /// It came by a rename, with all that is in it.
    case movedIn
  }

  package let kind: Kind
  /// As it was given to be watched.
  package let directory: String
  package let name: [UInt8]

  package init(_ kind: Kind, directory: String, name: [UInt8]) {
    self.kind = kind
    self.directory = directory
    self.name = name
  }
}
