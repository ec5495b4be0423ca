#!/bin/bash

__exospool-lab_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__exospool-lab_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__exospool-lab_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__exospool-lab_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_exospool-lab() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __exospool-lab_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    solve|fit|simulate|train|evaluate|validate|dream|opacity|complete|likelihood|sensitivity|help)
        # Offer subcommand argument completions
        "_exospool-lab_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'solve fit simulate train evaluate validate dream opacity complete likelihood sensitivity help' -- "${cur}"))
        ;;
    esac
}

_exospool-lab_solve() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __exospool-lab_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    interior)
        # Offer subcommand argument completions
        "_exospool-lab_solve_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'interior' -- "${cur}"))
        ;;
    esac
}

_exospool-lab_solve_interior() {
    repeating_flags=()
    non_repeating_flags=(--profile --version -h --help)
    repeating_options=()
    non_repeating_options=(--planet --mass --core --water --envelope --mantle-iron --core-deficit --potential-temperature --jump --surface-temperature --equilibrium-temperature --radiative-convective-pressure)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--planet')
        __exospool-lab_add_completions -W 'earth'$'\n''venus'$'\n''mars'$'\n''mercury'$'\n''moon'
        return
        ;;
    '--mass')
        return
        ;;
    '--core')
        return
        ;;
    '--water')
        return
        ;;
    '--envelope')
        return
        ;;
    '--mantle-iron')
        return
        ;;
    '--core-deficit')
        return
        ;;
    '--potential-temperature')
        return
        ;;
    '--jump')
        return
        ;;
    '--surface-temperature')
        return
        ;;
    '--equilibrium-temperature')
        return
        ;;
    '--radiative-convective-pressure')
        return
        ;;
    esac
}

_exospool-lab_fit() {
    repeating_flags=()
    non_repeating_flags=(--clear --cloud-fraction --haze --dissociation --anion --offset --inflate-errors --intervals --json --version -h --help)
    repeating_options=(--hold --without)
    non_repeating_options=(--mass --star-radius --gases --profile --temperatures --equilibrium-temperature --radius --star-temperature --condensate --metals --from --to --starts --seed --threads --plot --output --opacities)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--mass')
        return
        ;;
    '--star-radius')
        return
        ;;
    '--gases')
        return
        ;;
    '--profile')
        return
        ;;
    '--temperatures')
        return
        ;;
    '--equilibrium-temperature')
        return
        ;;
    '--radius')
        return
        ;;
    '--star-temperature')
        return
        ;;
    '--condensate')
        return
        ;;
    '--metals')
        return
        ;;
    '--hold')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--without')
        return
        ;;
    '--starts')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    '--plot')
        return
        ;;
    '--output')
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    esac
}

_exospool-lab_simulate() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __exospool-lab_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    interiors|set|spectrum)
        # Offer subcommand argument completions
        "_exospool-lab_simulate_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'interiors set spectrum' -- "${cur}"))
        ;;
    esac
}

_exospool-lab_simulate_interiors() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--output --planets --shard --seed --threads)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output')
        return
        ;;
    '--planets')
        return
        ;;
    '--shard')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __exospool-lab_add_completions -W 'rocky'$'\n''layered'$'\n''giant'
        return
        ;;
    esac
}

_exospool-lab_simulate_set() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--output --spectra --shard --seed --threads --opacities)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output')
        return
        ;;
    '--spectra')
        return
        ;;
    '--shard')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __exospool-lab_add_completions -W 'waldmann-2016'$'\n''emission'$'\n''transmission'$'\n''exogan-2018'$'\n''retrieval-transmission'$'\n''retrieval-eclipse'$'\n''retrieval-exogan-2018'
        return
        ;;
    esac
}

