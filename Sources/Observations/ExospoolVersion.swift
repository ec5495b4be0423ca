/// The version of exospool, for results and `--version`. Results may change with it, so it is part of what decides
/// whether a file has been analysed before.
package enum ExospoolVersion {
  package static let current = "0.1.0"
}
