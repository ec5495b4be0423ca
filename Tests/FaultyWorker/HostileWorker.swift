import ContentHash
import Glibc
import PosixFiles
import SystemPackage

/// What a worker might do that a stranger's file has taken over, and that no confinement holds: it speaks the supervisor's
/// protocol by hand, and leaves what it should not.
struct HostileWorker {
  private let deed: String
  private static let hash = String(repeating: "abcd", count: 16)

  init(_ deed: String) { self.deed = deed }

  func run() -> Never {
    guard let setup = readLine(strippingNewline: true), let scratch = Self.member("scratch", of: setup) else {
      exit(1)
    }
    let models = claimedModels.map { "\"\($0)\"" }.joined(separator: ",")
    say("{\"kind\":\"ready\",\"models\":[\(models)]}")
    var published: UnsafeMutablePointer<FILE>?
    while let request = readLine(strippingNewline: true) {
      if let published {
        // Too late: that was the result of another job.
        fputs("forged", published)
        fflush(published)
      }
      if deed == "false stamp" { say("{\"kind\":\"read\",\"stamp\":\"1 2 3 4\"}") }
      if deed == "unsettled" {
        say("{\"kind\":\"unsettled\",\"reason\":\"a.xml changed while it was read\"}")
        continue
      }
      let content =
        switch deed {
        case "hash": "../../x"
        case "false hash": Self.hash
        case "another's hash": SHA256Digest(of: "one").hexadecimal
        default: Self.contentHash(of: request)
        }
      say("{\"kind\":\"hash\",\"contentHash\":\"\(content)\",\"modelSetHash\":\"\(Self.hash)\"}")
      guard let decision = readLine(strippingNewline: true) else { break }
      if decision == "skip" { continue }
      if deed == "no room" {
        say("{\"kind\":\"hindered\",\"reason\":\"result.xml could not be written: No space left on device\"}")
        continue
      }
      leave(in: scratch)
      if deed == "later" { published = fopen(scratch + "/result.xml", "r+") }
      let child = deed == "child" ? Self.startProgram() : 0
      if deed == "silence" {
        // Its pipe is closed, and it lives on.
        close(STDOUT_FILENO)
        close(STDERR_FILENO)
        while true { sleep(1) }
      }
      let log =
        switch deed {
        case "escape": "\\u001b]0;owned\\u0007"
        case "child": "\(child)"
        default: "analysed"
        }
      let name = deed == "path" ? "../result.xml" : "result.xml"
      let names =
        switch deed {
        case "twice": "\"\(name)\",\"\(name)\""
        case "nothing": ""
        default: "\"\(name)\""
        }
      say(
        "{\"kind\":\"done\",\"products\":[\(names)],\"logLines\":[\"\(log)\"],"
          + "\"jsonLines\":[\"\(json)\"]}")
      if deed == "stop" { raise(SIGSTOP) }
    }
    exit(0)
  }

  /// Of the file that is asked for: with another one nothing else would be believed.
  private static func contentHash(of request: String) -> String {
    let path = member("path", of: request)?.replacing("\\/", with: "/") ?? ""
    let bytes = try? PosixFiles.read(FilePath(path), limit: 1 << 20)
    return SHA256Digest(of: bytes ?? []).hexadecimal
  }

  /// A line for the log, quoted once more.
  private var json: String {
    switch deed {
    case "forged job": "{\\\"job\\\":\\\"another\\\"}"
    case "no JSON": "{\\\"bytes\\\":"
    case "two lines": "{}\\n{}"
    case "JSON escape": "{\\\"name\\\":\\\"\\u009b31m\\\"}"
    default: "{\\\"bytes\\\":1}"
    }
  }

  private func leave(in scratch: String) {
    let path = scratch + "/result.xml"
    switch deed {
    case "link": symlink("/etc/shadow", path)
    case "pipe": mkfifo(path, 0o644)
    case "directory": mkdir(path, 0o755)
    case "absent": break
    case "second name":
      write("result", to: path)
      link(path, scratch + "/../second")
    case "second file":
      write("result", to: path)
      write("more", to: scratch + "/more.xml")
    case "owner":
      write("result", to: path)
      chown(path, 12_345, gid_t.max)
    case "large":
      write("result", to: path)
      truncate(path, 3 << 20)
    case "mode":
      write("result", to: path)
      chmod(path, 0o6777)
    default: write("result", to: path)
    }
  }

  /// A program in the worker's group that would outlive it.
  private static func startProgram() -> pid_t {
    var process = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
    defer { for argument in arguments { free(argument) } }
    return posix_spawn(&process, "/bin/sleep", nil, nil, &arguments, nil) == 0 ? process : 0
  }

  private func say(_ line: String) {
    _ = (line + "\n").withCString { Glibc.write(STDOUT_FILENO, $0, strlen($0)) }
  }

  private func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  /// The member of an object of plain texts.
  private static func member(_ key: String, of line: String) -> String? {
    line.split(separator: "\"").map(String.init).drop { $0 != key }.dropFirst(2).first
  }
}
