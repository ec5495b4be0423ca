import Dispatch
import Glibc

/// Where the program begins: synchronously, for a worker confines itself while its process has one thread.
@main
enum Main {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == Worker._commandName { Worker.main(Array(arguments.dropFirst())) }
    Task {
      await Daemon.main()
      exit(0)
    }
    dispatchMain()
  }
}
