function __exospool_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __exospool_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __exospool_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __exospool_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __exospool_parse_tokens -S
    set -l unparsed_tokens (__exospool_tokens -pc)
    switch $unparsed_tokens[1]
    case 'exospool'
        __exospool_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'analyze'
            __exospool_parse_subcommand -r 1 'json' 'o/output=' 'figures' 'portrait=' 'object=' 'kind=' 'star-radius=' 'star-temperature=' 'planet-mass=' 'planet-radius=' 'planet-temperature=' 'models=' 'catalogue=' 'opacities=' 'retrieval-spectra=' 'retrieval-seconds=' 'completion-mode=' 'interior-planets=' 'star-relation=' 'star-relation-scatter=' 'sensitivity' 'no-sensitivity' 'threads=' 'version' 'h/help'
        case 'submit'
            __exospool_parse_subcommand -r 1 'name=' 'object=' 'kind=' 'star-radius=' 'star-temperature=' 'planet-mass=' 'planet-radius=' 'planet-temperature=' 'q/quiet' 'spool=' 'version' 'h/help'
        case 'status'
            __exospool_parse_subcommand 0 'json' 'wait' 'check' 'oldest=' 'spool=' 'version' 'h/help'
        case 'tail'
            __exospool_parse_subcommand 0 'f/follow' 'n/lines=' 'json' 'spool=' 'version' 'h/help'
        case 'show'
            __exospool_parse_subcommand 1 'json' 'spool=' 'version' 'h/help'
        case 'retry'
            __exospool_parse_subcommand -r 1 'all' 'corrupt' 'spool=' 'version' 'h/help'
        case 'hold'
            __exospool_parse_subcommand -r 1 'spool=' 'version' 'h/help'
        case 'release'
            __exospool_parse_subcommand -r 1 'all' 'spool=' 'version' 'h/help'
        case 'help'
            __exospool_parse_subcommand -r 1 'version'
        end
    end
end

function __exospool_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __exospool_parse_subcommand -S -a positional_count
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

