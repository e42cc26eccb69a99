package idmefv2

// compounds are the upstream definitions whose names run two words together.
var compounds = map[string]string{
	"entitysectorEnum": "entity_sector",
	"geolocType":       "geo_location",
	"mediatypeType":    "media_type",
	"unlocodeType":     "un_location",
}

// captions say in a few words what a definition is, or an attribute, by
// "class.attribute", or just "attribute" if it is the same in all classes.
// What says it by its name has none.
var captions = map[string]string{
	"message":    "Alert",
	"analyzer":   "What found the event and made the alert",
	"sensor":     "What captured the data",
	"source":     "Where the event comes from",
	"target":     "What the event affects",
	"vector":     "How the event was carried out",
	"attachment": "Data captured with the event",

	"analyzer_category": "Kinds of analyzer",
	"analyzer_data":     "Kinds of analyzed data",
	"analyzer_method":   "Methods of detection",
	"analyzer_type":     "Fields that an analyzer works in",
	"attachment_name":   "Name by which an attachment is referred to",
	"category":          "Categories of incidents",
	"cause":             "Causes of events",
	"confidence":        "Degree of belief, from 0 to 1",
	"email":             "Address of electronic mail",
	"entity_sector":     "Economic sectors and their branches",
	"geo_location":      "Latitude, longitude and maybe altitude",
	"hash":              "Name of a hash function, colon, hexadecimal value",
	"ip":                "IPv4 or IPv6 address",
	"media_type":        "Internet media type",
	"priority":          "Priorities",
	"protocol":          "Name of a service or protocol in the IANA registry",
	"source_category":   "Kinds of source",
	"status":            "States of an alert in its life",
	"target_category":   "Kinds of target",
	"timestamp":         "Date and time with fraction and offset",
	"type":              "Kinds of incident",
	"un_location":       "UN/LOCODE",
	"uri":               "URI",
	"uuid":              "UUID in canonical text",
	"vector_category":   "Kinds of vector",
	"version":           "Drafts of the format",

	"message.Version":          "Draft that the message follows",
	"message.ID":               "Identifier of the alert",
	"message.Entity":           "Monitored organisation or part of it",
	"message.OrganisationName": "Name of the monitored organisation",
	"message.OrganisationId":   "Official number of the monitored organisation",
	"message.EntityName":       "Name of the part of the organisation concerned",
	"message.EntityId":         "Number of the part of the organisation concerned",
	"message.EntitySector":     "Economic sectors of the entity",
	"message.Type":             "Kinds of incident",
	"message.Category":         "Categories of the incident",
	"message.Cause":            "Cause of the event",
	"message.Description":      "What happened, in a sentence",
	"message.Status":           "State of the alert in its life",
	"message.Priority":         "How soon the incident needs care",
	"message.Confidence":       "How sure the analyzer is, from 0 to 1",
	"message.Note":             "Remarks, and all that has no other place",
	"message.CreateTime":       "When the alert was made",
	"message.StartTime":        "When the event began, or will",
	"message.EndTime":          "When the event ended",
	"message.ReportTime":       "When the event was reported to others",
	"message.AltNames":         "Identifiers in other systems",
	"message.AltCategory":      "Categories of other taxonomies",
	"message.CorrelID":         "Messages from which this one was derived",
	"message.AggrCondition":    "Attributes that aggregated events have in common",
	"message.PredID":           "Messages that this one replaces",
	"message.RelID":            "Messages that are related",

	"analyzer.Name":     "Name of the analyzer, unique within reason",
	"analyzer.Model":    "Product and version of the analyzer",
	"analyzer.Type":     "Fields that the analyzer works in",
	"analyzer.Data":     "Kinds of data analyzed",
	"analyzer.Method":   "Methods of detection",
	"analyzer.Category": "Kinds of analyzer",

	"sensor.Name":        "Name of the sensor, unique within reason",
	"sensor.Model":       "Product and version of the sensor",
	"sensor.CaptureZone": "Area covered, as JSON in a string",

	"source.Category":   "What the source is",
	"source.Attachment": "Names of attachments that concern the source",
	"source.Protocol":   "Protocols used, lower layers first",
	"source.User":       "Account that the event comes from",
	"source.Email":      "Address that the event comes from",
	"source.Port":       "Network ports used",

	"target.Category":   "What the target is",
	"target.Attachment": "Names of attachments that concern the target",
	"target.Service":    "Service or process affected",
	"target.User":       "Account affected",
	"target.Email":      "Address affected",
	"target.Port":       "Network ports affected",

	"vector.Name":       "Name of the vector",
	"vector.Category":   "What the vector is",
	"vector.Attachment": "Names of attachments that concern the vector",
	"vector.GeoRadius":  "Radius around the location, in metres",

	"attachment.Name":            "Name by which other classes refer to it, unique in the alert",
	"attachment.FileName":        "Name of the file it was",
	"attachment.Hash":            "Hashes of the content before encoding",
	"attachment.Size":            "Length of the content in bytes",
	"attachment.ExternalURI":     "Where the content is kept",
	"attachment.ContentType":     "Media type of the content",
	"attachment.ContentEncoding": "Encoding of the content: json, which is the default, or base64",
	"attachment.Content":         "The data itself",

	"GeoLocation":  "Coordinates of the location",
	"Hostname":     "Host name, fully qualified if possible",
	"IP":           "IP address",
	"Location":     "Name of the location",
	"Ref":          "References to more information",
	"TI":           "Attributes known to threat intelligence, each with where it is known from",
	"UnLocation":   "UN/LOCODE of the location",
	"ext-Category": "Category that the enumeration has not",
	"ext-Data":     "Kind of data that the enumeration has not",
	"ext-Method":   "Method that the enumeration has not",
}

// caption returns the caption of an attribute, "" if its name says it.
func caption(class, attribute string) string {
	if c, ok := captions[class+"."+attribute]; ok {
		return c
	}
	return captions[attribute]
}
