package ocsf

import (
	"encoding/json"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/wire"
)

// ForVersion returns the bundle with each event as another release allows it, as
// the function ForVersion converts it by itself. Pointers in the report lead to
// the event's place in the bundle, "/events/1/user/display_name". What else the
// bundle has is the same in every release. b is not changed.
//
// The error is secmodel.ErrVersion if the release is not known, or a
// *secmodel.EncodeError if an event is nil or cannot be written. Elements of
// events that are no objects stay as they are.
func (b *Bundle) ForVersion(version string) (*Bundle, secmodel.ConversionReport, error) {
	if _, err := residue.Target(&table, version); err != nil {
		return nil, secmodel.ConversionReport{}, err
	}
	out, report, err := b.convert(func(e Event) (Event, secmodel.ConversionReport, error) { return ForVersion(e, version) })
	if err == nil {
		report.To.Version = version // also where there is no event
	}
	return out, report, err
}

// Restore undoes ForVersion: it returns the bundle with each event restored, as
// the function Restore does it. Lossless says that all of them came back
// exactly. b is not changed.
func (b *Bundle) Restore() (*Bundle, secmodel.ConversionReport, error) { return b.convert(Restore) }

// convert returns the bundle with each event converted, and the joint report.
func (b *Bundle) convert(f func(Event) (Event, secmodel.ConversionReport, error)) (*Bundle, secmodel.ConversionReport, error) {
	report := residue.NewReport(b)
	event := func(i int, e Event) (Event, error) {
		if e == nil {
			return nil, &secmodel.EncodeError{Pointer: eventPointer(i), Msg: noEvent}
		}
		out, one, err := f(e)
		if err != nil {
			return nil, inEvent(i, err)
		}
		at := eventPointer(i)
		for _, c := range one.Entries {
			c.Pointer = at + c.Pointer
			if c.Target != "" {
				c.Target = at + c.Target
			}
			report.Entries = append(report.Entries, c)
		}
		report.Lossless = report.Lossless && one.Lossless
		return out, nil
	}
	shell := *b
	shell.Events = nil
	out := shell.Clone()
	var err error
	if b.Events != nil {
		out.Events = make([]Event, len(b.Events))
		for i, e := range b.Events {
			if out.Events[i], err = event(i, e); err != nil {
				return nil, secmodel.ConversionReport{}, err
			}
		}
	} else if elements, list := wire.Elements(out.Extra["events"]); list {
		if out.Extra["events"], err = convertElements(elements, event); err != nil {
			return nil, secmodel.ConversionReport{}, err
		}
	}
	report.To = out.Identity()
	return out, report, nil
}

// convertElements converts a list of which not every element is an event.
func convertElements(elements []json.RawMessage, event func(int, Event) (Event, error)) (json.RawMessage, error) {
	list := []byte{'['}
	for i, element := range elements {
		if i > 0 {
			list = append(list, ',')
		}
		e, err := unmarshal(element, &wire.Decoder{MaxDepth: len(element) + 1})
		if err != nil { // no object
			list = append(list, element...)
			continue
		}
		if e, err = event(i, e); err != nil {
			return nil, err
		}
		if list, err = e.AppendJSON(list); err != nil {
			return nil, inEvent(i, err)
		}
	}
	return append(list, ']'), nil
}
