// Package mozdef has types for the JSON messages of MozDef, the Mozilla Defense
// Platform: what its clients send, and what its server stores.
//
//	Event            a security event, the general case
//	Compliance       an event that carries a compliance item
//	AssetHint        an event that carries what is known of an asset
//	RRA              an event that carries a rapid risk assessment
//	Vulnerability    a vulnerability of an asset, version 1 of the message
//	VulnerabilityV2  what a scan of an asset found, version 2
//	Alert            an alert that the server made from events
//
// MozDef ended in 2021 and never published a schema or numbered its messages.
// The facts here are those of its documentation, of its clients, and of its
// server at the last commit:
//
//   - https://mozdef.readthedocs.io/en/latest/usage.html#json-format
//   - https://github.com/mozilla/MozDef
//   - https://github.com/mozilla/mozdef_client
//   - https://github.com/jvehent/gozdef
//
// Attributes that are absent are nil. What a type has no room for, such as a
// null or a value of another type, stays in Extra of its object, and is written
// back. [Details] names the attributes that are documented; all others are in
// its Extra, and no fault.
//
// # Errors and warnings
//
// Check reports an error for what an official client refuses to send, and for
// what the server loses although it has answered 200; and a warning for what
// the server stores altered or incomplete. The lists at [CodeAlias] say which
// is which. In particular:
//
//   - The official Python client always sends a source of null. That is a
//     warning: the server stores it.
//   - A severity that is not one of the eight names is stored in upper case: a
//     warning. Clients before 1.0.11 wrote CRIT and ERR.
//   - Tags of null, which a nil slice in Go becomes elsewhere, make the server
//     drop the event. The constructors here start with empty tags, and no type
//     here ever writes null for an absent attribute.
//   - A time without offset is read in the zone of the server: a warning. A
//     time that the server cannot read makes it drop the event. That goes for
//     numbers in quotes, while positive numbers are read as time since 1970.
//   - Names of other log shippers, as host, pid and @message, stand for the
//     documented ones: a warning that names the attribute. All other unknown
//     members of an event are dropped: a warning.
//   - What only the server writes, as receivedtimestamp, is a warning in
//     stored events too: sent again, it would be overwritten.
//
// The server is judged by its code. Its last version, under Python 3, stores no
// compliance item at all; a valid one has no error here nevertheless.
// Plugins of the server may alter or drop an event for a word that stands
// anywhere in it. Check does not know about them, except that addresses in
// details other than IPv4 are moved.
//
// # What the server makes of an event
//
// [Normalize] returns the event that the server stores for a document as it was
// sent, or an error that says why it stores none: to read raw archives as the
// server's own, or to see what becomes of an event before it is sent. Check
// judges a document, and alters nothing; Normalize alters what the server
// alters, and tells of what is lost.
//
// # Which class a document is
//
// Documents do not name their class. It follows from the members of the root,
// whose names are compared as they are written; the first rule that holds
// counts. [Evidence] applies them.
//
//  1. The category is the string "complianceitems": compliance. It is
//     "asset_hint": asset_hint. It is "rra_data": rra.
//  2. There is a type that is the string "vulnerability_state", which the
//     server adds; or there is no category, but vuln, or asset, or sourcename
//     together with zone: vulnerability_v2 if there is a version that is 2 or
//     "2", else vulnerability.
//  3. There is notify_mozdefbot, or events that are an array: alert.
//  4. There is one of category, details, hostname, processid, processname,
//     severity, source, summary, tags, timestamp, utctimestamp,
//     receivedtimestamp, mozdefhostname and eventsource: event. That is what
//     clients send, what the server stores, and what goes into its plugins and
//     comes out of them.
//  5. There are members, in the spelling of log shippers, for at least two
//     different attributes of an event, such as MESSAGE and @source_host:
//     event.
//
// Else the document is none of MozDef. The rules are weak, since the names are
// common words: try the other formats first. An alert that has lost its events
// and notify_mozdefbot cannot be told from an event.
//
// # Use in other types
//
// The types implement json.Marshaler and json.Unmarshaler. A struct that embeds
// one of them gets these methods, and its own fields are not in its JSON any
// more: give the model a field of its own, with a name.
package mozdef
