/// The namespace of our result documents. A change that breaks a reader of results raises the number.
package enum ResultNamespace {
  package static let uri = "urn:exospool:result:1"
}
