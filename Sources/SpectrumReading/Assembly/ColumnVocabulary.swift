extension ColumnNames {
  /// Whole names, without a unit at their end, as `plain` writes them.
  static let vocabulary: [String: ColumnRole] = {
    var table: [String: ColumnRole] = [:]
    func add(_ role: ColumnRole, _ names: String) {
      for name in names.split(separator: " ") { table[String(name)] = role }
    }
    add(
      .wavelength,
      "wave wavelength wavelengths lambda lam wl wls wav wvl wavelen wavelengthum wavelengthmicron "
        + "wavelengthmicrons waveum wlum microns micron centralwavelength centrallambda centralwavelng "
        + "centerwavelength wavelengthcenter wavelengthcentre wavecenter wavecentre wlcenter wlcentre "
        + "wlmid wavemid midwavelength meanwavelength wavelengthmid frequency freq wavenumber wn lambdacenter wcen "
        + "spectralaxis bincenter bincentre centrelambda x wavum angstrom")
    add(.logWavelength, "loglam loglambda logwave logwavelength")
    add(
      .lowerEdge,
      "wavemin minwavelength wavelengthmin wlmin wllo wllow wavelo wavelow wavelengthlow wavelengthlo "
        + "lowerwavelength lambdamin lambdalow wlloum lammin binlo binlow binstart binmin loweredge edgelow "
        + "wavelengthlower wavelower wllower wavstart wavestart wave1 wl1 wavelengthstart bandmin")
    add(
      .upperEdge,
      "wavemax maxwavelength wavelengthmax wlmax wlhi wlhigh wavehi wavehigh wavelengthhigh wavelengthhi "
        + "upperwavelength lambdamax lambdahigh wlhium lammax binhi binhigh binend binmax upperedge edgehigh "
        + "wavelengthupper waveupper wlupper wavend waveend wave2 wl2 wavelengthend bandmax wlup waveup")
    add(
      .halfWidth,
      "halfwidth binhalfwidth waveerror waveerr wavelengtherror wavelengtherr hw wlerr wlerror xerr")
    add(
      .width,
      "binwidth width bandwidth wavewidth wavelengthwidth wlwidth deltawave deltalambda deltawavelength dwave "
        + "dlambda dwl dlam delw wavebinwidth binsize")
    add(
      .ordinate(.transitDepth),
      "transitdepth transitdepths tdepth trandep trandepth transdepth dppm dppms rprs2 rprssquared rprssq "
        + "rp2rs2 depthtransit transit transmission radiusratio2 delta rpr2 trdepth tdep td tds")
    add(
      .ordinate(.radiusRatio),
      "rprs ratror rpvalue rprsmed rpstar radiusratio rpoverrs rpr rporstar rpvalues ror")
    add(
      .ordinate(.eclipseDepth),
      "fpfs fpf fdayfstar fplanetfstar fnvalue fluxratio contrast eclipsedepth eclipdepth especlipdep eclipdep eclipse occultationdepth occdepth fpfsvalue fpvalue "
        + "fpfsmed fpmed fp fpfstar secondaryeclipsedepth eclipsedepths emissiondepth")
    add(.ordinate(.depth), "depth depths yval depthfraction depthppm depthpercent specdepth")
    add(
      .ordinate(.flux),
      "flux fluxes flam fnu fluxdensity intensity counts spec sciflux data relativeflux fluxfinal spectrum "
        + "flux1 fluxlambda calflux reducedflux net surfbright y")
    add(
      .error,
      "error err sigma unc uncertainty noise std stdev stddev stat staterror errorfraction depthuncertainty "
        + "scierror yerr fluxerror fluxerr efl eflux dflux errflux sig variancesqrt")
    add(.upperError, "errup errupper errhigh errhi errplus errpos erroru err1 trandeperr1 yerrupp yerrup")
    add(.lowerError, "errlow errlower errlo errminus errneg errorl err2 trandeperr2 yerrlow yerrlo errdown")
    add(.inverseVariance, "ivar inversevariance invvar")
    add(.variance, "variance var scivar fluxvar")
    add(.quality, "dq quality qual flag flags dataquality mask masked andmask ignore bad badpix dqflags")
    return table
  }()
}