_exospool-lab_simulate_spectrum() {
    repeating_flags=()
    non_repeating_flags=(--dissociation --emission --version -h --help)
    repeating_options=(--gas --cloud)
    non_repeating_options=(--mass --radius --temperature --profile --star-radius --cloud-top --haze --cloud-fraction --metals --anion --star-temperature --configuration --parameters --output --plot --opacities --threads)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--mass')
        return
        ;;
    '--radius')
        return
        ;;
    '--temperature')
        return
        ;;
    '--profile')
        return
        ;;
    '--star-radius')
        return
        ;;
    '--gas')
        return
        ;;
    '--cloud-top')
        return
        ;;
    '--haze')
        return
        ;;
    '--cloud')
        return
        ;;
    '--cloud-fraction')
        return
        ;;
    '--metals')
        return
        ;;
    '--anion')
        return
        ;;
    '--star-temperature')
        return
        ;;
    '--configuration')
        __exospool-lab_add_completions -W 'physical'$'\n''exogan-2018'
        return
        ;;
    '--parameters')
        return
        ;;
    '--output')
        return
        ;;
    '--plot')
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_exospool-lab_train() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __exospool-lab_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    interior|robert|exogan|completion|sensitivity|points)
        # Offer subcommand argument completions
        "_exospool-lab_train_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'interior robert exogan completion sensitivity points' -- "${cur}"))
        ;;
    esac
}

_exospool-lab_train_interior() {
    repeating_flags=()
    non_repeating_flags=(--resume --version -h --help)
    repeating_options=()
    non_repeating_options=(--set --output --epochs --batch-size --rate --hidden --components --covariance --patience --seed --planets --threads --checkpoint)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--output')
        __exospool-lab_add_completions -d
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch-size')
        return
        ;;
    '--rate')
        return
        ;;
    '--hidden')
        return
        ;;
    '--components')
        return
        ;;
    '--covariance')
        return
        ;;
    '--patience')
        return
        ;;
    '--seed')
        return
        ;;
    '--planets')
        return
        ;;
    '--threads')
        return
        ;;
    '--checkpoint')
        return
        ;;
    esac
}

_exospool-lab_train_robert() {
    repeating_flags=()
    non_repeating_flags=(--resume --version -h --help)
    repeating_options=()
    non_repeating_options=(--set --output --epochs --pretraining-epochs --batch-size --rate --seed --spectra --opacities --threads --checkpoint)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--output')
        __exospool-lab_add_completions -d
        return
        ;;
    '--epochs')
        return
        ;;
    '--pretraining-epochs')
        return
        ;;
    '--batch-size')
        return
        ;;
    '--rate')
        return
        ;;
    '--seed')
        return
        ;;
    '--spectra')
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--threads')
        return
        ;;
    '--checkpoint')
        return
        ;;
    esac
}

_exospool-lab_train_exogan() {
    repeating_flags=()
    non_repeating_flags=(--published --resume --version -h --help)
    repeating_options=()
    non_repeating_options=(--set --output --steps --noise-steps --encoder-steps --width --seed --spectra --threads --checkpoint)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--output')
        __exospool-lab_add_completions -d
        return
        ;;
    '--steps')
        return
        ;;
    '--noise-steps')
        return
        ;;
    '--encoder-steps')
        return
        ;;
    '--width')
        return
        ;;
    '--seed')
        return
        ;;
    '--spectra')
        return
        ;;
    '--threads')
        return
        ;;
    '--checkpoint')
        return
        ;;
    esac
}

_exospool-lab_train_completion() {
    repeating_flags=()
    non_repeating_flags=(--resume --version -h --help)
    repeating_options=()
    non_repeating_options=(--set --output --opacities --emulator-epochs --emulator-width --emulator-batch-size --observations --proposal-epochs --proposal-width --proposal-batch-size --seed --spectra --threads --checkpoint)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--output')
        __exospool-lab_add_completions -d
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--emulator-epochs')
        return
        ;;
    '--emulator-width')
        return
        ;;
    '--emulator-batch-size')
        return
        ;;
    '--observations')
        return
        ;;
    '--proposal-epochs')
        return
        ;;
    '--proposal-width')
        return
        ;;
    '--proposal-batch-size')
        return
        ;;
    '--seed')
        return
        ;;
    '--spectra')
        return
        ;;
    '--threads')
        return
        ;;
    '--checkpoint')
        return
        ;;
    esac
}

_exospool-lab_train_sensitivity() {
    repeating_flags=()
    non_repeating_flags=(--resume --version -h --help)
    repeating_options=(--widths)
    non_repeating_options=(--network --set --models --output --observations --epochs --batch-size --seed --observation-seed --spectra --threads --checkpoint)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--network')
        return
        ;;
    '--set')
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--output')
        __exospool-lab_add_completions -d
        return
        ;;
    '--widths')
        return
        ;;
    '--observations')
        return
        ;;
    '--epochs')
        return
        ;;
    '--batch-size')
        return
        ;;
    '--seed')
        return
        ;;
    '--observation-seed')
        return
        ;;
    '--spectra')
        return
        ;;
    '--threads')
        return
        ;;
    '--checkpoint')
        return
        ;;
    esac
}

