package secmodel

// Codes of violations that the formats share. Those that the official OCSF
// schema server has are spelled as there. Packages of formats add their own.
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
