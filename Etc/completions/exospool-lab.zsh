#compdef exospool-lab

__exospool-lab_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__exospool-lab_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __exospool-lab_complete "${completions[@]:0:-1}"
    fi
}

__exospool-lab_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_exospool-lab() {
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
            'solve:Run a forward model once.'
            'fit:Fit the forward model to an observed spectrum.'
            'simulate:Run the forward models: training sets and single spectra.'
            'train:Train a network on a simulated set.'
            'evaluate:Judge a network on what it was never trained on.'
            'validate:Compare a forward model with measurements and other codes.'
            'dream:Let a network dream the spectrum of a molecule.'
            'opacity:Make, import and look at opacity tables.'
            'complete:Complete an observed spectrum and its planet'\''s parameters.'
            'likelihood:Say how probable an observed spectrum is, for any sampler that asks.'
            'sensitivity:Say which wavelengths the retrieved numbers of an observed transit rest on.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        solve|fit|simulate|train|evaluate|validate|dream|opacity|complete|likelihood|sensitivity|help)
            "_exospool-lab_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospool-lab_solve() {
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
            'interior:Solve one planet'\''s interior and print its layers.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        interior)
            "_exospool-lab_solve_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospool-lab_solve_interior() {
    local -i ret=1
    local -ar ___planet=('earth' 'venus' 'mars' 'mercury' 'moon')
    local -ar arg_specs=(
        '--planet[Start from a body\: earth, venus, mars, mercury or moon.]:planet:{__exospool-lab_complete "${___planet[@]}"}'
        '--mass[Mass, Earth masses.]:mass:'
        '--core[Core mass fraction.]:core:'
        '--water[Water mass fraction.]:water:'
        '--envelope[H/He envelope mass fraction.]:envelope:'
        '--mantle-iron[Fe/(Mg+Fe) of the mantle, molar.]:mantle-iron:'
        '--core-deficit[How much lighter the liquid core is than iron, a fraction.]:core-deficit:'
        '--potential-temperature[Potential temperature of the mantle, K.]:potential-temperature:'
        '--jump[Temperature jump at the core, K.]:jump:'
        '--surface-temperature[Surface temperature, K.]:surface-temperature:'
        '--equilibrium-temperature[Equilibrium temperature of the envelope, K.]:equilibrium-temperature:'
        '--radiative-convective-pressure[Pressure below which the envelope convects, bar.]:radiative-convective-pressure:'
        '--profile[Print the profile as CSV instead\: radius (km), mass (Earth masses), pressure (GPa), temperature (K), density (kg/m3).]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_fit() {
    local -i ret=1
    local -ar arg_specs=(
        ':file:'
        '--mass[Planet'\''s mass, Jupiter masses.]:mass:'
        '--star-radius[Star'\''s radius, solar radii; where the file has RSTAR, that.]:star-radius:'
        '--gases[Gases, separated by commas.]:gases:'
        '--profile[Temperature\: isothermal, guillot, or points\:N, N temperatures between 1e-5 and 10 bar.]:profile:'
        '--temperatures[Lowest and highest temperature, LOW\:HIGH in K, within the opacity tables'\'' 300 to 3000; with --dissociation up to 4000, where opacities stay as at 3000 K.]:temperatures:'
        '--equilibrium-temperature[Planet'\''s equilibrium temperature, K\: keeps temperatures between 0.4 and sqrt 2 of it, what starlight allows.]:equilibrium-temperature:'
        '--radius[Eclipses\: the planet'\''s radius, Jupiter radii.]:radius:'
        '--star-temperature[Eclipses\: the star'\''s temperature, K; the star is a black body.]:star-temperature:'
        '--clear[No cloud deck.]'
        '--cloud-fraction[Fit which part of the limb or disc deck, haze and particles cover.]'
        '--haze[Fit a haze\: its amount and slope.]'
        '--condensate[Fit particles of a condensate, how many and how large\: MgSiO3, Mg2SiO4, SiO2, MnS, KCl, tholin.]:condensate:'
        '--dissociation[H2, H2O, TiO and VO break into atoms, Na and K into ions, and H- forms, as temperature and pressure have it; mixing ratios are those of cool gas.]'
        '--metals[With --dissociation\: metals that give electrons and are not among the gases, times the Sun'\''s.]:metals:'
        '--anion[Fit the mixing ratio of H-, in place of what dissociation makes.]'
        '--offset[Fit an offset of each instrument (or spectral order) in the file but the first.]'
        '--inflate-errors[Fit a noise term that is added in quadrature to all errors.]'
        '--intervals[Walk the profile likelihood of every parameter\: 68 % intervals where parabolas deceive. Slow.]'
        '*--hold[Keep a parameter at a value, KEY=VALUE with a key as --json writes it, such as log10_x_H2O=-3.1; may be repeated.]:hold:'
        '--from[Fit points from this wavelength on, um.]:from:'
        '--to[Fit points up to this wavelength, um.]:to:'
        '*--without[Leave out points between these wavelengths, LOW\:HIGH in um; may be repeated.]:without:'
        '--starts[Starts of the search.]:starts:'
        '--seed[Seed of the starts\: the same seed gives the same fit.]:seed:'
        '--threads[Threads.]:threads:'
        '--plot[File for a plot (SVG)\: data, best fit, flat line, and what is left.]:plot:'
        '--output[File for the data beside the fit, as text.]:output:'
        '--json[Print JSON instead of text.]'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_simulate() {
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
            'interiors:Make a training set of planet interiors.'
            'set:Make a training set of spectra.'
            'spectrum:Compute transmission or emission spectra.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        interiors|set|spectrum)
            "_exospool-lab_simulate_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospool-lab_simulate_interiors() {
    local -i ret=1
    local -ar _set=('rocky' 'layered' 'giant')
    local -ar arg_specs=(
        ':set:{__exospool-lab_complete "${_set[@]}"}'
        '--output[Directory for the shards.]:output:'
        '--planets[Planets in the set.]:planets:'
        '--shard[Planets in a shard.]:shard:'
        '--seed[Seed of the set.]:seed:'
        '--threads[Threads.]:threads:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_simulate_set() {
    local -i ret=1
    local -ar _set=('waldmann-2016' 'emission' 'transmission' 'exogan-2018' 'retrieval-transmission' 'retrieval-eclipse' 'retrieval-exogan-2018')
    local -ar arg_specs=(
        ':set:{__exospool-lab_complete "${_set[@]}"}'
        '--output[Directory for the shards.]:output:'
        '--spectra[Spectra in the set.]:spectra:'
        '--shard[Spectra in a shard.]:shard:'
        '--seed[Seed of the set.]:seed:'
        '--threads[Threads.]:threads:'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_simulate_spectrum() {
    local -i ret=1
    local -ar ___configuration=('physical' 'exogan-2018')
    local -ar arg_specs=(
        '--mass[Planet'\''s mass, Jupiter masses (1 unless given).]:mass:'
        '--radius[Planet'\''s radius at 10 bar, Jupiter radii (1 unless given).]:radius:'
        '--temperature[Temperature of an isothermal atmosphere, K (1000 unless given).]:temperature:'
        '--profile[Temperatures by pressure in place of --temperature\: pairs of bar and K, joined linearly in log pressure, such as 10\:1800,0.1\:1200,1e-4\:900; or guillot\:equilibrium=1400,internal=100,opacity=1e-3,ratio=0.4 (Guillot 2010\: K, K, thermal opacity in m2/kg, visible over thermal opacity; all but equilibrium may be left out).]:profile:'
        '--star-radius[Star'\''s radius, solar radii (1 unless given); with --parameters, of tables without a column Rs.]:star-radius:'
        '*--gas[A gas and its mixing ratio, such as H2O=4e-4; or two, below and above a pressure in bar, as H2O=1e-3\:1e-6@0.1, with ~1 behind it for a transition over one decade of pressure. May be repeated.]:gas:'
        '--cloud-top[Top of a grey cloud deck, bar.]:cloud-top:'
        '--haze[A haze\: how many times hydrogen'\''s scattering at 0.35 um, and the power of wavelength by which it falls where that is not -4, such as 100 or 100\:-6.]:haze:'
        '*--cloud[A cloud of particles, by condensate (MgSiO3, Mg2SiO4, SiO2, MnS, KCl, tholin), mass in a kg of gas and effective radius in um\: MgSiO3\:mass=1e-5,radius=0.3; or one whose opacity falls with wavelength, in m2/kg of gas at 1 um\: power\:opacity=1e-3,exponent=2. Behind these base= and top= (bar), sedimentation= (the power of pressure by which it thins out, 0 unless given), and of particles width= (of the logarithm of radius, 0.5). May be repeated.]:cloud:'
        '--cloud-fraction[The part of the limb or disc that deck, haze and clouds cover (1 unless given).]:cloud-fraction:'
        '--dissociation[H2, H2O, TiO and VO break into atoms, Na and K into ions, and H- forms, as temperature and pressure have it; mixing ratios are those of cool gas.]'
        '--metals[With --dissociation\: metals that give electrons and are not among the gases, times the Sun'\''s.]:metals:'
        '--anion[Mixing ratio of H-, in place of what dissociation makes.]:anion:'
        '--emission[Eclipse depth by thermal emission instead of transit depth.]'
        '--star-temperature[Star'\''s temperature, K, for --emission\: it shines as a black body (5772 unless given).]:star-temperature:'
        '--configuration[physical\: opacities follow the temperature. exogan-2018\: as the published training set.]:configuration:{__exospool-lab_complete "${___configuration[@]}"}'
        '--parameters[FITS table of planets.]:parameters:'
        '--output[File to write; standard output where none is named.]:output:'
        '--plot[SVG file to draw the spectrum to.]:plot:'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--threads[Threads, with --parameters.]:threads:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_train() {
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
            'interior:Train one of the interior networks.'
            'robert:Train a network that recognises molecules and dreams spectra.'
            'exogan:Train ExoGAN, the network that completes spectra as published.'
            'completion:Train what completes spectra: emulator and proposals of atmospheres.'
            'sensitivity:Train one of the networks whose answers are traced to wavelengths.'
            'points:Train a RobERt that reads the points as observed, whatever their coverage.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        interior|robert|exogan|completion|sensitivity|points)
            "_exospool-lab_train_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospool-lab_train_interior() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--set[Directory of the training set'\''s shards.]:set:'
        '--output[Directory for the weights and the card. Default\: as evaluate finds --models.]:dir:_files -/'
        '--epochs[Epochs; the learning rate falls to its end over them.]:epochs:'
        '--batch-size[Planets a batch.]:batch-size:'
        '--rate[Highest learning rate.]:rate:'
        '--hidden[Widths of the hidden layers, such as 512,512,512.]:hidden:'
        '--components[Gaussians in the mixture.]:components:'
        '--covariance[Covariance of each Gaussian\: full or diagonal.]:covariance:'
        '--patience[Epochs without a better validation loss after which training ends.]:patience:'
        '--seed[Seed of weights and order of examples.]:seed:'
        '--planets[Use only so many planets of the set.]:planets:'
        '--threads[BLAS threads.]:threads:'
        '--checkpoint[The checkpoint'\''s path; NAME.checkpoint in the training set'\''s directory unless given.]:checkpoint:'
        '--resume[Go on from the checkpoint.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_train_robert() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--set[Directory of the training set'\''s shards.]:set:'
        '--output[Directory for the weights and the card. Default\: as evaluate finds --models.]:dir:_files -/'
        '--epochs[Epochs of fine-tuning; the learning rate falls to its end over them.]:epochs:'
        '--pretraining-epochs[Epochs of each Boltzmann machine; the topmost has four times as many.]:pretraining-epochs:'
        '--batch-size[Spectra a batch.]:batch-size:'
        '--rate[Highest learning rate of fine-tuning.]:rate:'
        '--seed[Seed of weights, order, coverage and noise.]:seed:'
        '--spectra[Use only so many spectra of the set, in whole shards.]:spectra:'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--threads[Threads.]:threads:'
        '--checkpoint[The checkpoint'\''s path; NAME.checkpoint in the training set'\''s directory unless given.]:checkpoint:'
        '--resume[Go on from the checkpoint.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_train_exogan() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--set[Directory of the training set'\''s shards.]:set:'
        '--output[Directory for the weights and the card. Default\: as evaluate finds --models.]:dir:_files -/'
        '--steps[Steps, a multiple of 500.]:steps:'
        '--noise-steps[Steps over which the noise that the discriminator sees falls to nought. Default\: all.]:noise-steps:'
        '--encoder-steps[Steps of the encoder, a multiple of 500.]:encoder-steps:'
        '--width[Channels of the networks'\'' thinnest layers.]:width:'
        '--published[One step of the discriminator and two of the generator, no stabilisers.]'
        '--seed[Seed of weights, order, latent numbers and noise.]:seed:'
        '--spectra[Use only so many spectra of the set, in whole shards.]:spectra:'
        '--threads[Threads.]:threads:'
        '--checkpoint[The checkpoint'\''s path; NAME.checkpoint in the training set'\''s directory unless given.]:checkpoint:'
        '--resume[Go on from the checkpoint.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_train_completion() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--set[Directory of the training set'\''s shards.]:set:'
        '--output[Directory for the weights and the card. Default\: as evaluate finds --models.]:dir:_files -/'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--emulator-epochs[Epochs of the emulator; the learning rate falls to its end over them.]:emulator-epochs:'
        '--emulator-width[Width of the emulator'\''s three hidden layers.]:emulator-width:'
        '--emulator-batch-size[Spectra a batch of the emulator.]:emulator-batch-size:'
        '--observations[Observations that the proposals are learnt from.]:observations:'
        '--proposal-epochs[Epochs of the proposals.]:proposal-epochs:'
        '--proposal-width[Width of the proposals'\'' residual layers.]:proposal-width:'
        '--proposal-batch-size[Observations a batch of the proposals.]:proposal-batch-size:'
        '--seed[Seed of weights, order, coverage and noise.]:seed:'
        '--spectra[Use only so many spectra of the set, in whole shards.]:spectra:'
        '--threads[Threads.]:threads:'
        '--checkpoint[Directory of checkpoints and observations; NAME.checkpoint in the training set'\''s directory unless given.]:checkpoint:'
        '--resume[Go on from the checkpoint.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_train_sensitivity() {
    local -i ret=1
    local -ar arg_specs=(
        '--network[mlp, cnn or lstm.]:network:'
        '--set[Directory of the training set'\''s shards.]:set:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--output[Directory for the weights and the card. Default\: as evaluate finds --models.]:dir:_files -/'
        '--widths[Widths\: of an MLP'\''s hidden layers (256 256), a CNN'\''s channels and dense layer (16 32 64 128), an LSTM'\''s state and dense layer (24 128).]:widths:'
        '--observations[Observations to learn from.]:observations:'
        '--epochs[Epochs; the learning rate falls to its end over them.]:epochs:'
        '--batch-size[Observations a batch.]:batch-size:'
        '--seed[Seed of weights and order.]:seed:'
        '--observation-seed[Seed of coverage and noise.]:observation-seed:'
        '--spectra[Use only so many spectra of the set, in whole shards.]:spectra:'
        '--threads[Threads.]:threads:'
        '--checkpoint[Directory of checkpoints and observations; sensitivity.checkpoint in the training set'\''s directory unless given.]:checkpoint:'
        '--resume[Go on from the checkpoint.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_train_points() {
    local -i ret=1
    local -ar arg_specs=(
        ':space:'
        '--set[Directory of the training set'\''s shards.]:set:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--output[Directory for the weights and the card. Default\: as evaluate finds --models.]:dir:_files -/'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--spectra[Spectra of the set, in whole shards.]:spectra:'
        '--observations-each[Observations of each.]:observations-each:'
        '--epochs[Epochs; the learning rate falls to its end over them.]:epochs:'
        '--width[Width of the residual layers.]:width:'
        '--seed[Seed of weights and order.]:seed:'
        '--observation-seed[Seed of coverage and noise.]:observation-seed:'
        '--threads[Threads.]:threads:'
        '--checkpoint[Directory of checkpoints and observations; NAME.checkpoint in the training set'\''s directory unless given.]:checkpoint:'
        '--resume[Go on from the checkpoint.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate() {
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
            'interior:Judge one of the interior networks on planets it was never trained on.'
            'interior-posterior:Judge planets'\'' interior posteriors by brute force.'
            'robert:Judge a network that recognises molecules on spectra it was never trained on.'
            'exogan:Judge ExoGAN'\''s completions of spectra it was never trained on.'
            'completion:Judge completions of spectra whose planets are known.'
            'cells:Judge a completion network over coverages, noises and what is known.'
            'verdicts:Judge what is said of molecules on spectra whose gases are known.'
            'physics:Judge what is said of molecules in spectra of other physics.'
            'sensitivity:Judge the networks whose answers are traced to wavelengths, and their maps.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        interior|interior-posterior|robert|exogan|completion|cells|verdicts|physics|sensitivity)
            "_exospool-lab_evaluate_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospool-lab_evaluate_interior() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--set[Directory of the training set'\''s shards; its last planets are the test. Not needed for Earth alone.]:set:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--earth[Show what the network says of Earth.]'
        '--on-validation[Judge on the validation planets instead of the test ones; nothing is written then.]'
        '--draws[Draws a planet.]:draws:'
        '--planets[Use only so many planets of the set\: as in training.]:planets:'
        '--seed[Seed of the draws.]:seed:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate_interior-posterior() {
    local -i ret=1
    local -ar ___star_relation=('one-to-one' 'adibekyan-2021')
    local -ar arg_specs=(
        '*:file:'
        '*--planet[Only the planet of that name; may be given several times.]:name:'
        '*--model[Only that network; may be given several times.]:name:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--interior-planets[Planets that the forward model may solve for one posterior.]:interior-planets:'
        '--star-relation[What a planet'\''s Fe/(Mg+Si) is to its star'\''s\: one-to-one or adibekyan-2021.]:star-relation:{__exospool-lab_complete "${___star_relation[@]}"}'
        '--star-relation-scatter[Scatter of one-to-one, in ln of the ratio.]:star-relation-scatter:'
        '--effective[Effective draws of the reference; 0\: none is made.]:effective:'
        '--most[Planets solved for the reference at the most.]:most:'
        '--threads[Threads of the reference; it does not depend on them.]:threads:'
        '--seed[Seed of the draws.]:seed:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate_robert() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--set[Directory of the training set'\''s shards; its last spectra are the test.]:set:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--test-set[Judge on the last spectra of another set of the same kind; nothing is written then.]:test-set:'
        '--tables[Also by instrument and signal-to-noise per bin.]'
        '--limits[Also the detection limits by instrument and noise.]'
        '--dreams[Also the dreams.]'
        '--foreign[Also the share of spectra of stars, brown dwarfs and wild noise, and of its own, that it takes for none of its own.]'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--figure[SVG file to draw dreams of H2O, CO2, TiO and CH4 into, over the mean training spectra; with --dreams.]:figure:'
        '--spectra[Use only so many spectra of the set, in whole shards\: as in training.]:spectra:'
        '--seed[Seed of coverage and noise.]:seed:'
        '--threads[Threads.]:threads:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate_exogan() {
    local -i ret=1
    local -ar ___data=('absolute' 'weighted')
    local -ar ___start=('random' 'encoder')
    local -ar arg_specs=(
        ':name:'
        '--set[Directory of the training set'\''s shards; its last spectra are the test.]:set:'
        '--spectra[FITS table of spectra whose parameters are known.]:fits:_files -g '\''*.fits'\'''
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--noise[Standard deviation of the noise in every bin, ppm.]:noise:'
        '--count[Spectra to complete.]:count:'
        '--starts[Starts of a completion.]:starts:'
        '--steps[Steps of a completion. Default\: 1,000 from random starts as published, else as users'\'' spectra have.]:steps:'
        '--data[absolute\: as published. weighted\: by the errors.]:data:{__exospool-lab_complete "${___data[@]}"}'
        '--start[random\: as published. encoder\: from the encoder'\''s guess. Both may be given; --json then says the first'\''s.]:start:{__exospool-lab_complete "${___start[@]}"}'
        '--limit[Use only so many spectra of the set, in whole shards\: as in training.]:limit:'
        '--seed[Seed of noise and starts.]:seed:'
        '--threads[Threads.]:threads:'
        '--json[Print JSON.]'
        '--update-card[With --set\: write what is measured to the network'\''s card, as heldOut.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate_completion() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--set[Directory of a training set'\''s shards\: judge components alone.]:set:'
        '--spectra[FITS table of spectra whose parameters are known.]:fits:_files -g '\''*.fits'\'''
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--noise[Standard deviation of the noise in every bin, ppm.]:noise:'
        '--coverage[full, WFC3, NIRISS, PRISM, G395H, MIRI-LRS, STIS+WFC3+Spitzer, NIRISS+G395H+MIRI, or half for every second bin at random. Default\: all.]:coverage:'
        '--mass[Relative error with which the planet'\''s mass is known. Default\: it is not.]:mass:'
        '--count[Spectra of each coverage, or of the table. Default\: 500; all of the table.]:count:'
        '--repeats[How often each spectrum of a table is observed.]:repeats:'
        '--anchored[Use a table'\''s bins marked ANCHORED, too.]'
        '--weighted[Also weight the network'\''s proposals by the forward model, with so many forward models a spectrum at most.]:weighted:'
        '--refined[exogan-2018\: also refine the network'\''s draws by least squares with the forward model and weigh what lies about the end, with so many forward models a spectrum at most; for spectra without noise to speak of.]:refined:'
        '--samples[Effective samples to stop at where the forward model weighs\: a mean needs 100 to 150, intervals 500.]:samples:'
        '--information[Also say which part information allows to lie within a tenth of the range.]'
        '--inflate-errors[Let a factor on the errors be a parameter of what is weighted.]'
        '--residuals[With --set\: print what components leave over instead, against their number.]'
        '--components[With --set\: components to describe spectra by.]:components:'
        '--limit[With --set\: use only so many spectra, in whole shards.]:limit:'
        '--seed[Seed of planets, noise and samples.]:seed:'
        '--threads[Threads.]:threads:'
        '--json[Print JSON.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate_cells() {
    local -i ret=1
    local -ar arg_specs=(
        ':name:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--noise[Standard deviations of the noise in every bin, ppm.]:noise:'
        '--coverage[Coverages, as of evaluate completion. Default\: all but half.]:coverage:'
        '--mass[Relative error with which the planet'\''s mass is known in every second cell.]:mass:'
        '--count[Planets.]:count:'
        '--samples[Draws of the network for each spectrum.]:samples:'
        '--information[Planets whose limit of information is computed; 0\: of none.]:information:'
        '--seed[Seed of planets, noise and samples.]:seed:'
        '--threads[Threads.]:threads:'
        '--output[File for all figures, JSON.]:output:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate_verdicts() {
    local -i ret=1
    local -ar arg_specs=(
        ':table:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--noise[Standard deviation of the noise in every bin, ppm.]:noise:'
        '--coverage[full, WFC3, NIRISS, PRISM, STIS+WFC3, STIS+WFC3+Spitzer, WFC3+Spitzer, NIRISS+Spitzer, PRISM+MIRI, NIRISS-every-other, PRISM-masked, PRISM-saturated. Default\: all.]:coverage:'
        '--count[Spectra of each coverage.]:count:'
        '--weighted[Also by a posterior, of so many forward models a spectrum at most, and as many again for gases that stand in for others.]:weighted:'
        '--space[Atmospheres of the posterior\: exogan-2018 or transmission.]:space:'
        '--samples[Effective samples to stop at.]:samples:'
        '--averaged[Also how much probabilities change where 2, 4 and 8 points are averaged.]'
        '--without[Of so many spectra compare ln B, by Savage and Dickey, with the evidence of a second run without the gas; exogan-2018 alone.]:without:'
        '--seed[Seed of noise and samples.]:seed:'
        '--threads[Threads.]:threads:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate_physics() {
    local -i ret=1
    local -ar arg_specs=(
        ':physics:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--noise[Standard deviation of the noise in every bin, ppm.]:noise:'
        '--coverage[full, WFC3, NIRISS, PRISM, STIS+WFC3, STIS+WFC3+Spitzer, WFC3+Spitzer, NIRISS+Spitzer, PRISM+MIRI, NIRISS-every-other, PRISM-masked, PRISM-saturated.]:coverage:'
        '--count[Spectra of each coverage.]:count:'
        '--weighted[Also by a posterior, of so many forward models a spectrum at most, and as many again for gases that stand in for others.]:weighted:'
        '--samples[Effective samples to stop at.]:samples:'
        '--seed[Seed of planets, noise and samples.]:seed:'
        '--threads[Threads.]:threads:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_evaluate_sensitivity() {
    local -i ret=1
    local -ar arg_specs=(
        '--set[Directory of the shards of retrieval-transmission.]:set:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--noise[Standard deviation of the noise in every bin, ppm.]:noise:'
        '--coverage[full, WFC3, NIRISS, PRISM, G395H, MIRI-LRS, STIS+WFC3+Spitzer, NIRISS+G395H+MIRI, or half. Default\: all.]:coverage:'
        '--mass[Relative error with which the planet'\''s mass is known. Default\: it is not.]:mass:'
        '--count[Planets to observe.]:count:'
        '--weighted[Also judge the posterior, with so many forward models a spectrum at most.]:weighted:'
        '--maps[Judge maps, on so many planets a parameter.]:maps:'
        '--published[Repeats of the published test.]:published:'
        '--timing[Time the maps of one spectrum.]'
        '--spectra[Use only so many spectra of the set, in whole shards.]:spectra:'
        '--seed[Seed of noise and perturbations.]:seed:'
        '--threads[Threads.]:threads:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_validate() {
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
            'interiors:Compare the interior model with the solar system and with MAGRATHEA.'
            'equations:Compare the equations of state with published tables.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        interiors|equations)
            "_exospool-lab_validate_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospool-lab_validate_interiors() {
    local -i ret=1
    local -ar arg_specs=(
        '--reference[Directory that holds magrathea.csv; without it, only the solar system is compared.]:reference:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_validate_equations() {
    local -i ret=1
    local -ar arg_specs=(
        '--reference[Directory that holds hhe_y0275.txt and aqua_dense.txt.]:reference:'
        '*--start[Temperatures in K at 1 bar where adiabats start.]:start:'
        '--svg[Write a plot of the adiabats'\'' differences here, as SVG.]:svg:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_dream() {
    local -i ret=1
    local -ar arg_specs=(
        ':molecule:'
        '--model[The network.]:model:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--chains[Chains averaged over.]:chains:'
        '--steps[Steps of Gibbs sampling.]:steps:'
        '--seed[Seed of the chains.]:seed:'
        '--plot[SVG file to draw the dream into.]:plot:'
        '--activations[Print the mean activity of each layer, too.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_opacity() {
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
            'make:Compute opacity tables from published constants.'
            'recover:Write the tables of H2O, CH4, CO2, CO that were recovered of the ExoGAN training set.'
            'import:Make an opacity table of cross-sections in HDF5.'
            'show:Plot a table'\''s absorption a bin as SVG, or print it.'
            'compare:Compare opacity tables with others: the mean cross-section, and the mean of its logarithm.'
            'retrieve:Find a gas, with our tables, in clear spectra made with its k-table of NEMESIS.'
            'bands:Print the bands of the line models: constants beside what the lines add up to, as Markdown.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        make|recover|import|show|compare|retrieve|bands)
            "_exospool-lab_opacity_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_exospool-lab_opacity_make() {
    local -i ret=1
    local -ar arg_specs=(
        '*:names:'
        '--output[Directory to write to. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--published[Directory of band-moments.csv and band-shapes.csv, to which models are brought; the opacity tables'\'' unless given.]:published:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_opacity_recover() {
    local -i ret=1
    local -ar arg_specs=(
        '--level[Levels at 1500 K, FITS.]:level:_files -g '\''*.fits'\'''
        '--law[Temperature law, 300 to 3000 K, FITS.]:law:_files -g '\''*.fits'\'''
        '--shapes[Laws of level, width and skew, FITS, as Etc/opacity/fit-shapes.py makes them.]:shapes:_files -g '\''*.fits'\'''
        '--output[Directory to write to. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_opacity_import() {
    local -i ret=1
    local -ar arg_specs=(
        ':file:_files -g '\''*.h5 *.hdf5'\'''
        '(--output -o)'{--output,-o}'[The table to write, FITS.]:output:_files -g '\''*.fits'\'''
        '--species[The gas, such as H2O, where mol_name does not give its formula.]:species:'
        '--error[What the table is expected to be off by in ln of the mean, and in the mean of ln, as 0.15,0.3.]:error,error:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_opacity_show() {
    local -i ret=1
    local -ar arg_specs=(
        ':file:'
        '*--temperature[Temperatures in K, within the table; of collision-induced absorption the nearest it has.]:temperature:'
        '--pressure[Pressure in Pa.]:pressure:'
        '--mean-of-log[The exponential of the mean of ln k, what transits see, in place of the mean of k.]'
        '*--reference[What to draw beside it; may be repeated.]:reference:_files -g '\''*.fits *.kta *.csv'\'''
        '--svg[Write an SVG plot here instead of printing numbers.]:svg:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_opacity_compare() {
    local -i ret=1
    local -ar ___response=('triangle' 'box')
    local -ar arg_specs=(
        '--moments[Published moments of broad bands, CSV.]:moments:_files -g '\''*.csv'\'''
        '--nemesis[Directory of .kta files.]:nemesis:_files -/'
        '--tables[Directory of opacity tables; found as other commands find --opacities unless given.]:dir:_files -/'
        '--gases[Gases, separated by commas; all that both sides have unless given.]:gases:'
        '*--temperature[Temperatures in K; unless given 700 900 1100 1500 1900 for moments, 700 1000 1500 2000 2500 else.]:temperature:'
        '*--pressure[Pressure in Pa, may be repeated; unless given 1e3 for moments, and 7.4e3 for k-tables, of which the nearest they have is taken.]:pressure:'
        '--response[Response of the k-tables'\'' bins\: triangle, as they are found to be, or box, as they are named.]:response:{__exospool-lab_complete "${___response[@]}"}'
        '--details[Every band as well.]'
        '--markdown[Print tables as Markdown has them.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_opacity_retrieve() {
    local -i ret=1
    local -ar arg_specs=(
        '--nemesis[Directory of .kta files.]:nemesis:_files -/'
        '--tables[Directory of opacity tables; found as other commands find --opacities unless given.]:dir:_files -/'
        '--gases[Gases, separated by commas.]:gases:'
        '--temperature[Temperatures in K.]:temperature:'
        '--log-mixing-ratio[log10 of mixing ratios.]:log-mixing-ratio:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_opacity_bands() {
    local -i ret=1
    local -ar arg_specs=(
        '*:names:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_complete() {
    local -i ret=1
    local -ar ___space=('exogan-2018' 'transmission' 'eclipse')
    local -ar arg_specs=(
        ':file:'
        '--space[Atmospheres to choose among\: exogan-2018, transmission, eclipse. Default\: by the file'\''s kind.]:space:{__exospool-lab_complete "${___space[@]}"}'
        '--mass[Planet'\''s mass, VALUE or VALUE\:ERROR in Jupiter masses; without an error a tenth of it.]:mass:'
        '--radius[Eclipses\: the planet'\''s radius, VALUE or VALUE\:ERROR in Jupiter radii.]:radius:'
        '--star-radius[Star'\''s radius, VALUE or VALUE\:ERROR in solar radii, exact with \:0; where the file has RSTAR, that.]:star-radius:'
        '--star-temperature[Eclipses\: the star'\''s temperature, K; the star is a black body.]:star-temperature:'
        '--temperature[Planet'\''s equilibrium temperature, VALUE or VALUE\:ERROR in K; the error is a quarter of it at least.]:temperature:'
        '--offsets[Standard deviation of the offset of each instrument but the first, ppm; 0\: there are none.]:offsets:'
        '--errors-as-given[Take errors as given. Else, but for exogan-2018, a factor on them between 1 and 4 is a parameter.]'
        '*--hold[Keep a variable at a value, KEY=VALUE with a key as likelihood --describe writes it, such as log10NH3=-8; may be repeated.]:hold:'
        '--gases[Formulas of the gases to allow, with commas, such as H2O,CH4; the others are absent, and no network helps. Default\: all.]:gases:'
        '--from[Use points from this wavelength on, um.]:from:'
        '--to[Use points up to this wavelength, um.]:to:'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--spectra[Forward models to compute at most. Default\: 8000 where a network proposes; from the prior alone a million.]:spectra:'
        '--seconds[Stop after so many seconds, whatever is reached; 0\: never.]:seconds:'
        '--samples[Effective number of samples to stop at.]:samples:'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--exact[Use no network\: particles start from the prior and move by the forward model.]'
        '--threads[Threads\: no result depends on it.]:threads:'
        '--seed[Seed\: the same seed gives the same posterior.]:seed:'
        '--output[File for the weighted samples and the completed spectrum, JSON.]:output:'
        '--verbose[Say on standard error how sampling goes.]'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_likelihood() {
    local -i ret=1
    local -ar ___space=('exogan-2018' 'transmission' 'eclipse')
    local -ar arg_specs=(
        ':file:'
        '--space[Atmospheres to choose among\: exogan-2018, transmission, eclipse. Default\: by the file'\''s kind.]:space:{__exospool-lab_complete "${___space[@]}"}'
        '--mass[Planet'\''s mass, VALUE or VALUE\:ERROR in Jupiter masses; without an error a tenth of it.]:mass:'
        '--radius[Eclipses\: the planet'\''s radius, VALUE or VALUE\:ERROR in Jupiter radii.]:radius:'
        '--star-radius[Star'\''s radius, VALUE or VALUE\:ERROR in solar radii, exact with \:0; where the file has RSTAR, that.]:star-radius:'
        '--star-temperature[Eclipses\: the star'\''s temperature, K; the star is a black body.]:star-temperature:'
        '--temperature[Planet'\''s equilibrium temperature, VALUE or VALUE\:ERROR in K; the error is a quarter of it at least.]:temperature:'
        '--offsets[Standard deviation of the offset of each instrument but the first, ppm; 0\: there are none.]:offsets:'
        '--errors-as-given[Take errors as given. Else, but for exogan-2018, a factor on them between 1 and 4 is a parameter.]'
        '*--hold[Keep a variable at a value, KEY=VALUE with a key as likelihood --describe writes it, such as log10NH3=-8; may be repeated.]:hold:'
        '--gases[Formulas of the gases to allow, with commas, such as H2O,CH4; the others are absent, and no network helps. Default\: all.]:gases:'
        '--from[Use points from this wavelength on, um.]:from:'
        '--to[Use points up to this wavelength, um.]:to:'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--describe[Say which parameters there are, with ranges, and end.]'
        '--values[Parameters come in their own units, not as shares of their ranges.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_sensitivity() {
    local -i ret=1
    local -ar ___space=('exogan-2018' 'transmission' 'eclipse')
    local -ar arg_specs=(
        ':file:'
        '--space[Atmospheres to choose among\: exogan-2018, transmission, eclipse. Default\: by the file'\''s kind.]:space:{__exospool-lab_complete "${___space[@]}"}'
        '--mass[Planet'\''s mass, VALUE or VALUE\:ERROR in Jupiter masses; without an error a tenth of it.]:mass:'
        '--radius[Eclipses\: the planet'\''s radius, VALUE or VALUE\:ERROR in Jupiter radii.]:radius:'
        '--star-radius[Star'\''s radius, VALUE or VALUE\:ERROR in solar radii, exact with \:0; where the file has RSTAR, that.]:star-radius:'
        '--star-temperature[Eclipses\: the star'\''s temperature, K; the star is a black body.]:star-temperature:'
        '--temperature[Planet'\''s equilibrium temperature, VALUE or VALUE\:ERROR in K; the error is a quarter of it at least.]:temperature:'
        '--offsets[Standard deviation of the offset of each instrument but the first, ppm; 0\: there are none.]:offsets:'
        '--errors-as-given[Take errors as given. Else, but for exogan-2018, a factor on them between 1 and 4 is a parameter.]'
        '*--hold[Keep a variable at a value, KEY=VALUE with a key as likelihood --describe writes it, such as log10NH3=-8; may be repeated.]:hold:'
        '--gases[Formulas of the gases to allow, with commas, such as H2O,CH4; the others are absent, and no network helps. Default\: all.]:gases:'
        '--from[Use points from this wavelength on, um.]:from:'
        '--to[Use points up to this wavelength, um.]:to:'
        '--opacities[Directory of the opacity tables. Default\: $EXOSPOOL_OPACITY_DIRECTORY, else the checkout'\''s Etc/opacity, else /usr/share/exospool/opacity.]:dir:_files -/'
        '--models[Directory of the weights and cards. Default\: $EXOSPOOL_MODELS_DIRECTORY, else the checkout'\''s Etc/models, else /usr/share/exospool/models.]:dir:_files -/'
        '--groups[Groups of points.]:groups:'
        '--spectra[Retrieve the posterior with so many forward models at most.]:spectra:'
        '--published[Run the published test with so many repeats.]:published:'
        '--plot[File for the maps as a drawing, SVG.]:svg:_files -g '\''*.svg'\'''
        '--threads[Threads of the posterior\: no result depends on it.]:threads:'
        '--seed[Seed\: the same seed gives the same maps.]:seed:'
        '--json[Print JSON instead of text.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_exospool-lab_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _exospool-lab ]]; then
    _exospool-lab "${@}"
else
    compdef _exospool-lab exospool-lab
fi
