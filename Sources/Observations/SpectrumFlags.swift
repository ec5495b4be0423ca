/// What reading a spectrum may have to say of it.
extension Flag {
  package static let paddingMissing = Flag(
    "padding-missing", place: 200,
    "The FITS file ends before its last block is full; nothing of the data is missing.")
  package static let severalQuantities = Flag(
    "several-quantities", place: 230,
    "The file holds several quantities; the remarks say which one was taken.")
  package static let errorsAbsent = Flag("errors-absent", place: 240, "The file gives no errors.")
  package static let errorsImplausible = Flag(
    "errors-implausible", place: 245,
    "The errors are smaller than any instrument's; nothing is called seen.")
  package static let wavelengthUnitAssumed = Flag(
    "wavelength-unit-assumed", place: 250,
    "The unit of the wavelengths is not stated; the remarks say what was assumed.")
  package static let wavelengthUnitCorrected = Flag(
    "wavelength-unit-corrected", place: 260,
    "The stated unit of the wavelengths cannot be right; the remarks say what was taken instead.")
  package static let depthUnitAssumed = Flag(
    "depth-unit-assumed", place: 265,
    "The unit of the depths is not stated and they are deep for a planet; nothing is called seen.")
  package static let errorArray = Flag(
    "error-array", place: 270, "This is the array of errors of another file, not a spectrum.")
  package static let duplicateWavelengths = Flag(
    "duplicate-wavelengths", place: 280, "Some wavelengths stand in the file more than once.")
}