_exospool-lab_train_points() {
    repeating_flags=()
    non_repeating_flags=(--resume --version -h --help)
    repeating_options=()
    non_repeating_options=(--set --models --output --opacities --spectra --observations-each --epochs --width --seed --observation-seed --threads --checkpoint)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--output')
        __exospool-lab_add_completions -d
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--spectra')
        return
        ;;
    '--observations-each')
        return
        ;;
    '--epochs')
        return
        ;;
    '--width')
        return
        ;;
    '--seed')
        return
        ;;
    '--observation-seed')
        return
        ;;
    '--threads')
        return
        ;;
    '--checkpoint')
        return
        ;;
    esac
}

_exospool-lab_evaluate() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __exospool-lab_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    interior|interior-posterior|robert|exogan|completion|cells|verdicts|physics|sensitivity)
        # Offer subcommand argument completions
        "_exospool-lab_evaluate_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'interior interior-posterior robert exogan completion cells verdicts physics sensitivity' -- "${cur}"))
        ;;
    esac
}

_exospool-lab_evaluate_interior() {
    repeating_flags=()
    non_repeating_flags=(--earth --on-validation --version -h --help)
    repeating_options=()
    non_repeating_options=(--set --models --draws --planets --seed)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--draws')
        return
        ;;
    '--planets')
        return
        ;;
    '--seed')
        return
        ;;
    esac
}

_exospool-lab_evaluate_interior-posterior() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--planet --model)
    non_repeating_options=(--models --interior-planets --star-relation --star-relation-scatter --effective --most --threads --seed)
    __exospool-lab_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--planet')
        return
        ;;
    '--model')
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--interior-planets')
        return
        ;;
    '--star-relation')
        __exospool-lab_add_completions -W 'one-to-one'$'\n''adibekyan-2021'
        return
        ;;
    '--star-relation-scatter')
        return
        ;;
    '--effective')
        return
        ;;
    '--most')
        return
        ;;
    '--threads')
        return
        ;;
    '--seed')
        return
        ;;
    esac
}

_exospool-lab_evaluate_robert() {
    repeating_flags=()
    non_repeating_flags=(--tables --limits --dreams --foreign --version -h --help)
    repeating_options=()
    non_repeating_options=(--set --models --test-set --opacities --figure --spectra --seed --threads)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--test-set')
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--figure')
        return
        ;;
    '--spectra')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_exospool-lab_evaluate_exogan() {
    repeating_flags=()
    non_repeating_flags=(--json --update-card --version -h --help)
    repeating_options=(--start)
    non_repeating_options=(--set --spectra --models --noise --count --starts --steps --data --limit --seed --threads)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--spectra')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(fits)'
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--noise')
        return
        ;;
    '--count')
        return
        ;;
    '--starts')
        return
        ;;
    '--steps')
        return
        ;;
    '--data')
        __exospool-lab_add_completions -W 'absolute'$'\n''weighted'
        return
        ;;
    '--start')
        __exospool-lab_add_completions -W 'random'$'\n''encoder'
        return
        ;;
    '--limit')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_exospool-lab_evaluate_completion() {
    repeating_flags=()
    non_repeating_flags=(--anchored --information --inflate-errors --residuals --json --version -h --help)
    repeating_options=(--coverage)
    non_repeating_options=(--set --spectra --models --opacities --noise --mass --count --repeats --weighted --refined --samples --components --limit --seed --threads)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--spectra')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(fits)'
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--noise')
        return
        ;;
    '--coverage')
        return
        ;;
    '--mass')
        return
        ;;
    '--count')
        return
        ;;
    '--repeats')
        return
        ;;
    '--weighted')
        return
        ;;
    '--refined')
        return
        ;;
    '--samples')
        return
        ;;
    '--components')
        return
        ;;
    '--limit')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_exospool-lab_evaluate_cells() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--noise --coverage)
    non_repeating_options=(--models --opacities --mass --count --samples --information --seed --threads --output)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--noise')
        return
        ;;
    '--coverage')
        return
        ;;
    '--mass')
        return
        ;;
    '--count')
        return
        ;;
    '--samples')
        return
        ;;
    '--information')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    '--output')
        return
        ;;
    esac
}

