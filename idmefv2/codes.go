package idmefv2

// Codes of the rules that the drafts' text states and no JSON Schema does. What
// breaks one is a warning, with the option secmodel.Text an error. A value that
// the schema of the draft rejects already is not judged again, nor is what lies
// within it; nor is a list of which an element does not fit its type.
//
// Sections are those of draft 06. Draft 08 has no Vector, so that there 5.7 is
// Attachment. The level is the text's word; "implied" is what follows from the
// meaning of an attribute, "type" from the definition of its data type. Each
// rule holds from the first draft named to the last, "02-" to the newest.
//
//	code                             rule  section   level        drafts  meaning
//	attachment_reference_unresolved  R1    5.5-5.7   MUST         02-     an Attachment of a source, target or vector names no attachment of the message
//	attachment_name_duplicate        R2    3.3.8     MUST         02-     two attachments have one Name
//	extension_not_marked             R3    4.1.1     MUST NOT     02-     an ext- attribute is there, but the one it extends does not say ext-value (Category: Other.ext-value from 07)
//	extension_value_missing          R4    4.1.1     MUST         02-     an attribute says ext-value, but its ext- attribute has no value
//	port_out_of_range                R5    5.5-5.6   MUST         02-     a Port is not from 1 to 65535
//	threat_intelligence_invalid      R6    5.5,5.7   MUST         02-     a TI is not attribute:origin, or the class has no such attribute
//	protocol_name_invalid            R7    5.5       MUST         02-     a Protocol can not be a service name (RFC 6335, 5.1): over 15 characters, or without a letter
//	attachment_size_negative         R8    5.8       MUST         02-     Size is less than 0
//	attachment_size_mismatch         R8    5.8       implied      02-     Size is not the number of bytes of the content, before encoding
//	attachment_encoding_unknown      R9    5.8       MUST         02-     ContentEncoding is neither json nor base64
//	attachment_content_undecodable   R9    5.8       MUST         02-     Content is not what ContentEncoding says: JSON text where it is absent
//	hash_function_unknown            R10   5.8       type         02-     the function of a Hash is not one that IANA registered, nor of the SHA-3 family
//	hash_function_weak               R10   5.8       RECOMMENDED  02-     the hashes of an attachment are of md2, md5 or sha-1 alone
//	hash_length_mismatch             R10   5.8       type         02-     a Hash has not the length that its function gives
//	hash_mismatch                    R10   5.8       implied      02-     a Hash is not that of the content, before encoding (or it is keyed)
//	timestamp_offset_missing         R11   3.3       MUST         02-     a time has no offset from UTC (RFC 3339)
//	timestamp_date_invalid           R11   3.3       MUST         02-     a time names a day that the calendar does not have
//	timestamp_leap_second_invalid    R11   3.3       MUST         02-     a time has second 60, but is not the last minute of a month in UTC
//	end_before_start                 R12   5.2       implied      02-     EndTime is before StartTime
//	geo_location_out_of_range        R13   3.3       type         02-     latitude is not from -90 to 90, or longitude not from -180 to 180
//	unlocode_country_unknown         R14   3.3       type         02-     the country of a UN/LOCODE is not in ISO 3166, nor XZ
//	uri_invalid                      R14   3.3       type         02-     a Ref or ExternalURI is no URI (RFC 3986)
//	email_invalid                    R14   3.3       type         02-     an Email is no addr-spec (RFC 5322)
//	ip_not_canonical                 R15   3.3.6     RECOMMENDED  02-     an IP is not written as RFC 5952 says, or has zeros in front
//	uuid_version_4                   R16   3.3.10    SHOULD NOT   02-     an ID is a UUID of version 4
//	path_invalid                     R17   3.3.12    MUST         02-     an AggrCondition is no IDMEF path of the draft
//	identifier_missing               R18   5.3-5.7   MUST         06-06   an analyzer, sensor, source, target or vector has no ID
//	hostname_not_fqdn                R19   5.3-5.6   SHOULD       02-     a Hostname is neither a fully qualified domain name nor empty
//	capture_zone_not_json            R20   5.4       implied      02-     a CaptureZone is no JSON text
//	content_type_unregistered        R21   5.8       SHOULD       02-     a ContentType that IANA can not have registered, as image/jpg or x- types
//	relation_to_self                 R22   5.2       implied      02-     CorrelID, PredID or RelID names the message itself
//	organisation_repeated            R23   5.2       implied      04-     EntityName repeats OrganisationName
//	confidence_out_of_range          R24   5.2       type         02-05   Confidence is not from 0 to 1
//	attachment_content_missing       R25   5.8       RECOMMENDED  02-     an attachment has neither Content nor ExternalURI
//	status_contradictory             R28   5.2       implied      08-     Status has both Event and Incident, or Open and Closed or FalsePositive
//
// UUIDs are compared whatever the case of their letters. What a program can not
// decide from a message alone is not checked:
//
//	R7   that protocols go from the lowest layer to the highest: no list says which layer a name is of;
//	     that a name is registered: the registry changes daily
//	R4   the values ext-value of Source.Category and Target.Category, since 08: there is no attribute for the value
//	R8   the size and hashes of a Content that is an object: its bytes depend on how it was written (R10 too)
//	R14  that a UN/LOCODE is in the list: it changes twice a year
//	R22  that a message obsoleted by another is no longer used: that takes the other
//	R26  that an enumeration has at most 255 values: a rule for the registry, not for messages
//	R27  that the transport is confidential and authentic: not seen in a message
const (
	CodeAttachmentReference = "attachment_reference_unresolved"
	CodeAttachmentDuplicate = "attachment_name_duplicate"
	CodeAttachmentSize      = "attachment_size_negative"
	CodeAttachmentLength    = "attachment_size_mismatch"
	CodeAttachmentEncoding  = "attachment_encoding_unknown"
	CodeAttachmentContent   = "attachment_content_undecodable"
	CodeAttachmentEmpty     = "attachment_content_missing"
	CodeHashFunction        = "hash_function_unknown"
	CodeHashWeak            = "hash_function_weak"
	CodeHashLength          = "hash_length_mismatch"
	CodeHashValue           = "hash_mismatch"
	CodeContentType         = "content_type_unregistered"

	CodeExtensionUnmarked = "extension_not_marked"
	CodeExtensionMissing  = "extension_value_missing"

	CodePort         = "port_out_of_range"
	CodeProtocol     = "protocol_name_invalid"
	CodeIP           = "ip_not_canonical"
	CodeHostname     = "hostname_not_fqdn"
	CodeURI          = "uri_invalid"
	CodeEmail        = "email_invalid"
	CodeIntelligence = "threat_intelligence_invalid"

	CodeTimeOffset = "timestamp_offset_missing"
	CodeTimeDate   = "timestamp_date_invalid"
	CodeTimeLeap   = "timestamp_leap_second_invalid"
	CodeTimeOrder  = "end_before_start"

	CodeGeoLocation = "geo_location_out_of_range"
	CodeUnLocation  = "unlocode_country_unknown"
	CodeCaptureZone = "capture_zone_not_json"

	CodeUUIDVersion       = "uuid_version_4"
	CodeIdentifierMissing = "identifier_missing"
	CodeRelationSelf      = "relation_to_self"

	CodePath         = "path_invalid"
	CodeOrganisation = "organisation_repeated"
	CodeConfidence   = "confidence_out_of_range"
	CodeStatus       = "status_contradictory"
)
