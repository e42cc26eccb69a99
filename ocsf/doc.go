// Package ocsf has typed models of the Open Cybersecurity Schema Framework
// (OCSF): every class and object of every release from 1.0.0 on, those of the
// extensions linux, win and macos included.
//
// An event is one of the classes, as [Authentication] or [DetectionFinding].
// One Go type serves every release: which attributes, requirements and
// enumeration values hold in which release is looked up, when an event is
// checked, by the release that its metadata.version names, and by the profiles
// that its metadata.profiles names. [Versions] lists the releases.
//
//	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
//	e.SeverityID = new(ocsf.SeverityIDInformational)
//	e.Time = new(ocsf.NewTimestamp(time.Now()))
//	e.Metadata.Product = &ocsf.Product{Name: new("sshd"), VendorName: new("Example")}
//	e.User = &ocsf.User{Name: new("jane")}
//	e.Service = &ocsf.Service{Name: new("sshd")}
//	err := e.Validate()
//
// # Reading
//
// [Unmarshal] reads an event of any class into its type: class_uid says which.
// An event of a class that is not known becomes a [BaseEvent], with what only
// its class has in Extra. [New], [ClassByUID] and [ClassByName] lead from a
// number or name to a class; a class has every name it ever had. [Bundle] is
// several events in one document.
//
// # Decoding loses nothing
//
// Any JSON object decodes. What a struct has no room for, an unknown member, a
// value of the wrong type, a null, is kept in its Extra, is reported by Check,
// and is written back. Every attribute is a pointer or slice; nil means absent,
// an empty string or list is there. A number of type float_t is written with a
// fraction, which the official validator demands; reading takes it without.
//
// # What is an error
//
// Errors and warnings have the codes of the official schema server, and are the
// same, except where that server is wrong. A value that its type's pattern does
// not match is a warning there, and here. What this package says beyond the
// server are warnings: an attribute that is null (attribute_null), an observable
// that disagrees with the event (observable_path_not_found,
// observable_value_not_found, observable_type_id_incorrect), and a bundle whose
// count or times disagree with its events (bundle_count_incorrect,
// bundle_time_incorrect). Recommended attributes that are missing are reported
// with the option [github.com/secmodel/secmodel.Recommended].
//
// # What follows from what
//
// [Enrich] fills in what follows from other attributes: captions and numbers of
// enumerations, type_uid, names of class and category, observables. [Reduce]
// takes them away again. [Observables] finds the observables of an event, and
// [Get] the values at an attribute path such as "src_endpoint.ip".
//
// # Other releases
//
// [ForVersion] gives an event as another release has it, older or newer. What
// does not fit travels in unmapped, and [Restore] gives the source back.
//
// # Embedding
//
// The types implement json.Marshaler and json.Unmarshaler. A struct that embeds
// one takes over its methods, and with them its JSON: use a named field instead.
package ocsf