_exospool-lab_evaluate_verdicts() {
    repeating_flags=()
    non_repeating_flags=(--averaged --version -h --help)
    repeating_options=(--coverage)
    non_repeating_options=(--models --opacities --noise --count --weighted --space --samples --without --seed --threads)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--noise')
        return
        ;;
    '--coverage')
        return
        ;;
    '--count')
        return
        ;;
    '--weighted')
        return
        ;;
    '--space')
        return
        ;;
    '--samples')
        return
        ;;
    '--without')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_exospool-lab_evaluate_physics() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--coverage)
    non_repeating_options=(--models --opacities --noise --count --weighted --samples --seed --threads)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--noise')
        return
        ;;
    '--coverage')
        return
        ;;
    '--count')
        return
        ;;
    '--weighted')
        return
        ;;
    '--samples')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_exospool-lab_evaluate_sensitivity() {
    repeating_flags=()
    non_repeating_flags=(--timing --version -h --help)
    repeating_options=(--coverage --published)
    non_repeating_options=(--set --models --opacities --noise --mass --count --weighted --maps --spectra --seed --threads)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--set')
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--noise')
        return
        ;;
    '--coverage')
        return
        ;;
    '--mass')
        return
        ;;
    '--count')
        return
        ;;
    '--weighted')
        return
        ;;
    '--maps')
        return
        ;;
    '--published')
        return
        ;;
    '--spectra')
        return
        ;;
    '--seed')
        return
        ;;
    '--threads')
        return
        ;;
    esac
}

_exospool-lab_validate() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __exospool-lab_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    interiors|equations)
        # Offer subcommand argument completions
        "_exospool-lab_validate_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'interiors equations' -- "${cur}"))
        ;;
    esac
}

_exospool-lab_validate_interiors() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--reference)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--reference')
        return
        ;;
    esac
}

_exospool-lab_validate_equations() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--start)
    non_repeating_options=(--reference --svg)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--reference')
        return
        ;;
    '--start')
        return
        ;;
    '--svg')
        return
        ;;
    esac
}

_exospool-lab_dream() {
    repeating_flags=()
    non_repeating_flags=(--activations --version -h --help)
    repeating_options=()
    non_repeating_options=(--model --models --chains --steps --seed --plot)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--model')
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--chains')
        return
        ;;
    '--steps')
        return
        ;;
    '--seed')
        return
        ;;
    '--plot')
        return
        ;;
    esac
}

_exospool-lab_opacity() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __exospool-lab_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    make|recover|import|show|compare|retrieve|bands)
        # Offer subcommand argument completions
        "_exospool-lab_opacity_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'make recover import show compare retrieve bands' -- "${cur}"))
        ;;
    esac
}

_exospool-lab_opacity_make() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--output --published)
    __exospool-lab_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--output')
        __exospool-lab_add_completions -d
        return
        ;;
    '--published')
        __exospool-lab_add_completions -d
        return
        ;;
    esac
}

_exospool-lab_opacity_recover() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--level --law --shapes --output)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--level')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(fits)'
        return
        ;;
    '--law')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(fits)'
        return
        ;;
    '--shapes')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(fits)'
        return
        ;;
    '--output')
        __exospool-lab_add_completions -d
        return
        ;;
    esac
}

_exospool-lab_opacity_import() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --species --error)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(fits)'
        return
        ;;
    '--species')
        return
        ;;
    '--error')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(h5|hdf5)'
        return
        ;;
    esac
}

_exospool-lab_opacity_show() {
    repeating_flags=()
    non_repeating_flags=(--mean-of-log --version -h --help)
    repeating_options=(--temperature --reference)
    non_repeating_options=(--pressure --svg)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--temperature')
        return
        ;;
    '--pressure')
        return
        ;;
    '--reference')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(fits|kta|csv)'
        return
        ;;
    '--svg')
        return
        ;;
    esac
}

