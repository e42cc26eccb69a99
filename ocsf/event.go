package ocsf

import (
	"encoding/json"
	"strconv"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Event is an event of any class: *Authentication, *DetectionFinding and so on.
type Event interface {
	secmodel.Message
	json.Marshaler
	json.Unmarshaler
	wire.Model
	// EventClass returns the class of the Go type. Of a *BaseEvent that was made
	// from an event of an unknown class it is the base class.
	EventClass() Class
	// Common returns the attributes that every event has.
	Common() Common
}

// Common is a snapshot of the attributes that the events of every class and
// release have, whatever their profiles. What its pointers and slices lead to is
// the event's own. Values that do not fit are in the event's Extra, not here.
type Common struct {
	ActivityID     *int64 // a value of the class's own enumeration
	ActivityName   *string
	CategoryName   *string
	CategoryUID    *CategoryUID
	ClassName      *string
	ClassUID       *ClassUID
	Count          *int64
	Duration       *int64 // milliseconds
	EndTime        *Timestamp
	Enrichments    []Enrichment
	Message        *string
	Metadata       *Metadata
	Observables    []Observable
	RawData        *string
	Severity       *string
	SeverityID     *SeverityID
	StartTime      *Timestamp
	Status         *string
	StatusCode     *string
	StatusDetail   *string
	StatusID       *int64 // a value of the class's own enumeration
	Time           *Timestamp
	TimezoneOffset *int64 // minutes
	TypeName       *string
	TypeUID        *int64 // class_uid * 100 + activity_id
	Unmapped       json.RawMessage
}

// common reads the attributes by way of BaseEvent, which has no others. The
// enumerations of activity_id and status_id are the class's own: of another Go
// type, with the same base type.
func common(m wire.Model) Common {
	var b BaseEvent
	wire.Share(&b, m)
	return Common{
		ActivityID:     (*int64)(b.ActivityID),
		ActivityName:   b.ActivityName,
		CategoryName:   b.CategoryName,
		CategoryUID:    b.CategoryUID,
		ClassName:      b.ClassName,
		ClassUID:       b.ClassUID,
		Count:          b.Count,
		Duration:       b.Duration,
		EndTime:        b.EndTime,
		Enrichments:    b.Enrichments,
		Message:        b.Message,
		Metadata:       b.Metadata,
		Observables:    b.Observables,
		RawData:        b.RawData,
		Severity:       b.Severity,
		SeverityID:     b.SeverityID,
		StartTime:      b.StartTime,
		Status:         b.Status,
		StatusCode:     b.StatusCode,
		StatusDetail:   b.StatusDetail,
		StatusID:       (*int64)(b.StatusID),
		Time:           b.Time,
		TimezoneOffset: b.TimezoneOffset,
		TypeName:       b.TypeName,
		TypeUID:        b.TypeUID,
		Unmapped:       b.Unmapped,
	}
}

// New returns an empty event of the class that has this number, nil if there is
// none. The constructors of the classes, as NewAuthentication, fill in what
// follows from the class.
func New(classUID int64) Event { return newEvent(classUID) }

// Unmarshal reads an event into the type of its class, which class_uid says;
// into a *BaseEvent if there is no such class. The error is a
// *secmodel.SyntaxError; nothing else makes it fail, and what is wrong with the
// event is for Check to say. Of the options, MaxDepth limits the nesting, and
// WithVersion says by which release to settle the shape of attributes that were
// single values in one and lists in another, instead of the event's own.
func Unmarshal(data []byte, opts ...secmodel.Option) (Event, error) {
	o := secmodel.NewOptions(opts...)
	return unmarshal(data, &wire.Decoder{MaxDepth: o.MaxDepth, Version: o.Version})
}

func unmarshal(data []byte, d *wire.Decoder) (Event, error) {
	e := New(peekClass(data))
	if e == nil {
		e = new(BaseEvent)
	}
	if err := d.Decode(e, data); err != nil {
		return nil, err
	}
	return e, nil
}

// peekClass returns the class_uid of a document, 0 if there is none.
func peekClass(data []byte) (uid int64) {
	// Decoding reports what is malformed or nested too deeply.
	_ = wire.Members(data, len(data), func(name string, value []byte) bool {
		if name != "class_uid" {
			return true
		}
		uid, _ = strconv.ParseInt(string(value), 10, 64)
		return false
	})
	return uid
}