function __exospool_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __exospool_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__exospool_tokens -p)
    if test -z "$(__exospool_tokens -t)"
        set -l index (count (__exospool_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'exospool' -f
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'analyze' -d 'Analyse planet records and spectra here and now, without a daemon.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'submit' -d 'Hand files to the daemon.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'status' -d 'Say how the spool stands: what waits, what is in work, what was refused and why.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'tail' -d 'Print the newest results, one line a planet; with -f, as they come.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'show' -d 'Show what the spool knows of a job.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'retry' -d 'Try refused, failed or deferred jobs again, with all their attempts.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'hold' -d 'Set waiting jobs aside until they are released.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'release' -d 'Let held jobs run.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool analyze" -ge 1' -F
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" json' -l 'json' -d 'Print summary.json of each file instead of text.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" o output' -l 'output' -s 'o' -d 'Write the result, summary.json and report.html of each file into a directory of its own below this one.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" figures' -l 'figures' -d 'With --output: each figure of the report as SVG and its numbers as CSV, in a folder figures there.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" portrait' -l 'portrait' -d 'Draw all planets side by side, to one scale, into this SVG file.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'svg\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" object' -l 'object' -d 'Name of the planet or star, in any spelling: looked up in the catalogue, where there is one.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" kind' -l 'kind' -d 'What a spectrum is of: transmission (transit depths), eclipse (eclipse depths) or stellar (a flux).' -rfka 'transmission eclipse stellar'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" star-radius' -l 'star-radius' -d 'Star\'s radius, VALUE or VALUE:ERROR, in solar radii (1.155:0.016).' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" star-temperature' -l 'star-temperature' -d 'Star\'s temperature, VALUE or VALUE:ERROR, in kelvins.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" planet-mass' -l 'planet-mass' -d 'Planet\'s mass, VALUE or VALUE:ERROR, in Jupiter masses, or with its unit (26:3Mearth).' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" planet-radius' -l 'planet-radius' -d 'Planet\'s radius, VALUE or VALUE:ERROR, in Jupiter radii, or with its unit (3.9Rearth).' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" planet-temperature' -l 'planet-temperature' -d 'Planet\'s equilibrium temperature, VALUE or VALUE:ERROR, in kelvins.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" models' -l 'models' -d 'Where the networks are. Default: $EXOSPOOL_MODELS_DIRECTORY, else the checkout\'s Etc/models, else /usr/share/exospool/models.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" catalogue' -l 'catalogue' -d 'A folder of Open Exoplanet Catalogue records, where star and planet of a spectrum are looked up by the name of its object. Default: $EXOSPOOL_CATALOGUE_DIRECTORY, else what /etc/exospool/exospool.toml says, else none.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" opacities' -l 'opacities' -d 'Where the opacity tables are that atmospheres are retrieved with. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout\'s Etc/opacity, else what /etc/exospool/exospool.toml says, else /usr/share/exospool/opacity.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" retrieval-spectra' -l 'retrieval-spectra' -d 'Spectra that the forward model may compute to sample one atmosphere\'s posterior, and as many at most to ask whether other gases explain what it shows; 0: none is retrieved.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" retrieval-seconds' -l 'retrieval-seconds' -d 'A retrieval is stopped after so long, as a safety net; 0: none is retrieved.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" completion-mode' -l 'completion-mode' -d 'What completes spectra: the posterior; or exogan-2018, the published ExoGAN beside the posterior of its own set.' -rfka 'posterior exogan-2018'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" interior-planets' -l 'interior-planets' -d 'Planets that the forward model may solve for one posterior of a planet\'s interior; 0: the networks alone answer.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" star-relation' -l 'star-relation' -d 'What a planet\'s Fe/(Mg+Si) is taken to be from its star\'s: one-to-one; or adibekyan-2021, the steeper line of that paper.' -rfka 'one-to-one adibekyan-2021'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" star-relation-scatter' -l 'star-relation-scatter' -d 'Scatter of one-to-one, a standard deviation in ln of the ratio.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" sensitivity' -l 'sensitivity' -d 'Trace the numbers of a transit to the wavelengths that they rest on.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" no-sensitivity' -l 'no-sensitivity' -d 'Trace the numbers of a transit to the wavelengths that they rest on.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" threads' -l 'threads' -d 'Threads of a retrieval; results do not depend on them.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool analyze" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_positional "exospool submit" -ge 1' -F
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" name' -l 'name' -d 'The name to submit a single file under.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" object' -l 'object' -d 'Name of the planet or star, in any spelling: looked up in the catalogue, where there is one.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" kind' -l 'kind' -d 'What a spectrum is of: transmission (transit depths), eclipse (eclipse depths) or stellar (a flux).' -rfka 'transmission eclipse stellar'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" star-radius' -l 'star-radius' -d 'Star\'s radius, VALUE or VALUE:ERROR, in solar radii (1.155:0.016).' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" star-temperature' -l 'star-temperature' -d 'Star\'s temperature, VALUE or VALUE:ERROR, in kelvins.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" planet-mass' -l 'planet-mass' -d 'Planet\'s mass, VALUE or VALUE:ERROR, in Jupiter masses, or with its unit (26:3Mearth).' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" planet-radius' -l 'planet-radius' -d 'Planet\'s radius, VALUE or VALUE:ERROR, in Jupiter radii, or with its unit (3.9Rearth).' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" planet-temperature' -l 'planet-temperature' -d 'Planet\'s equilibrium temperature, VALUE or VALUE:ERROR, in kelvins.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" q quiet' -l 'quiet' -s 'q' -d 'Print nothing but errors.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" spool' -l 'spool' -d 'The spool\'s directory. Default: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout\'s Spool.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool submit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool status" json' -l 'json' -d 'The same for machines.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool status" wait' -l 'wait' -d 'Wait until all work is done.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool status" check' -l 'check' -d 'One line for monitoring; fails where the operator is needed.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool status" oldest' -l 'oldest' -d 'With --check: for how long a job may wait.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool status" spool' -l 'spool' -d 'The spool\'s directory. Default: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout\'s Spool.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool status" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool tail" f follow' -l 'follow' -s 'f' -d 'Go on printing lines as they come, until interrupted.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool tail" lines n' -s 'n' -l 'lines' -d 'How many lines to begin with.' -rfka ''
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool tail" json' -l 'json' -d 'The lines for machines: one JSON object a planet.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool tail" spool' -l 'spool' -d 'The spool\'s directory. Default: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout\'s Spool.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool tail" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool tail" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool show" json' -l 'json' -d 'The same for machines.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool show" spool' -l 'spool' -d 'The spool\'s directory. Default: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout\'s Spool.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool show" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool retry" all' -l 'all' -d 'All failed and deferred jobs.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool retry" corrupt' -l 'corrupt' -d 'With --all: the corrupt ones too.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool retry" spool' -l 'spool' -d 'The spool\'s directory. Default: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout\'s Spool.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool retry" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool retry" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool hold" spool' -l 'spool' -d 'The spool\'s directory. Default: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout\'s Spool.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool hold" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool hold" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool release" all' -l 'all' -d 'All held jobs.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool release" spool' -l 'spool' -d 'The spool\'s directory. Default: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout\'s Spool.' -rfa '(__exospool_complete_directories)'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool release" version' -l 'version' -d 'Show the version.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool release" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool' -n '__exospool_should_offer_completions_for_flags_or_options "exospool help" version' -l 'version' -d 'Show the version.'
