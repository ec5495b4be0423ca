/// Why to look at the watched directories again. The directories are the truth; an event only says when to look.
package enum DirectoryEvent: Sendable, Hashable {
  /// A file was closed after writing, or moved in.
  case changed
  /// The kernel dropped events because its queue was full: anything may have happened.
  case overflow
  /// A watched directory was removed, moved away or unmounted: nothing more will be heard of it.
  case watchLost
}
