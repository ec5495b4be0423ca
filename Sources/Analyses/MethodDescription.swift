package import Observations

/// What the findings of one method hold, without values: names, units and meanings, each stated once.
///
/// Files of results and their schemas are both written from it.
package struct MethodDescription: Sendable, Hashable {
  /// Member in JSON and element in XML; camel case.
  package let key: String
  /// HDU in FITS of what is not in a table of the method's own; capitals.
  package let fitsName: String
  /// Headline for people.
  package let title: String
  /// What its networks do, as a comment on their name: "network that recognised".
  package let networkMeaning: String
  /// All fields that a finding may have, in the order results list them.
  package let fields: [FieldDescription]
  package let tables: [TableDescription]
  /// Images of numbers; in FITS alone.
  package let images: [ImageDescription]
  /// All flags that a finding may raise.
  package let flags: [Flag]
  /// The method's part of the log line where it has nothing to say.
  package let silence: String
  /// It may be out of play, and results then lack it.
  package let isOptional: Bool
  /// What whoever uses its results cites.
  package let references: [Reference]

  package init(
    key: String, fitsName: String, title: String, networkMeaning: String, fields: [FieldDescription],
    tables: [TableDescription], images: [ImageDescription] = [], flags: [Flag], silence: String,
    isOptional: Bool = false, references: [Reference] = []
  ) {
    self.key = key
    self.fitsName = fitsName
    self.title = title
    self.networkMeaning = networkMeaning
    self.fields = fields
    self.tables = tables
    self.images = images
    self.flags = flags
    self.silence = silence
    self.isOptional = isOptional
    self.references = references
  }
}

/// One number, word or posterior of a finding.
package struct FieldDescription: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case number, text, logical, texts, posterior }

  /// Member in JSON, attribute or quantity in XML; camel case.
  package let name: String
  /// Keyword in FITS, at most 8 characters; of a posterior none, since those stand in a table.
  package let fitsKey: String
  package let kind: Kind
  /// Unit of the value in results; empty for a pure number.
  package let unit: String
  /// One line, without a full stop.
  package let meaning: String
  /// How people are shown the value; `nil` where only programs are.
  package let presentation: Presentation?

  /// A value as texts and pages show it.
  package struct Presentation: Sendable, Hashable {
    package let title: String
    /// The title where a column is narrow.
    package let shortTitle: String
    /// Unit that people use, and the factor that leads to it from the result's.
    package let unit: String
    package let factor: Double
    /// Where lists have it, the lower first.
    package let place: Int
    /// It cannot exceed 1, so figures do not show more.
    package let isFraction: Bool

    package init(
      title: String, shortTitle: String? = nil, unit: String, factor: Double = 1, place: Int,
      isFraction: Bool = false
    ) {
      self.title = title
      self.shortTitle = shortTitle ?? title
      self.unit = unit
      self.factor = factor
      self.place = place
      self.isFraction = isFraction
    }
  }

  package init(
    _ name: String, fitsKey: String = "", _ kind: Kind, unit: String = "", _ meaning: String,
    presentation: Presentation? = nil
  ) {
    self.name = name
    self.fitsKey = fitsKey
    self.kind = kind
    self.unit = unit
    self.meaning = meaning
    self.presentation = presentation
  }
}

/// A table of a finding.
package struct TableDescription: Sendable, Hashable {
  /// Array in JSON, element in XML; camel case.
  package let name: String
  /// Element of a row in XML.
  package let rowName: String
  /// HDU in FITS; capitals.
  package let fitsName: String
  package let meaning: String
  /// What holds for the table as a whole. In JSON the member is named by table and field together.
  package let fields: [FieldDescription]
  package let columns: [ColumnDescription]
  /// It stands in lines of logs, too; else only in files of results.
  package let isLogged: Bool

  package init(
    _ name: String, rowName: String, fitsName: String, _ meaning: String, fields: [FieldDescription] = [],
    columns: [ColumnDescription], isLogged: Bool = true
  ) {
    self.name = name
    self.rowName = rowName
    self.fitsName = fitsName
    self.meaning = meaning
    self.fields = fields
    self.columns = columns
    self.isLogged = isLogged
  }
}

package struct ColumnDescription: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case number, text, logical, numbers }

  /// Member in JSON, attribute in XML.
  package let name: String
  /// TTYPE in FITS.
  package let fitsName: String
  package let kind: Kind
  package let unit: String
  /// One line, without a full stop; the comment in FITS.
  package let meaning: String
  /// How people are shown the column; `nil` where only programs are.
  package let presentation: Presentation?

  package struct Presentation: Sendable, Hashable {
    package let title: String
    package let place: Int
    package let isRightAligned: Bool
    /// Characters, in a text.
    package let leastWidth: Int

    package init(title: String, place: Int, isRightAligned: Bool = false, leastWidth: Int = 0) {
      self.title = title
      self.place = place
      self.isRightAligned = isRightAligned
      self.leastWidth = leastWidth
    }
  }

  package init(
    _ name: String, fitsName: String, _ kind: Kind, unit: String = "", _ meaning: String,
    presentation: Presentation? = nil
  ) {
    self.name = name
    self.fitsName = fitsName
    self.kind = kind
    self.unit = unit
    self.meaning = meaning
    self.presentation = presentation
  }
}

/// An image of numbers, row by row.
package struct ImageDescription: Sendable, Hashable {
  /// HDU in FITS; capitals.
  package let fitsName: String
  /// One line, without a full stop.
  package let meaning: String
  /// What runs along the columns, then along the rows.
  package let axes: [String]

  package init(fitsName: String, _ meaning: String, axes: [String]) {
    precondition(axes.count == 2)
    self.fitsName = fitsName
    self.meaning = meaning
    self.axes = axes
  }
}
