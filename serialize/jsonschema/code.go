package jsonschema

// Codes of violations, by the keyword that fails. All are errors. Beside them a
// report has secmodel.CodeDuplicate for member names that occur twice.
//
//	code                           keyword
//	schema_type                    type
//	schema_enum                    enum
//	schema_const                   const
//	schema_required                required: one violation for each member missing
//	schema_properties_few          minProperties
//	schema_properties_many         maxProperties
//	schema_property_unknown        additionalProperties, unevaluatedProperties that are false: one for each member
//	schema_property_name           propertyNames: whatever keyword within it fails
//	schema_dependency              dependencies, dependentRequired: a member that another one demands
//	schema_items_few               minItems
//	schema_items_many              maxItems
//	schema_item_unknown            additionalItems, unevaluatedItems that are false, items that is false after prefixItems
//	schema_items_unique            uniqueItems
//	schema_contains                contains, minContains
//	schema_contains_many           maxContains
//	schema_min_length              minLength
//	schema_max_length              maxLength
//	schema_pattern                 pattern
//	schema_format                  format, with the option AssertFormat
//	schema_content                 contentEncoding, contentMediaType, in draft-07
//	schema_minimum                 minimum, exclusiveMinimum
//	schema_maximum                 maximum, exclusiveMaximum
//	schema_multiple_of             multipleOf
//	schema_not                     not
//	schema_any_of                  anyOf: no alternative fits
//	schema_one_of                  oneOf: none fits, or several
//	schema_false                   a schema that is false, where no other code says more
//	schema_number_limit            a number too long to be compared; the document is not looked at any further
const (
	CodeType            = "schema_type"
	CodeEnum            = "schema_enum"
	CodeConst           = "schema_const"
	CodeRequired        = "schema_required"
	CodeMinProperties   = "schema_properties_few"
	CodeMaxProperties   = "schema_properties_many"
	CodePropertyUnknown = "schema_property_unknown"
	CodePropertyName    = "schema_property_name"
	CodeDependency      = "schema_dependency"
	CodeMinItems        = "schema_items_few"
	CodeMaxItems        = "schema_items_many"
	CodeItemUnknown     = "schema_item_unknown"
	CodeUniqueItems     = "schema_items_unique"
	CodeContains        = "schema_contains"
	CodeMaxContains     = "schema_contains_many"
	CodeMinLength       = "schema_min_length"
	CodeMaxLength       = "schema_max_length"
	CodePattern         = "schema_pattern"
	CodeFormat          = "schema_format"
	CodeContent         = "schema_content"
	CodeMinimum         = "schema_minimum"
	CodeMaximum         = "schema_maximum"
	CodeMultipleOf      = "schema_multiple_of"
	CodeNot             = "schema_not"
	CodeAnyOf           = "schema_any_of"
	CodeOneOf           = "schema_one_of"
	CodeFalse           = "schema_false"
	CodeNumberLimit     = "schema_number_limit"
)

// codeOf returns the code for a keyword that fails.
func codeOf(keyword string) string {
	switch keyword {
	case "type":
		return CodeType
	case "enum":
		return CodeEnum
	case "const":
		return CodeConst
	case "required":
		return CodeRequired
	case "minProperties":
		return CodeMinProperties
	case "maxProperties":
		return CodeMaxProperties
	case "additionalProperties", "unevaluatedProperties":
		return CodePropertyUnknown
	case "dependencies", "dependentRequired":
		return CodeDependency
	case "minItems":
		return CodeMinItems
	case "maxItems":
		return CodeMaxItems
	case "additionalItems", "unevaluatedItems", "items":
		return CodeItemUnknown
	case "uniqueItems":
		return CodeUniqueItems
	case "minContains":
		return CodeContains
	case "maxContains":
		return CodeMaxContains
	case "minLength":
		return CodeMinLength
	case "maxLength":
		return CodeMaxLength
	case "pattern":
		return CodePattern
	case "format":
		return CodeFormat
	case "contentEncoding", "contentMediaType", "contentSchema":
		return CodeContent
	case "minimum", "exclusiveMinimum":
		return CodeMinimum
	case "maximum", "exclusiveMaximum":
		return CodeMaximum
	case "multipleOf":
		return CodeMultipleOf
	case "not":
		return CodeNot
	case "anyOf":
		return CodeAnyOf
	case "oneOf":
		return CodeOneOf
	}
	return CodeFalse
}
