function __exospool-lab_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __exospool-lab_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __exospool-lab_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __exospool-lab_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __exospool-lab_parse_tokens -S
    set -l unparsed_tokens (__exospool-lab_tokens -pc)
    switch $unparsed_tokens[1]
    case 'exospool-lab'
        __exospool-lab_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'solve'
            __exospool-lab_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'interior'
                __exospool-lab_parse_subcommand 0 'planet=' 'mass=' 'core=' 'water=' 'envelope=' 'mantle-iron=' 'core-deficit=' 'potential-temperature=' 'jump=' 'surface-temperature=' 'equilibrium-temperature=' 'radiative-convective-pressure=' 'profile' 'version' 'h/help'
            end
        case 'fit'
            __exospool-lab_parse_subcommand 1 'mass=' 'star-radius=' 'gases=' 'profile=' 'temperatures=' 'equilibrium-temperature=' 'radius=' 'star-temperature=' 'clear' 'cloud-fraction' 'haze' 'condensate=' 'dissociation' 'metals=' 'anion' 'offset' 'inflate-errors' 'intervals' 'hold=+' 'from=' 'to=' 'without=+' 'starts=' 'seed=' 'threads=' 'plot=' 'output=' 'json' 'opacities=' 'version' 'h/help'
        case 'simulate'
            __exospool-lab_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'interiors'
                __exospool-lab_parse_subcommand 1 'output=' 'planets=' 'shard=' 'seed=' 'threads=' 'version' 'h/help'
            case 'set'
                __exospool-lab_parse_subcommand 1 'output=' 'spectra=' 'shard=' 'seed=' 'threads=' 'opacities=' 'version' 'h/help'
            case 'spectrum'
                __exospool-lab_parse_subcommand 0 'mass=' 'radius=' 'temperature=' 'profile=' 'star-radius=' 'gas=+' 'cloud-top=' 'haze=' 'cloud=+' 'cloud-fraction=' 'dissociation' 'metals=' 'anion=' 'emission' 'star-temperature=' 'configuration=' 'parameters=' 'output=' 'plot=' 'opacities=' 'threads=' 'version' 'h/help'
            end
        case 'train'
            __exospool-lab_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'interior'
                __exospool-lab_parse_subcommand 1 'set=' 'output=' 'epochs=' 'batch-size=' 'rate=' 'hidden=' 'components=' 'covariance=' 'patience=' 'seed=' 'planets=' 'threads=' 'checkpoint=' 'resume' 'version' 'h/help'
            case 'robert'
                __exospool-lab_parse_subcommand 1 'set=' 'output=' 'epochs=' 'pretraining-epochs=' 'batch-size=' 'rate=' 'seed=' 'spectra=' 'opacities=' 'threads=' 'checkpoint=' 'resume' 'version' 'h/help'
            case 'exogan'
                __exospool-lab_parse_subcommand 1 'set=' 'output=' 'steps=' 'encoder-steps=' 'width=' 'published' 'seed=' 'spectra=' 'threads=' 'checkpoint=' 'resume' 'version' 'h/help'
            end
        case 'evaluate'
            __exospool-lab_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'interior'
                __exospool-lab_parse_subcommand 1 'set=' 'models=' 'earth' 'on-validation' 'draws=' 'planets=' 'seed=' 'version' 'h/help'
            case 'robert'
                __exospool-lab_parse_subcommand 1 'set=' 'models=' 'test-set=' 'tables' 'limits' 'dreams' 'foreign' 'opacities=' 'figure=' 'spectra=' 'seed=' 'threads=' 'version' 'h/help'
            case 'exogan'
                __exospool-lab_parse_subcommand 1 'set=' 'models=' 'noise=' 'count=' 'starts=' 'steps=' 'data=' 'start=' 'spectra=' 'threads=' 'version' 'h/help'
            end
        case 'validate'
            __exospool-lab_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'interiors'
                __exospool-lab_parse_subcommand 0 'reference=' 'version' 'h/help'
            end
        case 'dream'
            __exospool-lab_parse_subcommand 1 'model=' 'models=' 'chains=' 'steps=' 'seed=' 'plot=' 'activations' 'version' 'h/help'
        case 'opacity'
            __exospool-lab_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'make'
                __exospool-lab_parse_subcommand -r 1 'output=' 'published=' 'version' 'h/help'
            case 'recover'
                __exospool-lab_parse_subcommand 0 'level=' 'law=' 'shapes=' 'output=' 'version' 'h/help'
            case 'import'
                __exospool-lab_parse_subcommand 1 'o/output=' 'species=' 'error=' 'version' 'h/help'
            case 'show'
                __exospool-lab_parse_subcommand 1 'temperature=+' 'pressure=' 'mean-of-log' 'reference=+' 'svg=' 'version' 'h/help'
            case 'compare'
                __exospool-lab_parse_subcommand 0 'moments=' 'nemesis=' 'tables=' 'gases=' 'temperature=+' 'pressure=+' 'response=' 'details' 'markdown' 'version' 'h/help'
            case 'retrieve'
                __exospool-lab_parse_subcommand 0 'nemesis=' 'tables=' 'gases=' 'temperature=+' 'log-mixing-ratio=+' 'version' 'h/help'
            case 'bands'
                __exospool-lab_parse_subcommand -r 1 'version' 'h/help'
            end
        case 'help'
            __exospool-lab_parse_subcommand -r 1 'version'
        end
    end
