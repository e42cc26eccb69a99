package mozdef

// Codes of violations that only MozDef has, beside the general ones of package
// secmodel. "Event" stands for every class with the envelope of an event:
// Event, Compliance, AssetHint and RRA.
//
//	code                           severity  found where
//	attribute_alias                warning   event: a name that the server stores under another
//	attribute_read_only            warning   event: a member that the server overwrites or drops
//	timestamp_not_rfc3339          warning   a time that the server guesses, or stores as it is
//	timestamp_unreadable           error     a time for which the server drops the document
//	category_mismatch              error     event of category "complianceitems" that is no Compliance
//	                               warning   event of the category of another class
//	ip_address_replaced            warning   details: an address that the server moves, leaving 0.0.0.0 or null
//	ip_address_rejected            error     alert details: an address that the index rejects
//	details_lost                   warning   event of nxlog of which the server stores one member only
//	vulnerability_version_unknown  error     a version for which the server drops the vulnerability
//	attribute_overwritten          warning   Normalize: a member whose value a later one replaces
//	plugin_may_alter               warning   Normalize: a word for which the server runs a plugin
//
// General codes are errors or warnings as follows.
//
//	attribute_required_missing     error where the official client refuses to send or the server
//	                               drops the document; else a warning: stored as UNKNOWN or empty
//	attribute_wrong_type           error for tags that are null, a number or a boolean, a summary that
//	                               is null, a source that is an object, details.success that is no
//	                               boolean, objects that the server looks into, and what it
//	                               concatenates to an identifier; else a warning: stored as text or as is
//	attribute_unknown              warning: the server drops the member
//	attribute_enum_value_unknown   warning, but an error for the category of a class
//	attribute_value_below_min_len  error, but a warning for category
//	attribute_value_exceeds_range  warning
//	attribute_array_too_short      error: details of an asset hint or RRA without members
//	version_unknown                error: the option WithVersion names a version that there is not
const (
	CodeAlias                = "attribute_alias"
	CodeReadOnly             = "attribute_read_only"
	CodeTimestampInexact     = "timestamp_not_rfc3339"
	CodeTimestampUnreadable  = "timestamp_unreadable"
	CodeCategoryMismatch     = "category_mismatch"
	CodeAddressReplaced      = "ip_address_replaced"
	CodeAddressRejected      = "ip_address_rejected"
	CodeDetailsLost          = "details_lost"
	CodeVulnerabilityVersion = "vulnerability_version_unknown"
	CodeOverwritten          = "attribute_overwritten"
	CodePlugin               = "plugin_may_alter"
)
