package ocsf

import (
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/wire"
)

// crosswalk names the rules by which ForVersion converts, with their version.
// Old versions of the rules stay in the library, so that what they made can be
// restored.
const crosswalk = "ocsf-ocsf/1"

// ForVersion returns the event as another release allows it, older or newer:
// "1.3.0". The input is not changed. The error is secmodel.ErrVersion if the
// release is not known, a *secmodel.EncodeError if the event cannot be written,
// or a *secmodel.SyntaxError if what is left of it is empty objects beyond the
// limit of memory; an event that is not valid converts too.
//
// Attributes, enumeration values and profiles that the other release does not
// have go to the residue, which is kept in the attribute unmapped, as ocsf (the
// event's values by JSON Pointer) and secmodel (what restoring them takes).
// Restore gets the event back from it exactly. Beside that:
//
//   - An event of a class that the release does not have becomes a base event,
//     whose activity_id is 99 (other).
//   - A value that an enumeration of the release does not have becomes 99 where
//     it has that one, and the caption of the value stays beside it. A number that
//     means something else there becomes the number of its meaning.
//   - Captions become those of the release, where they were right before.
//   - Attributes that are a single value in one release and a list in the other,
//     or an integer and a string, change their shape; of several values the first
//     is taken.
//   - type_uid follows class_uid and activity_id. If the event lacks one of
//     activity_id, category_uid and type_uid, which follow from one another, and
//     the release demands it, it is filled and reported (derived). Nothing else is.
//
// An object that lacks what the release demands of it goes to the residue
// (target_constraint). What the release demands of the event itself, and the
// event does not have, is not invented: the result lacks it, and the report has
// a requirement_unmet. Apart from that the result is valid.
//
// An event of that release already is returned as it is, as a copy. Converting
// an event that carries a residue puts that residue into the new one, and
// Restore undoes one conversion at a time.
func ForVersion(e Event, version string) (Event, secmodel.ConversionReport, error) {
	from, to, report, err := residue.Begin(e, version)
	if err != nil {
		return nil, report, err
	}
	if name, _, _ := wire.VersionOf(e); name == version {
		return duplicate(e), report, nil
	}
	source, err := residue.Document(e)
	if err != nil {
		return nil, report, err
	}

	c := conversion{from: from, to: to, notes: residue.Notes{}}
	target := residue.Copy(source)
	c.event(target)
	c.name(target)
	c.derive(target)
	unmet, err := c.fit(target)
	if err != nil {
		return nil, report, err
	}
	back := restored(target, from, to)
	carrier := residue.Carrier{
		Format: Format, Crosswalk: crosswalk, From: table.Versions[from], To: version,
		Residue: residue.Between(back, source),
	}
	report.Entries = append(append(c.notes.Changes(carrier.Residue), c.derived...), unmet...)
	attach(target, &carrier)
	out, err := decode(target)
	if err != nil {
		return nil, report, err
	}
	report.To = out.Identity()
	return out, report, nil
}

// Restore undoes ForVersion: it returns the event that e was made from. What
// has been edited since stays as edited and is reported (residue_superseded), as
// is what the edit left no place for (residue_orphaned); Lossless says that
// there is no such thing. An event that carries no residue is returned as it is,
// as a copy, and so is one whose residue was made by rules that this release of
// the library does not have (crosswalk_version_unknown). The input is not
// changed.
//
// A residue is data from whoever sent the event: what Restore returns is what
// the sender says the event was.
func Restore(e Event) (Event, secmodel.ConversionReport, error) {
	const pointer = "/unmapped/secmodel"
	report := residue.NewReport(e)
	target, err := residue.Document(e)
	if err != nil {
		return nil, report, err
	}
	unmapped, _ := target["unmapped"].(map[string]any)
	carrier, complete, err := residue.Open(unmapped, Format)
	if err != nil || !carrier.Of(crosswalk) {
		return duplicate(e), report, nil // it carries none, or that of another format
	}
	from, to, known := carrier.Versions(&table, crosswalk)
	if !known {
		carrier.Refuse(&report, pointer)
		return duplicate(e), report, nil
	}
	detach(target)
	source := restored(target, from, to)
	carrier.Restore(source, complete, &report, pointer)
	out, err := decode(source)
	if err != nil {
		return nil, report, err
	}
	report.To = out.Identity()
	return out, report, nil
}

// restored returns what conversion alone makes of a target, without its
// residue, on the way back to the release of the source.
func restored(target map[string]any, from, to int) map[string]any {
	back := residue.Copy(target)
	c := conversion{from: to, to: from}
	c.event(back)
	if metadata, ok := back["metadata"].(map[string]any); ok && metadata["version"] == table.Versions[to] {
		metadata["version"] = table.Versions[from]
	}
	return back
}

// duplicate returns a deep copy of an event.
func duplicate(e Event) Event {
	c := classOf(e).New()
	wire.CloneInto(e, c)
	return c
}

func decode(doc map[string]any) (Event, error) {
	text := residue.Text(doc)
	return unmarshal(text, &wire.Decoder{MaxDepth: len(text)})
}

// attach puts the carrier into unmapped.
func attach(doc map[string]any, c *residue.Carrier) {
	unmapped, _ := doc["unmapped"].(map[string]any)
	if unmapped == nil {
		unmapped = map[string]any{}
		doc["unmapped"] = unmapped
	}
	for name, v := range c.Members() {
		unmapped[name] = v
	}
}

// detach takes what may be a carrier out of unmapped, and unmapped away if it
// has nothing else to hold.
func detach(doc map[string]any) {
	unmapped, ok := doc["unmapped"].(map[string]any)
	if ok {
		residue.Take(unmapped, Format)
	}
	if len(unmapped) == 0 {
		delete(doc, "unmapped")
	}
}
