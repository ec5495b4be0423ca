package import Observations

/// What one method, by one of its networks, says of one input.
///
/// Everything that files of results hold of it stands in `fields` and `tables`; `detail` is for the method's own section of
/// the report alone.
package struct Finding: Sendable {
  /// Of the method: its `MethodDescription.key`.
  package let method: String
  package let network: NetworkIdentity
  package let domain: DomainJudgement
  package let flags: [Flag]
  /// Sentences for people: why there are no numbers, what was assumed.
  package let remarks: [String]
  /// In the order of the description; a posterior that the network does not give is left out.
  package let fields: [Field]
  /// One for each table of the description, in its order; a table may be empty.
  package let tables: [FindingTable]
  /// One for each image of the description, in its order; an image may be empty.
  package let images: [FindingImage]
  /// Who speaks where there is room for one finding of the method: the least. `nil` where this one has nothing to say.
  package let rank: Int?
  /// The method's part of the log line where this finding speaks.
  package let digest: String
  package let detail: any FindingDetail
  /// What other methods may judge by; `nil` where there is nothing to be trusted.
  package let evidence: AtmosphericEvidence?

  package init(
    method: MethodDescription, network: NetworkIdentity, domain: DomainJudgement, flags: [Flag],
    remarks: [String], fields: [Field], tables: [FindingTable],
    images: [FindingImage] = [], rank: Int?, digest: String,
    detail: any FindingDetail, evidence: AtmosphericEvidence? = nil
  ) {
    let given = fields.map(\.description)
    precondition(
      given == method.fields.filter { $0.kind != .posterior || given.contains($0) },
      "the fields are not those described, in their order")
    precondition(flags.allSatisfy(method.flags.contains), "a flag is not described")
    precondition(tables.map(\.description) == method.tables, "the tables are not those described")
    precondition(images.map(\.description) == method.images, "the images are not those described")
    self.method = method.key
    self.network = network
    self.domain = domain
    self.flags = flags
    self.remarks = remarks
    self.fields = fields
    self.tables = tables
    self.images = images
    self.rank = rank
    self.digest = digest
    self.detail = detail
    self.evidence = evidence
  }

  /// The fields that are posteriors.
  package var posteriors: [(description: FieldDescription, posterior: Posterior, draws: [Double])] {
    fields.compactMap { field in
      guard case .posterior(let posterior, let draws) = field.value else { return nil }
      return (field.description, posterior, draws)
    }
  }
}

/// The method's own view of its finding.
package protocol FindingDetail: Sendable {}

/// Whether an input is like what the network was trained on.
package struct DomainJudgement: Sendable, Hashable {
  package let isInside: Bool
  /// How far inside or outside, for people; empty where there is no more to say.
  package let words: String

  package init(isInside: Bool, words: String = "") {
    self.isInside = isInside
    self.words = words
  }
}

/// A value with what it is.
package struct Field: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    /// Not finite where there is none.
    case number(Double)
    case text(String)
    case logical(Bool)
    case texts([String])
    /// With equally likely draws where there are any, for figures.
    case posterior(Posterior, draws: [Double])
  }

  package let description: FieldDescription
  package let value: Value

  package init(_ description: FieldDescription, _ value: Value) {
    self.description = description
    self.value = value
  }
}

/// A table with its values, column by column.
package struct FindingTable: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    package enum Values: Sendable, Hashable {
      case text([String])
      /// Not finite where there is none.
      case number([Double])
      case logical([Bool])
      case numbers([[Double]])
    }

    package let values: Values
    /// A value each as people read it, where the value itself will not do.
    package let words: [String]?

    package init(_ values: Values, words: [String]? = nil) {
      self.values = values
      self.words = words
    }

    package var count: Int {
      switch values {
      case .text(let values): values.count
      case .number(let values): values.count
      case .logical(let values): values.count
      case .numbers(let values): values.count
      }
    }
  }

  package let description: TableDescription
  /// Of the table as a whole, as `description.fields` orders them.
  package let fields: [Field]
  /// As `description.columns` orders them, all of one length.
  package let columns: [Column]

  package init(_ description: TableDescription, fields: [Field] = [], columns: [Column]) {
    precondition(fields.map(\.description) == description.fields, "a field is not described")
    precondition(columns.count == description.columns.count, "\(description.name) lacks a column")
    precondition(columns.allSatisfy { $0.count == columns[0].count }, "columns of different lengths")
    self.description = description
    self.fields = fields
    self.columns = columns
  }

  package var rowCount: Int { columns.first?.count ?? 0 }
}

/// An image with its values.
package struct FindingImage: Sendable, Hashable {
  package let description: ImageDescription
  /// All of one length; not finite where there is no value.
  package let rows: [[Double]]
  /// What each row is of.
  package let rowNames: [String]

  package init(_ description: ImageDescription, rows: [[Double]], rowNames: [String]) {
    precondition(rows.allSatisfy { $0.count == rows[0].count } && rowNames.count == rows.count)
    self.description = description
    self.rows = rows
    self.rowNames = rowNames
  }
}