end

function __exospool-lab_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __exospool-lab_parse_subcommand -S -a positional_count
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

function __exospool-lab_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __exospool-lab_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__exospool-lab_tokens -p)
    if test -z "$(__exospool-lab_tokens -t)"
        set -l index (count (__exospool-lab_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'exospool-lab' -f
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'solve' -d 'Run a forward model once.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'fit' -d 'Fit the forward model to an observed spectrum.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'simulate' -d 'Run the forward models: training sets and single spectra.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'train' -d 'Train a network on a simulated set.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'evaluate' -d 'Judge a network on what it was never trained on.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'validate' -d 'Compare a forward model with measurements and other codes.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'dream' -d 'Let a network dream the spectrum of a molecule.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'opacity' -d 'Make, import and look at opacity tables.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab solve" -eq 1' -fa 'interior' -d 'Solve one planet\'s interior and print its layers.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" planet' -l 'planet' -d 'Start from a body: earth, venus, mars, mercury or moon.' -rfka 'earth venus mars mercury moon'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" mass' -l 'mass' -d 'Mass, Earth masses.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" core' -l 'core' -d 'Core mass fraction.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" water' -l 'water' -d 'Water mass fraction.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" envelope' -l 'envelope' -d 'H/He envelope mass fraction.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" mantle-iron' -l 'mantle-iron' -d 'Fe/(Mg+Fe) of the mantle, molar.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" core-deficit' -l 'core-deficit' -d 'How much lighter the liquid core is than iron, a fraction.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" potential-temperature' -l 'potential-temperature' -d 'Potential temperature of the mantle, K.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" jump' -l 'jump' -d 'Temperature jump at the core, K.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" surface-temperature' -l 'surface-temperature' -d 'Surface temperature, K.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" equilibrium-temperature' -l 'equilibrium-temperature' -d 'Equilibrium temperature of the envelope, K.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" radiative-convective-pressure' -l 'radiative-convective-pressure' -d 'Pressure below which the envelope convects, bar.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" profile' -l 'profile' -d 'Print the profile as CSV instead: radius (km), mass (Earth masses), pressure (GPa), temperature (K), density (kg/m3).'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab solve interior" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" mass' -l 'mass' -d 'Planet\'s mass, Jupiter masses.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" star-radius' -l 'star-radius' -d 'Star\'s radius, solar radii; where the file has RSTAR, that.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" gases' -l 'gases' -d 'Gases, separated by commas.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" profile' -l 'profile' -d 'Temperature: isothermal, guillot, or points:N, N temperatures between 1e-5 and 10 bar.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" temperatures' -l 'temperatures' -d 'Lowest and highest temperature, LOW:HIGH in K, within the opacity tables\' 300 to 3000; with --dissociation up to 4000, where opacities stay as at 3000 K.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" equilibrium-temperature' -l 'equilibrium-temperature' -d 'Planet\'s equilibrium temperature, K: keeps temperatures between 0.4 and sqrt 2 of it, what starlight allows.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" radius' -l 'radius' -d 'Eclipses: the planet\'s radius, Jupiter radii.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" star-temperature' -l 'star-temperature' -d 'Eclipses: the star\'s temperature, K; the star is a black body.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" clear' -l 'clear' -d 'No cloud deck.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" cloud-fraction' -l 'cloud-fraction' -d 'Fit which part of the limb or disc deck, haze and particles cover.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" haze' -l 'haze' -d 'Fit a haze: its amount and slope.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" condensate' -l 'condensate' -d 'Fit particles of a condensate, how many and how large: MgSiO3, Mg2SiO4, SiO2, MnS, KCl, tholin.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" dissociation' -l 'dissociation' -d 'H2, H2O, TiO and VO break into atoms, Na and K into ions, and H- forms, as temperature and pressure have it; mixing ratios are those of cool gas.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" metals' -l 'metals' -d 'With --dissociation: metals that give electrons and are not among the gases, times the Sun\'s.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" anion' -l 'anion' -d 'Fit the mixing ratio of H-, in place of what dissociation makes.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" offset' -l 'offset' -d 'Fit an offset of each instrument (or spectral order) in the file but the first.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" inflate-errors' -l 'inflate-errors' -d 'Fit a noise term that is added in quadrature to all errors.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" intervals' -l 'intervals' -d 'Walk the profile likelihood of every parameter: 68 % intervals where parabolas deceive. Slow.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit"' -l 'hold' -d 'Keep a parameter at a value, KEY=VALUE with a key as --json writes it, such as log10_x_H2O=-3.1; may be repeated.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" from' -l 'from' -d 'Fit points from this wavelength on, um.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" to' -l 'to' -d 'Fit points up to this wavelength, um.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit"' -l 'without' -d 'Leave out points between these wavelengths, LOW:HIGH in um; may be repeated.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" starts' -l 'starts' -d 'Starts of the search.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" seed' -l 'seed' -d 'Seed of the starts: the same seed gives the same fit.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" threads' -l 'threads' -d 'Threads.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" plot' -l 'plot' -d 'File for a plot (SVG): data, best fit, flat line, and what is left.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" output' -l 'output' -d 'File for the data beside the fit, as text.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" json' -l 'json' -d 'Print JSON instead of text.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" opacities' -l 'opacities' -d 'Directory of the opacity tables. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout\'s Etc/opacity, else /usr/share/exospool/opacity.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab fit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab simulate" -eq 1' -fa 'interiors' -d 'Make a training set of planet interiors.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab simulate" -eq 1' -fa 'set' -d 'Make a training set of spectra.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab simulate" -eq 1' -fa 'spectrum' -d 'Compute transmission or emission spectra.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab simulate interiors" -eq 1' -fka 'rocky layered'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate interiors" output' -l 'output' -d 'Directory for the shards.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate interiors" planets' -l 'planets' -d 'Planets in the set.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate interiors" shard' -l 'shard' -d 'Planets in a shard.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate interiors" seed' -l 'seed' -d 'Seed of the set.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate interiors" threads' -l 'threads' -d 'Threads.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate interiors" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate interiors" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab simulate set" -eq 1' -fka 'waldmann-2016 emission transmission exogan-2018'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate set" output' -l 'output' -d 'Directory for the shards.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate set" spectra' -l 'spectra' -d 'Spectra in the set.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate set" shard' -l 'shard' -d 'Spectra in a shard.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate set" seed' -l 'seed' -d 'Seed of the set.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate set" threads' -l 'threads' -d 'Threads.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate set" opacities' -l 'opacities' -d 'Directory of the opacity tables. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout\'s Etc/opacity, else /usr/share/exospool/opacity.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate set" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate set" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" mass' -l 'mass' -d 'Planet\'s mass, Jupiter masses (1 unless given).' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" radius' -l 'radius' -d 'Planet\'s radius at 10 bar, Jupiter radii (1 unless given).' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" temperature' -l 'temperature' -d 'Temperature of an isothermal atmosphere, K (1000 unless given).' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" profile' -l 'profile' -d 'Temperatures by pressure in place of --temperature: pairs of bar and K, joined linearly in log pressure, such as 10:1800,0.1:1200,1e-4:900; or guillot:equilibrium=1400,internal=100,opacity=1e-3,ratio=0.4 (Guillot 2010: K, K, thermal opacity in m2/kg, visible over thermal opacity; all but equilibrium may be left out).' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" star-radius' -l 'star-radius' -d 'Star\'s radius, solar radii (1 unless given); with --parameters, of tables without a column Rs.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum"' -l 'gas' -d 'A gas and its mixing ratio, such as H2O=4e-4; or two, below and above a pressure in bar, as H2O=1e-3:1e-6@0.1, with ~1 behind it for a transition over one decade of pressure. May be repeated.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" cloud-top' -l 'cloud-top' -d 'Top of a grey cloud deck, bar.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" haze' -l 'haze' -d 'A haze: how many times hydrogen\'s scattering at 0.35 um, and the power of wavelength by which it falls where that is not -4, such as 100 or 100:-6.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum"' -l 'cloud' -d 'A cloud of particles, by condensate (MgSiO3, Mg2SiO4, SiO2, MnS, KCl, tholin), mass in a kg of gas and effective radius in um: MgSiO3:mass=1e-5,radius=0.3; or one whose opacity falls with wavelength, in m2/kg of gas at 1 um: power:opacity=1e-3,exponent=2. Behind these base= and top= (bar), sedimentation= (the power of pressure by which it thins out, 0 unless given), and of particles width= (of the logarithm of radius, 0.5). May be repeated.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" cloud-fraction' -l 'cloud-fraction' -d 'The part of the limb or disc that deck, haze and clouds cover (1 unless given).' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" dissociation' -l 'dissociation' -d 'H2, H2O, TiO and VO break into atoms, Na and K into ions, and H- forms, as temperature and pressure have it; mixing ratios are those of cool gas.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" metals' -l 'metals' -d 'With --dissociation: metals that give electrons and are not among the gases, times the Sun\'s.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" anion' -l 'anion' -d 'Mixing ratio of H-, in place of what dissociation makes.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" emission' -l 'emission' -d 'Eclipse depth by thermal emission instead of transit depth.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" star-temperature' -l 'star-temperature' -d 'Star\'s temperature, K, for --emission: it shines as a black body (5772 unless given).' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" configuration' -l 'configuration' -d 'physical: opacities follow the temperature. exogan-2018: as the published training set.' -rfka 'physical exogan-2018'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" parameters' -l 'parameters' -d 'FITS table of planets.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" output' -l 'output' -d 'File to write; standard output where none is named.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" plot' -l 'plot' -d 'SVG file to draw the spectrum to.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" opacities' -l 'opacities' -d 'Directory of the opacity tables. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout\'s Etc/opacity, else /usr/share/exospool/opacity.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" threads' -l 'threads' -d 'Threads, with --parameters.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab simulate spectrum" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab train" -eq 1' -fa 'interior' -d 'Train one of the interior networks.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab train" -eq 1' -fa 'robert' -d 'Train a network that recognises molecules and dreams spectra.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab train" -eq 1' -fa 'exogan' -d 'Train ExoGAN, the network that completes spectra as published.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" set' -l 'set' -d 'Directory of the training set\'s shards.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" output' -l 'output' -d 'Directory for the weights and the card. Default: as evaluate finds --models.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" epochs' -l 'epochs' -d 'Epochs; the learning rate falls to its end over them.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" batch-size' -l 'batch-size' -d 'Planets a batch.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" rate' -l 'rate' -d 'Highest learning rate.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" hidden' -l 'hidden' -d 'Widths of the hidden layers, such as 512,512,512.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" components' -l 'components' -d 'Gaussians in the mixture.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" covariance' -l 'covariance' -d 'Covariance of each Gaussian: full or diagonal.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" patience' -l 'patience' -d 'Epochs without a better validation loss after which training ends.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" seed' -l 'seed' -d 'Seed of weights and order of examples.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" planets' -l 'planets' -d 'Use only so many planets of the set.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" threads' -l 'threads' -d 'BLAS threads.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" checkpoint' -l 'checkpoint' -d 'The checkpoint\'s path; NAME.checkpoint in the training set\'s directory unless given.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" resume' -l 'resume' -d 'Go on from the checkpoint.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train interior" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" set' -l 'set' -d 'Directory of the training set\'s shards.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" output' -l 'output' -d 'Directory for the weights and the card. Default: as evaluate finds --models.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" epochs' -l 'epochs' -d 'Epochs of fine-tuning; the learning rate falls to its end over them.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" pretraining-epochs' -l 'pretraining-epochs' -d 'Epochs of each Boltzmann machine; the topmost has four times as many.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" batch-size' -l 'batch-size' -d 'Spectra a batch.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" rate' -l 'rate' -d 'Highest learning rate of fine-tuning.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" seed' -l 'seed' -d 'Seed of weights, order, coverage and noise.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" spectra' -l 'spectra' -d 'Use only so many spectra of the set, in whole shards.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" opacities' -l 'opacities' -d 'Directory of the opacity tables. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout\'s Etc/opacity, else /usr/share/exospool/opacity.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" threads' -l 'threads' -d 'Threads.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" checkpoint' -l 'checkpoint' -d 'The checkpoint\'s path; NAME.checkpoint in the training set\'s directory unless given.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" resume' -l 'resume' -d 'Go on from the checkpoint.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train robert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" set' -l 'set' -d 'Directory of the training set\'s shards.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" output' -l 'output' -d 'Directory for the weights and the card. Default: as evaluate finds --models.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" steps' -l 'steps' -d 'Steps, a multiple of 500.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" encoder-steps' -l 'encoder-steps' -d 'Steps of the encoder, a multiple of 500.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" width' -l 'width' -d 'Channels of the networks\' thinnest layers.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" published' -l 'published' -d 'One step of the discriminator and two of the generator, no stabilisers.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" seed' -l 'seed' -d 'Seed of weights, order, latent numbers and noise.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" spectra' -l 'spectra' -d 'Use only so many spectra of the set, in whole shards.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" threads' -l 'threads' -d 'Threads.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" checkpoint' -l 'checkpoint' -d 'The checkpoint\'s path; NAME.checkpoint in the training set\'s directory unless given.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" resume' -l 'resume' -d 'Go on from the checkpoint.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab train exogan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab evaluate" -eq 1' -fa 'interior' -d 'Judge one of the interior networks on planets it was never trained on.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab evaluate" -eq 1' -fa 'robert' -d 'Judge a network that recognises molecules on spectra it was never trained on.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab evaluate" -eq 1' -fa 'exogan' -d 'Judge ExoGAN\'s completions of spectra it was never trained on.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" set' -l 'set' -d 'Directory of the training set\'s shards; its last planets are the test. Not needed for Earth alone.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" models' -l 'models' -d 'Directory of the weights and cards. Default: $EXOSPOOL_MODELS_DIRECTORY, else the checkout\'s Etc/models, else /usr/share/exospool/models.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" earth' -l 'earth' -d 'Show what the network says of Earth.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" on-validation' -l 'on-validation' -d 'Judge on the validation planets instead of the test ones; nothing is written then.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" draws' -l 'draws' -d 'Draws a planet.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" planets' -l 'planets' -d 'Use only so many planets of the set: as in training.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" seed' -l 'seed' -d 'Seed of the draws.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate interior" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" set' -l 'set' -d 'Directory of the training set\'s shards; its last spectra are the test.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" models' -l 'models' -d 'Directory of the weights and cards. Default: $EXOSPOOL_MODELS_DIRECTORY, else the checkout\'s Etc/models, else /usr/share/exospool/models.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" test-set' -l 'test-set' -d 'Judge on the last spectra of another set of the same kind; nothing is written then.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" tables' -l 'tables' -d 'Also by instrument and signal-to-noise per bin.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" limits' -l 'limits' -d 'Also the detection limits by instrument and noise.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" dreams' -l 'dreams' -d 'Also the dreams.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" foreign' -l 'foreign' -d 'Also the share of spectra of stars, brown dwarfs and wild noise, and of its own, that it takes for none of its own.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" opacities' -l 'opacities' -d 'Directory of the opacity tables. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout\'s Etc/opacity, else /usr/share/exospool/opacity.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" figure' -l 'figure' -d 'SVG file to draw dreams of H2O, CO2, TiO and CH4 into, over the mean training spectra; with --dreams.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" spectra' -l 'spectra' -d 'Use only so many spectra of the set, in whole shards: as in training.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" seed' -l 'seed' -d 'Seed of coverage and noise.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" threads' -l 'threads' -d 'Threads.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate robert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" set' -l 'set' -d 'Directory of the training set\'s shards; its last spectra are the test.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" models' -l 'models' -d 'Directory of the weights and cards. Default: $EXOSPOOL_MODELS_DIRECTORY, else the checkout\'s Etc/models, else /usr/share/exospool/models.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" noise' -l 'noise' -d 'Standard deviation of the noise in every bin, ppm.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" count' -l 'count' -d 'Spectra to complete.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" starts' -l 'starts' -d 'Starts of a completion.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" steps' -l 'steps' -d 'Steps of a completion.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" data' -l 'data' -d 'absolute: as published. weighted: by the errors.' -rfka 'absolute weighted'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" start' -l 'start' -d 'random: as published. encoder: from the encoder\'s guess.' -rfka 'random encoder'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" spectra' -l 'spectra' -d 'Use only so many spectra of the set, in whole shards: as in training.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" threads' -l 'threads' -d 'Threads.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab evaluate exogan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab validate" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab validate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab validate" -eq 1' -fa 'interiors' -d 'Compare the interior model with the solar system and with MAGRATHEA.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab validate interiors" reference' -l 'reference' -d 'Directory that holds magrathea.csv; without it, only the solar system is compared.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab validate interiors" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab validate interiors" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" model' -l 'model' -d 'The network.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" models' -l 'models' -d 'Directory of the weights and cards. Default: $EXOSPOOL_MODELS_DIRECTORY, else the checkout\'s Etc/models, else /usr/share/exospool/models.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" chains' -l 'chains' -d 'Chains averaged over.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" steps' -l 'steps' -d 'Steps of Gibbs sampling.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" seed' -l 'seed' -d 'Seed of the chains.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" plot' -l 'plot' -d 'SVG file to draw the dream into.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" activations' -l 'activations' -d 'Print the mean activity of each layer, too.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab dream" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab opacity" -eq 1' -fa 'make' -d 'Compute opacity tables from published constants.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab opacity" -eq 1' -fa 'recover' -d 'Write the tables of H2O, CH4, CO2, CO that were recovered of the ExoGAN training set.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab opacity" -eq 1' -fa 'import' -d 'Make an opacity table of cross-sections in HDF5.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab opacity" -eq 1' -fa 'show' -d 'Plot a table\'s absorption a bin as SVG, or print it.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab opacity" -eq 1' -fa 'compare' -d 'Compare opacity tables with others: the mean cross-section, and the mean of its logarithm.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab opacity" -eq 1' -fa 'retrieve' -d 'Find a gas, with our tables, in clear spectra made with its k-table of NEMESIS.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab opacity" -eq 1' -fa 'bands' -d 'Print the bands of the line models: constants beside what the lines add up to, as Markdown.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity make" output' -l 'output' -d 'Directory to write to. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout\'s Etc/opacity, else /usr/share/exospool/opacity.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity make" published' -l 'published' -d 'Directory of band-moments.csv and band-shapes.csv, to which models are brought; the opacity tables\' unless given.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity make" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity make" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity recover" level' -l 'level' -d 'Levels at 1500 K, FITS.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'fits\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity recover" law' -l 'law' -d 'Temperature law, 300 to 3000 K, FITS.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'fits\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity recover" shapes' -l 'shapes' -d 'Laws of level, width and skew, FITS, as Etc/opacity/fit-shapes.py makes them.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'fits\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity recover" output' -l 'output' -d 'Directory to write to. Default: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout\'s Etc/opacity, else /usr/share/exospool/opacity.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity recover" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity recover" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_positional "exospool-lab opacity import" -eq 1' -fa '(set -l exts \'h5\' \'hdf5\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity import" o output' -l 'output' -s 'o' -d 'The table to write, FITS.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'fits\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity import" species' -l 'species' -d 'The gas, such as H2O, where mol_name does not give its formula.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity import" error' -l 'error' -d 'What the table is expected to be off by in ln of the mean, and in the mean of ln, as 0.15,0.3.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity import" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity show"' -l 'temperature' -d 'Temperatures in K, within the table; of collision-induced absorption the nearest it has.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity show" pressure' -l 'pressure' -d 'Pressure in Pa.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity show" mean-of-log' -l 'mean-of-log' -d 'The exponential of the mean of ln k, what transits see, in place of the mean of k.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity show"' -l 'reference' -d 'What to draw beside it; may be repeated.' -rfa '(set -l exts \'fits\' \'kta\' \'csv\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity show" svg' -l 'svg' -d 'Write an SVG plot here instead of printing numbers.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity show" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" moments' -l 'moments' -d 'Published moments of broad bands, CSV.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" nemesis' -l 'nemesis' -d 'Directory of .kta files.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" tables' -l 'tables' -d 'Directory of opacity tables; found as other commands find --opacities unless given.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" gases' -l 'gases' -d 'Gases, separated by commas; all that both sides have unless given.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare"' -l 'temperature' -d 'Temperatures in K; unless given 700 900 1100 1500 1900 for moments, 700 1000 1500 2000 2500 else.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare"' -l 'pressure' -d 'Pressure in Pa, may be repeated; unless given 1e3 for moments, and 7.4e3 for k-tables, of which the nearest they have is taken.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" response' -l 'response' -d 'Response of the k-tables\' bins: triangle, as they are found to be, or box, as they are named.' -rfka 'triangle box'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" details' -l 'details' -d 'Every band as well.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" markdown' -l 'markdown' -d 'Print tables as Markdown has them.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity compare" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity retrieve" nemesis' -l 'nemesis' -d 'Directory of .kta files.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity retrieve" tables' -l 'tables' -d 'Directory of opacity tables; found as other commands find --opacities unless given.' -rfa '(__exospool-lab_complete_directories)'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity retrieve" gases' -l 'gases' -d 'Gases, separated by commas.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity retrieve"' -l 'temperature' -d 'Temperatures in K.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity retrieve"' -l 'log-mixing-ratio' -d 'log10 of mixing ratios.' -rfka ''
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity retrieve" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity retrieve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity bands" version' -l 'version' -d 'Show the version.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab opacity bands" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'exospool-lab' -n '__exospool-lab_should_offer_completions_for_flags_or_options "exospool-lab help" version' -l 'version' -d 'Show the version.'
