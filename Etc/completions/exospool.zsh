#compdef exospool

__exospool_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__exospool_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __exospool_complete "${completions[@]:0:-1}"
    fi
}

__exospool_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_exospool() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'analyze:Analyse planet records and spectra here and now, without a daemon.'
            'submit:Hand files to the daemon.'
            'status:Say how the spool stands: what waits, what is in work, what was refused and why.'
            'tail:Print the newest results, one line a planet; with -f, as they come.'
            'show:Show what the spool knows of a job.'
            'retry:Try refused, failed or deferred jobs again, with all their attempts.'
            'hold:Set waiting jobs aside until they are released.'
            'release:Let held jobs run.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        analyze|submit|status|tail|show|retry|hold|release|help)
            "_exospool_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospool_analyze() {
    local -i ret=1
    local -ar ___kind=('transmission' 'eclipse' 'stellar')
    local -ar ___completion_mode=('posterior' 'exogan-2018')
    local -ar ___star_relation=('one-to-one' 'adibekyan-2021')
    local -ar arg_specs=(
        '*:file:_files'
        '--json[Print summary.json of each file instead of text.]'
        '(--output -o)'{--output,-o}'[Write the result, summary.json and report.html of each file into a directory of its own below this one.]:dir:_files -/'
        '--figures[With --output\: each figure of the report as SVG and its numbers as CSV, in a folder figures there.]'
        '--portrait[Draw all planets side by side, to one scale, into this SVG file.]:svg:_files -g '\''*.svg'\'''
        '--object[Name of the planet or star, in any spelling\: looked up in the catalogue, where there is one.]:name:'
        '--kind[What a spectrum is of\: transmission (transit depths), eclipse (eclipse depths) or stellar (a flux).]:kind:{__exospool_complete "${___kind[@]}"}'
        '--star-radius[Star'\''s radius, VALUE or VALUE\:ERROR, in solar radii (1.155\:0.016).]:Rsun:'
        '--star-temperature[Star'\''s temperature, VALUE or VALUE\:ERROR, in kelvins.]:K:'
        '--planet-mass[Planet'\''s mass, VALUE or VALUE\:ERROR, in Jupiter masses, or with its unit (26\:3Mearth).]:Mjup:'
        '--planet-radius[Planet'\''s radius, VALUE or VALUE\:ERROR, in Jupiter radii, or with its unit (3.9Rearth).]:Rjup:'
        '--planet-temperature[Planet'\''s equilibrium temperature, VALUE or VALUE\:ERROR, in kelvins.]:K:'
        '--models[Where the networks are. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--catalogue[A folder of Open Exoplanet Catalogue records, where star and planet of a spectrum are looked up by the name of its object. Default\: $EXOSPOOL_CATALOGUE_DIRECTORY, else what /etc/exospool/exospool.toml says, else none.]:dir:_files -/'
        '--opacities[Where the opacity tables are that atmospheres are retrieved with. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else what /etc/exospool/exospool.toml says, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--retrieval-spectra[Spectra that the forward model may compute to sample one atmosphere'\''s posterior, and as many at most to ask whether other gases explain what it shows; 0\: none is retrieved.]:count:'
        '--retrieval-seconds[A retrieval is stopped after so long, as a safety net; 0\: none is retrieved.]:s:'
        '--completion-mode[What completes spectra\: the posterior; or exogan-2018, the published ExoGAN beside the posterior of its own set.]:completion-mode:{__exospool_complete "${___completion_mode[@]}"}'
        '--interior-planets[Planets that the forward model may solve for one posterior of a planet'\''s interior; 0\: the networks alone answer.]:count:'
        '--star-relation[What a planet'\''s Fe/(Mg+Si) is taken to be from its star'\''s\: one-to-one; or adibekyan-2021, the steeper line of that paper.]:star-relation:{__exospool_complete "${___star_relation[@]}"}'
        '--star-relation-scatter[Scatter of one-to-one, a standard deviation in ln of the ratio.]:star-relation-scatter:'
        '--sensitivity[Trace the numbers of a transit to the wavelengths that they rest on.]'
        '--no-sensitivity[Trace the numbers of a transit to the wavelengths that they rest on.]'
        '--threads[Threads of a retrieval; results do not depend on them.]:threads:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool_submit() {
    local -i ret=1
    local -ar ___kind=('transmission' 'eclipse' 'stellar')
    local -ar arg_specs=(
        '*:file:_files'
        '--name[The name to submit a single file under.]:name:'
        '--object[Name of the planet or star, in any spelling\: looked up in the catalogue, where there is one.]:name:'
        '--kind[What a spectrum is of\: transmission (transit depths), eclipse (eclipse depths) or stellar (a flux).]:kind:{__exospool_complete "${___kind[@]}"}'
        '--star-radius[Star'\''s radius, VALUE or VALUE\:ERROR, in solar radii (1.155\:0.016).]:Rsun:'
        '--star-temperature[Star'\''s temperature, VALUE or VALUE\:ERROR, in kelvins.]:K:'
        '--planet-mass[Planet'\''s mass, VALUE or VALUE\:ERROR, in Jupiter masses, or with its unit (26\:3Mearth).]:Mjup:'
        '--planet-radius[Planet'\''s radius, VALUE or VALUE\:ERROR, in Jupiter radii, or with its unit (3.9Rearth).]:Rjup:'
        '--planet-temperature[Planet'\''s equilibrium temperature, VALUE or VALUE\:ERROR, in kelvins.]:K:'
        '(--quiet -q)'{--quiet,-q}'[Print nothing but errors.]'
        '--spool[The spool'\''s directory. Default\: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout'\''s Spool.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool_status() {
    local -i ret=1
    local -ar arg_specs=(
        '--json[The same for machines.]'
        '--wait[Wait until all work is done.]'
        '--check[One line for monitoring; fails where the operator is needed.]'
        '--oldest[With --check\: for how long a job may wait.]:s:'
        '--spool[The spool'\''s directory. Default\: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout'\''s Spool.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool_tail() {
    local -i ret=1
    local -ar arg_specs=(
        '(--follow -f)'{--follow,-f}'[Go on printing lines as they come, until interrupted.]'
        '(-n --lines)'{-n,--lines}'[How many lines to begin with.]:lines:'
        '--json[The lines for machines\: one JSON object a planet.]'
        '--spool[The spool'\''s directory. Default\: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout'\''s Spool.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool_show() {
    local -i ret=1
    local -ar arg_specs=(
        ':job:'
        '--json[The same for machines.]'
        '--spool[The spool'\''s directory. Default\: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout'\''s Spool.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool_retry() {
    local -i ret=1
    local -ar arg_specs=(
        '*:job:'
        '--all[All failed and deferred jobs.]'
        '--corrupt[With --all\: the corrupt ones too.]'
        '--spool[The spool'\''s directory. Default\: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout'\''s Spool.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool_hold() {
    local -i ret=1
    local -ar arg_specs=(
        '*:job:'
        '--spool[The spool'\''s directory. Default\: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout'\''s Spool.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool_release() {
    local -i ret=1
    local -ar arg_specs=(
        '*:job:'
        '--all[All held jobs.]'
        '--spool[The spool'\''s directory. Default\: $EXOSPOOL_SPOOL_DIRECTORY, else what /etc/exospool/exospool.toml says, else the checkout'\''s Spool.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _exospool ]]; then
    _exospool "${@}"
else
    compdef _exospool exospool
fi
