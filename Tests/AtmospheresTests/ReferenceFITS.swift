import Foundation

/// Reads the reference data's FITS files: images and table columns of plain numbers. A reader of its own, so that
/// tests of the physics need no C library. Traps on what those files do not hold.
struct ReferenceFITS {
  struct HDU {
    var name: String
    var header: [String: String]
    var data: ArraySlice<UInt8>

    func integer(_ key: String) -> Int { Int(header[key] ?? "") ?? 0 }

    /// All pixels of an image, in the file's order.
    var image: [Double] {
      let size = abs(integer("BITPIX")) / 8
      return decode(data, stride: size, offset: 0, count: data.count / size, code: imageCode)
    }

    private var imageCode: Character {
      switch integer("BITPIX") {
      case -64: "D"
      case -32: "E"
      case 16: "I"
      case 8: "B"
      default: "?"
      }
    }

    /// A column of one or more numbers a row, row by row.
    func column(_ wanted: String) -> [Double] {
      let rowSize = integer("NAXIS1")
      var offset = 0
      for field in 1...integer("TFIELDS") {
        let form = header["TFORM\(field)"]!
        let repeats = Int(form.dropLast()) ?? 1
        let size = Self.size(form.last!)
        if header["TTYPE\(field)"]!.lowercased() == wanted.lowercased() {
          return (0..<integer("NAXIS2")).flatMap { row in
            decode(
              data.dropFirst(row * rowSize + offset).prefix(repeats * size), stride: size, offset: 0,
              count: repeats, code: form.last!)
          }
        }
        offset += repeats * size
      }
      preconditionFailure("no column \(wanted) in \(name)")
    }

    var columnNames: [String] { (1...integer("TFIELDS")).map { header["TTYPE\($0)"]! } }

    private static func size(_ code: Character) -> Int { ["D": 8, "E": 4, "I": 2, "B": 1, "L": 1][code]! }

    private func decode(
      _ bytes: ArraySlice<UInt8>, stride: Int, offset: Int, count: Int, code: Character
    ) -> [Double] {
      bytes.withUnsafeBytes { raw in
        (0..<count).map { index in
          let at = index * stride
          switch code {
          case "D":
            return Double(
              bitPattern: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
          case "E":
            return Double(
              Float(bitPattern: UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))))
          case "I": return Double(Int16(bigEndian: raw.loadUnaligned(fromByteOffset: at, as: Int16.self)))
          case "L": return raw[at] == UInt8(ascii: "T") ? 1 : 0
          default: return Double(raw[at])
          }
        }
      }
    }
  }

  let hdus: [HDU]

  init(_ url: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: url))
    var position = 0
    var hdus: [HDU] = []
    while position + 2880 <= bytes.count {
      var header: [String: String] = [:]
      var ended = false
      while !ended {
        for card in 0..<36 {
          let text = String(decoding: bytes[position + card * 80..<position + card * 80 + 80], as: UTF8.self)
          if text.hasPrefix("END ") { ended = true }
          guard text.dropFirst(8).hasPrefix("= ") else { continue }
          let key = text.prefix(8).trimmingCharacters(in: .whitespaces)
          let value = String(text.dropFirst(10))
          header[key] =
            value.trimmingCharacters(in: .whitespaces).hasPrefix("'")
            ? value.split(separator: "'")[safe: value.first == "'" ? 0 : 1]?.trimmingCharacters(
              in: .whitespaces)
            : value.split(separator: "/")[0].trimmingCharacters(in: .whitespaces)
        }
        position += 2880
      }
      let axes = Int(header["NAXIS"] ?? "0")!
      var size = axes > 0 ? abs(Int(header["BITPIX"]!)!) / 8 : 0
      for axis in 0..<axes { size *= Int(header["NAXIS\(axis + 1)"]!)! }
      hdus.append(
        HDU(name: header["EXTNAME"] ?? "PRIMARY", header: header, data: bytes[position..<position + size]))
      position += (size + 2879) / 2880 * 2880
    }
    self.hdus = hdus
  }

  subscript(name: String) -> HDU {
    hdus.first { $0.name.lowercased() == name.lowercased() }!
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
