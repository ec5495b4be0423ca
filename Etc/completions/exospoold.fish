function __exospoold_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __exospoold_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __exospoold_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __exospoold_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __exospoold_parse_tokens -S
    set -l unparsed_tokens (__exospoold_tokens -pc)
    switch $unparsed_tokens[1]
    case 'exospoold'
        __exospoold_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'run'
            __exospoold_parse_subcommand 0 'f/configuration=' 'spool=' 'models=' 'catalogue=' 'set=+' 'once' 'create' 'version' 'h/help'
        case 'check'
            __exospoold_parse_subcommand 0 'f/configuration=' 'spool=' 'models=' 'catalogue=' 'set=+' 'print-default' 'version' 'h/help'
        case 'help'
            __exospoold_parse_subcommand -r 1 'version'
        end
    end
end

function __exospoold_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __exospoold_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __exospoold_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __exospoold_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__exospoold_tokens -p)
    if test -z "$(__exospoold_tokens -t)"
        set -l index (count (__exospoold_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'exospoold' -f
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold" version' -l 'version' -d 'Show the version.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_positional "exospoold" -eq 1' -fa 'run' -d 'Serve a spool.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_positional "exospoold" -eq 1' -fa 'check' -d 'Say everything that is wrong with a configuration, at once.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_positional "exospoold" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run" configuration f' -s 'f' -l 'configuration' -d 'The TOML file. Default: Etc/exospool.toml here, else /etc/exospool/exospool.toml, else none.' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run" spool' -l 'spool' -d 'The spool\'s directory (spool_directory).' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run" models' -l 'models' -d 'The models\' directory (models_directory).' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run" catalogue' -l 'catalogue' -d 'The folder of planet records for spectra (catalogue_directory).' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run"' -l 'set' -d 'A key of the configuration, as key=value; may be repeated.' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run" once' -l 'once' -d 'End when inbox, active and deferred are empty.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run" create' -l 'create' -d 'Make the spool\'s directories where they are missing.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run" version' -l 'version' -d 'Show the version.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold check" configuration f' -s 'f' -l 'configuration' -d 'The TOML file. Default: Etc/exospool.toml here, else /etc/exospool/exospool.toml, else none.' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold check" spool' -l 'spool' -d 'The spool\'s directory (spool_directory).' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold check" models' -l 'models' -d 'The models\' directory (models_directory).' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold check" catalogue' -l 'catalogue' -d 'The folder of planet records for spectra (catalogue_directory).' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold check"' -l 'set' -d 'A key of the configuration, as key=value; may be repeated.' -rfka ''
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold check" print-default' -l 'print-default' -d 'Print a commented configuration with all defaults, and check nothing.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold check" version' -l 'version' -d 'Show the version.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospoold' -n '__exospoold_should_offer_completions_for_flags_or_options "exospoold help" version' -l 'version' -d 'Show the version.'
