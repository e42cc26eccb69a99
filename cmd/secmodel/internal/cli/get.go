package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/spf13/cobra"
)

// getFlags are the flags of get.
type getFlags struct {
	output outputFlag
	input  inputFlags
}

// newGet returns the command get, whose flags set f.
func newGet(c *console, f *getFlags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "get PATH [FILE...]",
		Short: "Write the values at a path, of all documents",
		Long: `Get writes the values that documents have at a path, each on a line. A path is

  src_endpoint.ip     of OCSF: names with dots between them; where a list stands
                      it goes to all elements, or to one: answers[0].rdata
  Source(0).IP        of IDMEFv2, as the drafts write it; without a number it
                      goes to the first element
  details.hostname    of MozDef: names with dots between them
  /Source/0/IP        a JSON Pointer (RFC 6901), of any format

and is looked up in the documents of each format that it fits. A text is written
as it is, or as JSON if it has line breaks or other characters that are not
visible; anything else as JSON. With --output json each value is an object with
the members file, record, pointer and value.

` + inputHelp + `
Exit codes:
  0    at least one document has a value there, and all could be read
  1    no document has, or at least one could not be read
` + exitHelp,
		Example: `  # Who logged in?
  secmodel get user.name login.json

  # Which addresses occur most often?
  secmodel get 'Source(0).IP' alerts | sort | uniq -c | sort -rn

  # With the place of each value
  secmodel get --output json /Analyzer/IP alert.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("say which path to look up")
			}
			if err := checkPath(args[0]); err != nil {
				return err
			}
			return checkInputs(cmd, args[1:])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return get(cmd.Context(), c, args[0], args[1:], f)
		},
	}
	cmd.Flags().SortFlags = false
	f.output.name = outputs()[0]
	cmd.Flags().Var(&f.output, "output", "form of the output: for people or for machines")
	f.input.add(cmd)
	complete(cmd, "output", outputs())
	return cmd
}

// checkPath returns an error if no format has such a path.
func checkPath(path string) error {
	if strings.HasPrefix(path, "/") {
		return nil
	}
	_, idmef := idmefv2.ParsePath(path)
	if _, err := ocsf.Get(new(ocsf.BaseEvent), path); idmef != nil && errors.Is(err, ocsf.ErrPath) {
		return fmt.Errorf("%q is no path: it is neither a JSON Pointer, nor one of OCSF (%s), nor one of IDMEFv2 (%s)", path, err, idmef)
	}
	return nil
}

// value is a value in a document.
type value struct {
	Pointer string          `json:"pointer"`
	Value   json.RawMessage `json:"value"`
}

// got is what get writes of one document.
type got struct {
	output, report []byte
	values         int
}

// get writes the values of the documents of all inputs.
func get(ctx context.Context, c *console, path string, args []string, f *getFlags) error {
	t := transformer{input: f.input}
	asJSON := f.output.name == "json"
	work := func(d *document) got {
		ch, ok := t.load(d)
		if !ok {
			v := ch.violations[0]
			v.Message = strings.TrimSuffix(v.Message, "; left out")
			d.toFile(&v)
			return got{report: d.appendText(nil, &v, look{})}
		}
		list := lookUp(ch.message, path)
		g := got{values: len(list)}
		for _, v := range list {
			if asJSON {
				g.output = append(g.output, jsonLine(struct {
					File   string `json:"file"`
					Record int    `json:"record"`
					value
				}{d.file, d.Number, v})...)
			} else {
				g.output = append(append(g.output, plain(v.Value)...), '\n')
			}
		}
		return g
	}
	documents, values, faults := 0, 0, 0
	o := pipeline(ctx, c, args, &f.input, work, func(g got) bool {
		documents++
		values += g.values
		if len(g.report) > 0 {
			faults++
			c.faults.Add(1)
			c.errorln(strings.TrimSuffix(string(g.report), "\n"))
		}
		_, err := c.out.Write(g.output)
		return err == nil
	})
	if o.flush(c) && o.note() != "" {
		c.errorln(count(values, "value") + " of " + count(documents, "document") + o.note())
	}
	return o.finish(values > 0 && faults == 0)
}

// plain gives a value for people: a text as it is if it can be seen, else JSON.
func plain(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil && strings.IndexFunc(text, hidden) < 0 {
		return text
	}
	return string(raw)
}

// lookUp returns the values at a path of a message; none if its format has no
// such path.
func lookUp(m secmodel.Message, path string) []value {
	if strings.HasPrefix(path, "/") {
		return follow(m, path)
	}
	switch m := m.(type) {
	case *idmefv2.Message:
		p, err := idmefv2.ParsePath(path)
		if err != nil {
			return nil
		}
		if v, ok := p.Get(m); ok {
			return []value{{idmefPointer(m, p.String()), rawValue(v)}}
		}
	case ocsf.Event:
		return ocsfValues(m, "", path)
	case *ocsf.Bundle:
		var list []value
		for i, e := range m.Events {
			list = append(list, ocsfValues(e, fmt.Sprintf("/events/%d", i), path)...)
		}
		return list
	default:
		return follow(m, "/"+strings.ReplaceAll(path, ".", "/"))
	}
	return nil
}

// idmefPointer returns the JSON Pointer of the value that a path in its normal
// form, which leaves out the index 0, leads to.
func idmefPointer(m *idmefv2.Message, path string) string {
	text, err := m.AppendJSON(nil)
	if err != nil {
		return ""
	}
	at, pointer := json.RawMessage(text), ""
	for part := range strings.SplitSeq(path, ".") {
		name, index, _ := strings.Cut(strings.TrimSuffix(part, ")"), "(")
		at, pointer = step(at, name), pointer+"/"+name
		if strings.HasPrefix(string(at), "[") {
			index = cmp.Or(index, "0")
			at, pointer = step(at, index), pointer+"/"+index
		}
	}
	return pointer
}

// ocsfValues returns the values at a path of an event, whose own place is prefix.
func ocsfValues(e ocsf.Event, prefix, path string) []value {
	found, err := ocsf.Get(e, path)
	if err != nil {
		return nil // neither the class nor the event has such an attribute
	}
	list := make([]value, len(found))
	for i, a := range found {
		list[i] = value{prefix + a.Pointer, rawValue(a.Value)}
	}
	return list
}

// rawValue gives a value of a message as JSON.
func rawValue(v any) json.RawMessage {
	return json.RawMessage(strings.TrimSuffix(string(jsonLine(v)), "\n"))
}

// follow returns the value at a JSON Pointer, if there is one.
func follow(m secmodel.Message, pointer string) []value {
	text, err := m.AppendJSON(nil)
	if err != nil {
		return nil
	}
	at := json.RawMessage(text)
	for _, name := range strings.Split(pointer, "/")[1:] {
		if at = step(at, strings.NewReplacer("~1", "/", "~0", "~").Replace(name)); at == nil {
			return nil
		}
	}
	return []value{{pointer, at}}
}

// step returns a member or an element of a value, nil if there is none.
func step(raw json.RawMessage, name string) json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) == nil {
		return members[name]
	}
	var elements []json.RawMessage
	var index int
	if json.Unmarshal(raw, &elements) != nil || json.Unmarshal([]byte(name), &index) != nil || index < 0 || index >= len(elements) {
		return nil
	}
	return elements[index]
}
