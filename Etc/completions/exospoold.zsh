#compdef exospoold

__exospoold_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__exospoold_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __exospoold_complete "${completions[@]:0:-1}"
    fi
}

__exospoold_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_exospoold() {
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
            'run:Serve a spool.'
            'check:Say everything that is wrong with a configuration, at once.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        run|check|help)
            "_exospoold_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospoold_run() {
    local -i ret=1
    local -ar arg_specs=(
        '(-f --configuration)'{-f,--configuration}'[The TOML file. Default\: Etc/exospool.toml here, else /etc/exospool/exospool.toml, else none.]:configuration:'
        '--spool[The spool'\''s directory (spool_directory).]:spool:'
        '--models[The models'\'' directory (models_directory).]:models:'
        '--catalogue[The folder of planet records for spectra (catalogue_directory).]:catalogue:'
        '*--set[A key of the configuration, as key=value; may be repeated.]:set:'
        '--once[End when inbox, active and deferred are empty.]'
        '--create[Make the spool'\''s directories where they are missing.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospoold_check() {
    local -i ret=1
    local -ar arg_specs=(
        '(-f --configuration)'{-f,--configuration}'[The TOML file. Default\: Etc/exospool.toml here, else /etc/exospool/exospool.toml, else none.]:configuration:'
        '--spool[The spool'\''s directory (spool_directory).]:spool:'
        '--models[The models'\'' directory (models_directory).]:models:'
        '--catalogue[The folder of planet records for spectra (catalogue_directory).]:catalogue:'
        '*--set[A key of the configuration, as key=value; may be repeated.]:set:'
        '--print-default[Print a commented configuration with all defaults, and check nothing.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospoold_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _exospoold ]]; then
    _exospoold "${@}"
else
    compdef _exospoold exospoold
fi
