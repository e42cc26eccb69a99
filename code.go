package secmodel

// Codes of violations that the formats share. Those that the official OCSF
// schema server has are spelled as there. Packages of formats add their own.
//
// An error of IDMEFv2 is what the JSON Schema of the draft rejects, of OCSF what
// the official server calls an error; for MozDef its package says which of these
// are errors. "Lenient" is what a schema overlooks by mistake, as the Analyzer of
// drafts 02 and 03: warnings.
//
//	code                                          severity  formats        meaning
//	syntax                                        error     all            the text is no well-formed document of its content type
//	attribute_duplicate                           error     all            a member name occurs more than once in one object; the last one counts
//	format_unknown                                error     all            the document is of none of the formats
//	document_too_large                            error     all            the document has more bytes than the limit in force
//	attribute_required_missing                    error     all            a required attribute is absent; lenient: a warning
//	attribute_recommended_missing                 warning   ocsf           a recommended attribute is absent; only with the option Recommended
//	attribute_unknown                             error     all            the object has no such attribute in the version, or only with a profile that is not named
//	attribute_wrong_type                          error     all            the value is not of the attribute's JSON type, or an integer has a fraction or exponent
//	attribute_deprecated                          warning   ocsf           the version advises against the attribute
//	attribute_null                                warning   ocsf           the value is null, which counts as absent
//	attribute_enum_value_unknown                  error     all            the value is none of the enumeration in the version; mozdef: mostly a warning
//	attribute_enum_array_value_unknown            error     idmefv2, ocsf  the same, of an element of an array
//	attribute_enum_value_deprecated               warning   ocsf           the version advises against the value
//	attribute_enum_array_value_deprecated         warning   ocsf           the same, of an element of an array
//	attribute_enum_sibling_incorrect              warning   ocsf           the caption beside a number is not that of the number
//	attribute_enum_sibling_suspicious_other       warning   ocsf           the number is 99, and the caption does not say what it stands for
//	attribute_enum_array_sibling_missing          error     ocsf           an array of numbers has no caption for one of them
//	attribute_enum_array_sibling_incorrect        error     ocsf           the caption of an element is not that of the number
//	attribute_value_exceeds_range                 error     all            a number is out of its bounds; mozdef: a warning
//	attribute_value_exceeds_max_len               error     ocsf           a text has more characters than its type admits
//	attribute_value_regex_not_matched             error     idmefv2, ocsf  a text does not match the pattern of its type; ocsf: a warning
//	attribute_value_exceeds_super_type_range      error     ocsf           a number is out of the bounds of the type that its type narrows
//	attribute_value_exceeds_super_type_max_len    error     ocsf           a text is longer than the type that its type narrows admits
//	attribute_value_super_type_regex_not_matched  error     ocsf           a text does not match the pattern of the type that its type narrows; a warning as the pattern's own
//	attribute_value_below_min_len                 error     mozdef         a text is shorter than it has to be; of a category: a warning
//	attribute_array_too_short                     error     mozdef         an object has fewer members than are demanded
//	constraint_failed                             error     ocsf           of some attributes none is there, or more than one where just one may be
//	version_unknown                               error     all            the version named, by the document or an option, is none that is known
//	class_uid_unknown                             error     ocsf           the release has no class of this number; nothing else is checked
//	object_deprecated                             warning   ocsf           the version advises against the object
//	class_deprecated                              warning   ocsf           the version advises against the class
const (
	CodeSyntax    = "syntax"              // not a well-formed document
	CodeDuplicate = "attribute_duplicate" // a member name occurs twice in one object

	// Documents that are not looked at any further.
	CodeFormatUnknown = "format_unknown"     // none of the formats that are known
	CodeTooLarge      = "document_too_large" // more bytes than the limit in force

	CodeRequiredMissing    = "attribute_required_missing"
	CodeRecommendedMissing = "attribute_recommended_missing"
	CodeUnknown            = "attribute_unknown"
	CodeWrongType          = "attribute_wrong_type"
	CodeDeprecated         = "attribute_deprecated"
	CodeNull               = "attribute_null" // where a null counts as absent

	CodeEnumUnknown         = "attribute_enum_value_unknown"
	CodeEnumArrayUnknown    = "attribute_enum_array_value_unknown"
	CodeEnumDeprecated      = "attribute_enum_value_deprecated"
	CodeEnumArrayDeprecated = "attribute_enum_array_value_deprecated"

	// The attribute that holds the caption of an enumeration's value.
	CodeSiblingIncorrect      = "attribute_enum_sibling_incorrect"
	CodeSiblingSuspicious     = "attribute_enum_sibling_suspicious_other"
	CodeArraySiblingMissing   = "attribute_enum_array_sibling_missing"
	CodeArraySiblingIncorrect = "attribute_enum_array_sibling_incorrect"

	CodeRange         = "attribute_value_exceeds_range"
	CodeMaxLen        = "attribute_value_exceeds_max_len"
	CodePattern       = "attribute_value_regex_not_matched"
	CodeSuperRange    = "attribute_value_exceeds_super_type_range"
	CodeSuperMaxLen   = "attribute_value_exceeds_super_type_max_len"
	CodeSuperPattern  = "attribute_value_super_type_regex_not_matched"
	CodeMinLen        = "attribute_value_below_min_len"
	CodeTooFew        = "attribute_array_too_short" // fewer members or elements than demanded
	CodeConstraint    = "constraint_failed"
	CodeVersion       = "version_unknown" // the version named is none that is known
	CodeClassUnknown  = "class_uid_unknown"
	CodeObjectRetired = "object_deprecated"
	CodeClassRetired  = "class_deprecated"
)
