/// The programs that have a page, and what their pages say beyond their own help.
enum Programs {
  static let all: [(program: String, context: ManualPage.Context)] = [
    (
      "exospool",
      ManualPage.Context(
        section: 1,
        files: [
          ("/etc/exospool/exospool.toml", "The configuration of the daemon, which names the spool."),
          ("/usr/share/exospool/models", "The networks and their cards."),
        ],
        environment: [
          ("EXOSPOOL_SPOOL_DIRECTORY", "The spool, where --spool is not given."),
          ("EXOSPOOL_MODELS_DIRECTORY", "The networks, where --models is not given."),
          ("EXOSPOOL_CATALOGUE_DIRECTORY", "The catalogue of planets, where --catalogue is not given."),
          ("EXOSPOOL_INPUT_SIZE_MEGABYTES", "The largest file that is taken, as in the configuration."),
        ],
        seeAlso: [("exospool-lab", 1), ("exospool.toml", 5), ("exospoold", 8)])
    ),
    (
      "exospoold",
      ManualPage.Context(
        section: 8,
        files: [
          ("/etc/exospool/exospool.toml", "The configuration of the installed service."),
          ("/var/lib/exospool/spool", "The spool of the installed service."),
          ("/etc/logrotate.d/exospool", "How its logs are rotated."),
        ],
        environment: [
          ("EXOSPOOL_KEY", "A key of the configuration, in capitals, which goes before the file.")
        ],
        seeAlso: [("exospool", 1), ("systemctl", 1), ("exospool.toml", 5)])
    ),
    (
      "exospool-lab",
      ManualPage.Context(
        section: 1,
        files: [
          ("/usr/share/exospool/models", "The networks and their cards."),
          ("/usr/share/exospool/opacity", "The opacity tables."),
        ],
        environment: [
          ("EXOSPOOL_MODELS_DIRECTORY", "The networks, where --models or --output is not given."),
          ("EXOSPOOL_OPACITY_DIRECTORY", "The opacity tables, where --opacities is not given."),
        ],
        seeAlso: [("exospool", 1), ("exospoold", 8)])
    ),
  ]
}
