package mozdef

import (
	"cmp"
	"errors"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Errors of Normalize for errors.Is.
var (
	// ErrDropped: the server loses the document, although it has answered 200.
	// The error is a *DropError.
	ErrDropped = errors.New("mozdef: the server drops the document")
	// ErrTimeForm: a time is in a form of which it is not known what the server
	// makes of it. The server looks for a date and a time in any text, and
	// Normalize does not guess what it finds in this one.
	ErrTimeForm = errors.New("mozdef: a time of which it is not known how the server reads it")
)

// DropError says why the server loses a document.
type DropError struct {
	Pointer string // JSON Pointer of the member, in the document as it was sent
	Reason  string
}

// Error implements error.
func (e *DropError) Error() string {
	if e.Pointer == "" {
		return ErrDropped.Error() + ": " + e.Reason
	}
	return ErrDropped.Error() + ": " + e.Pointer + ": " + e.Reason
}

// Is makes errors.Is(err, ErrDropped) true.
func (e *DropError) Is(target error) bool { return target == ErrDropped }

// unknown is what the server stores for a text that is missing.
const unknown = "UNKNOWN"

// Normalize returns the event that the MozDef server stores for a document that
// is sent to it: for raw archives, and for senders that want to know. data is
// one JSON object, as clients and log shippers write it; it is not changed, and
// the result shares no memory with it.
//
// The options say how the document came to the server and when; without any, it
// was posted to /events, now, of a server whose clock is UTC. With WithReceived
// the result depends on nothing but the arguments.
//
// The error is a *DropError where the server drops the document, a
// *secmodel.SyntaxError where it is no JSON object, and else ErrTimeForm. The
// event and the notes are then nil.
//
// # Names
//
// Names are compared in lower case and without "@". Other names than the
// documented ones stand for these:
//
//	category     type, eventtype
//	hostname     host, source_host
//	processid    pid
//	processname  pname, program, sourcename
//	severity     level, priority, severityvalue, syslogseverity
//	source       facility
//	facility     syslogfacility
//	summary      message; payload, where there is no summary
//	timestamp    utctimestamp, eventtime, date
//	eventsource  path, logger, file
//	details      fields
//
// Of several members for one attribute the last counts, of tags all. Values are
// stored as text, severity in upper case, but source, tags and details as they
// are. Members of details and fields are merged, and details.message takes what
// is no object. A member called details.X or fields.X becomes one of details: a
// number if X ends in _int or _float, else text. So do sourceip, as
// eventsourceipaddress, and payload beside a summary. All other members are
// lost. What is missing is UNKNOWN, [] or {}.
//
// # Times
//
// The time of the event becomes timestamp and utctimestamp, in UTC and cut to
// microseconds. Read are RFC 3339 and other ISO 8601 times, RFC 822, syslog and
// ctime, web server logs, a date or a time alone, and integers of 10, 13, 16 or
// 19 digits: seconds, milliseconds, microseconds or nanoseconds since 1970. An
// integer of another length is read by the server's formula, which gives no time
// that anyone meant. A missing year is this one, a missing date today, and a
// time without offset one of the server's zone.
//
// # Notes
//
// The notes tell of what the event does not show, all as warnings: members that
// are dropped (attribute_unknown, attribute_read_only) or replaced by a later
// one (attribute_overwritten), with pointers into data and where that is in the
// text, unless it came packed, in base64 or an SNS message; and plugins that the
// server runs for a word that stands anywhere in the event (plugin_may_alter),
// with a pointer to the word in the event.
//
// Plugins may alter or drop an event. They are not applied, as they are a matter
// of the server's installation, but for ipFixup if WithIPFixup asks for it. What
// is part of the format is looked at, however: an event of category
// complianceitems that is no compliance item is dropped, and so is what is
// posted to /custom/vulnerability and is no vulnerability. What the index
// refuses is not; Check reports that.
//
// # Slips of the server
//
// These are not repeated. The server takes any part of the words tags and
// payload for the whole, such as "a". Of the Windows events of nxlog (with Domain
// and SourceModuleType) it keeps the last member only, in details; meant, and
// done here, is all of them. Under Python 3 it stores no compliance item at all.
// NaN and Infinity, which it accepts, are no JSON.
func Normalize(data []byte, opts ...NormalizeOption) (*Event, []secmodel.Violation, error) {
	o := normalizeOptions{zone: time.UTC, worker: eventTask}
	for _, opt := range opts {
		opt(&o)
	}
	if o.received.IsZero() {
		o.received = time.Now()
	}
	n := normalizer{normalizeOptions: o, now: o.received.In(o.zone), from: map[string]origin{}}
	if err := n.read(data); err != nil {
		return nil, nil, err
	}
	if err := n.finish(); err != nil {
		return nil, nil, err
	}
	event := new(Event)
	if err := event.UnmarshalJSON(n.root.json()); err != nil {
		return nil, nil, err
	}
	if !n.packed {
		wire.Locate(data, n.notes)
	}
	for i := range n.notes {
		n.notes[i].Message = wire.Brief(n.notes[i].Message)
	}
	return event, append(n.notes, pluginNotes(&n.root, n.applied)...), nil
}

// NormalizeOption is an option of Normalize.
type NormalizeOption func(*normalizeOptions)

type normalizeOptions struct {
	received        time.Time
	zone            *time.Location
	host            string
	worker          worker
	queue, endpoint string
	ipFixup         bool
}

// worker is one of the server's programs that store documents.
type worker int

const (
	eventTask worker = iota // from RabbitMQ, where HTTP leads to
	fromSQS
	fromSNS
)

// WithReceived says when the server received the document: receivedtimestamp,
// the time of events that have none, and what an incomplete time is completed
// from. Without it that is the current time.
func WithReceived(at time.Time) NormalizeOption {
	return func(o *normalizeOptions) { o.received = at }
}

// WithZone says in which zone the server's clock is, which holds for times
// without offset. Without it, and for nil, that is UTC.
func WithZone(zone *time.Location) NormalizeOption {
	return func(o *normalizeOptions) { o.zone = cmp.Or(zone, time.UTC) }
}

// WithServer gives the name of the server's host, for mozdefhostname. Without it
// that is absent.
func WithServer(hostname string) NormalizeOption {
	return func(o *normalizeOptions) { o.host = hostname }
}

// WithEndpoint says that the document was posted to /custom/name. Such documents
// keep their members as they are, of which those that events lack are in Extra,
// and get type, endpoint and customendpoint, and what a stored document has at
// least. The name of vulnerabilities is "vulnerability".
func WithEndpoint(name string) NormalizeOption {
	return func(o *normalizeOptions) { o.endpoint = name }
}

// WithSQS says that the document came through the queue of this name of Amazon
// SQS, as JSON or as base64 of it. Its worker knows fewer names than that of
// HTTP: not sourceip, date, priority and program; facility is the source only.
// Tags must be an array, else the worker stops; the name of the queue is added.
func WithSQS(queue string) NormalizeOption {
	return func(o *normalizeOptions) { o.worker, o.queue = fromSQS, queue }
}

// WithSNS says that the document is a notification of Amazon SNS, which came
// through the queue of SQS of this name. The event is in its member Message.
// Names are compared as they are written, and only type, pid, pname, time,
// payload, message and fields are known beside the documented ones; members of
// other names go to details. Severity is INFO, and the name of the queue is the
// only tag. A Message that is no JSON, or has a time that is none, is the
// summary. Pointers into the message begin with /Message.
func WithSNS(queue string) NormalizeOption {
	return func(o *normalizeOptions) { o.worker, o.queue = fromSNS, queue }
}

// WithIPFixup applies the server's plugin ipFixup, which runs wherever details
// have an address. IPv4 addresses are copied to sourceipv4address and
// destinationipv4address, from src, srcip, dst, dstip, cluster_client_ip and
// http_x_forwarded_for too; IPv6 addresses move to sourceipv6address and
// destinationipv6address and leave 0.0.0.0 and a note in errors; anything else
// moves to source and destination and leaves null.
func WithIPFixup() NormalizeOption { return func(o *normalizeOptions) { o.ipFixup = true } }