_exospool-lab_opacity_compare() {
    repeating_flags=()
    non_repeating_flags=(--details --markdown --version -h --help)
    repeating_options=(--temperature --pressure)
    non_repeating_options=(--moments --nemesis --tables --gases --response)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--moments')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    '--nemesis')
        __exospool-lab_add_completions -d
        return
        ;;
    '--tables')
        __exospool-lab_add_completions -d
        return
        ;;
    '--gases')
        return
        ;;
    '--temperature')
        return
        ;;
    '--pressure')
        return
        ;;
    '--response')
        __exospool-lab_add_completions -W 'triangle'$'\n''box'
        return
        ;;
    esac
}

_exospool-lab_opacity_retrieve() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--temperature --log-mixing-ratio)
    non_repeating_options=(--nemesis --tables --gases)
    __exospool-lab_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--nemesis')
        __exospool-lab_add_completions -d
        return
        ;;
    '--tables')
        __exospool-lab_add_completions -d
        return
        ;;
    '--gases')
        return
        ;;
    '--temperature')
        return
        ;;
    '--log-mixing-ratio')
        return
        ;;
    esac
}

_exospool-lab_opacity_bands() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __exospool-lab_offer_flags_options -1
}

_exospool-lab_complete() {
    repeating_flags=()
    non_repeating_flags=(--errors-as-given --exact --verbose --json --version -h --help)
    repeating_options=(--hold)
    non_repeating_options=(--space --mass --radius --star-radius --star-temperature --temperature --offsets --gases --from --to --opacities --spectra --seconds --samples --models --threads --seed --output)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--space')
        __exospool-lab_add_completions -W 'exogan-2018'$'\n''transmission'$'\n''eclipse'
        return
        ;;
    '--mass')
        return
        ;;
    '--radius')
        return
        ;;
    '--star-radius')
        return
        ;;
    '--star-temperature')
        return
        ;;
    '--temperature')
        return
        ;;
    '--offsets')
        return
        ;;
    '--hold')
        return
        ;;
    '--gases')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--spectra')
        return
        ;;
    '--seconds')
        return
        ;;
    '--samples')
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--threads')
        return
        ;;
    '--seed')
        return
        ;;
    '--output')
        return
        ;;
    esac
}

_exospool-lab_likelihood() {
    repeating_flags=()
    non_repeating_flags=(--errors-as-given --describe --values --version -h --help)
    repeating_options=(--hold)
    non_repeating_options=(--space --mass --radius --star-radius --star-temperature --temperature --offsets --gases --from --to --opacities)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--space')
        __exospool-lab_add_completions -W 'exogan-2018'$'\n''transmission'$'\n''eclipse'
        return
        ;;
    '--mass')
        return
        ;;
    '--radius')
        return
        ;;
    '--star-radius')
        return
        ;;
    '--star-temperature')
        return
        ;;
    '--temperature')
        return
        ;;
    '--offsets')
        return
        ;;
    '--hold')
        return
        ;;
    '--gases')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    esac
}

_exospool-lab_sensitivity() {
    repeating_flags=()
    non_repeating_flags=(--errors-as-given --json --version -h --help)
    repeating_options=(--hold)
    non_repeating_options=(--space --mass --radius --star-radius --star-temperature --temperature --offsets --gases --from --to --opacities --models --groups --spectra --published --plot --threads --seed)
    __exospool-lab_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--space')
        __exospool-lab_add_completions -W 'exogan-2018'$'\n''transmission'$'\n''eclipse'
        return
        ;;
    '--mass')
        return
        ;;
    '--radius')
        return
        ;;
    '--star-radius')
        return
        ;;
    '--star-temperature')
        return
        ;;
    '--temperature')
        return
        ;;
    '--offsets')
        return
        ;;
    '--hold')
        return
        ;;
    '--gases')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--opacities')
        __exospool-lab_add_completions -d
        return
        ;;
    '--models')
        __exospool-lab_add_completions -d
        return
        ;;
    '--groups')
        return
        ;;
    '--spectra')
        return
        ;;
    '--published')
        return
        ;;
    '--plot')
        __exospool-lab_add_completions -o plusdirs -fX '!*.@(svg)'
        return
        ;;
    '--threads')
        return
        ;;
    '--seed')
        return
        ;;
    esac
}

_exospool-lab_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __exospool-lab_offer_flags_options -1
}

complete -o filenames -F _exospool-lab exospool-lab
