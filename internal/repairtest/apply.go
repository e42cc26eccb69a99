// Package repairtest checks what holds of every repair of a document.
package repairtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsonequal"
)

// Apply makes the changes that a list of repairs reports in the JSON text of the
// document as it came in. It fails where a report does not tell what is there.
func Apply(text []byte, list []secmodel.Repaired) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var doc any
	if err := d.Decode(&doc); err != nil {
		return nil, err
	}
	a := application{doc: doc, moved: map[string]string{}, within: map[string]string{}}
	for _, r := range list {
		if err := a.apply(r); err != nil {
			return nil, fmt.Errorf("%v: %w", r, err)
		}
	}
	return json.Marshal(a.doc)
}

// application is a document that repairs are applied to.
type application struct {
	doc any
	// moved says where the value now stands that stood at a pointer, within
	// where what is within it stands, if that is elsewhere.
	moved, within map[string]string
}

// now returns where what stood at a pointer stands now.
func (a *application) now(pointer string) string {
	if to, ok := a.moved[pointer]; ok {
		return to
	}
	for p := pointer; p != ""; {
		p = p[:strings.LastIndexByte(p, '/')]
		if to, ok := a.within[p]; ok {
			return to + pointer[len(p):]
		}
		if to, ok := a.moved[p]; ok {
			return to + pointer[len(p):]
		}
	}
	return pointer
}

func (a *application) apply(r secmodel.Repaired) error {
	at := a.now(r.Pointer)
	found, ok := a.get(r.Target)
	if r.Target == "" || !ok {
		found, ok = a.get(at)
	}
	if !ok {
		return fmt.Errorf("there is nothing at %s", at)
	}
	before, err := json.Marshal(found)
	if err != nil {
		return err
	}
	if err := jsonequal.Equal(before, r.Before, true); err != nil {
		return fmt.Errorf("before it was %s: %w", before, err)
	}
	if r.Target != at && !strings.HasPrefix(r.Target, at+"/") {
		a.set(at, nil, true)
	}
	if r.Target == "" {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(r.After))
	d.UseNumber()
	var after any
	if err := d.Decode(&after); err != nil {
		return err
	}
	a.set(r.Target, after, false)
	switch r.Code {
	case secmodel.RepairArray:
		a.within[r.Pointer] = r.Target + "/0"
	case secmodel.RepairScalar:
		a.moved[r.Pointer+"/0"] = r.Target
	}
	a.moved[r.Pointer] = r.Target
	return nil
}

// tokens splits a JSON Pointer.
func tokens(pointer string) []string {
	list := strings.Split(pointer, "/")[1:]
	for i, token := range list {
		list[i] = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
	}
	return list
}

func (a *application) get(pointer string) (v any, ok bool) {
	v = a.doc
	for _, token := range tokens(pointer) {
		switch x := v.(type) {
		case map[string]any:
			if v, ok = x[token]; !ok {
				return nil, false
			}
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(x) {
				return nil, false
			}
			v = x[i]
		default:
			return nil, false
		}
	}
	return v, true
}

// set puts a value at a pointer, or removes what stands there.
func (a *application) set(pointer string, value any, remove bool) {
	i := strings.LastIndexByte(pointer, '/')
	parent, ok := a.get(pointer[:i])
	if !ok {
		return
	}
	last := tokens(pointer)
	name := last[len(last)-1]
	switch x := parent.(type) {
	case map[string]any:
		if x[name] = value; remove {
			delete(x, name)
		}
	case []any:
		if i, err := strconv.Atoi(name); err == nil && !remove && i < len(x) {
			x[i] = value
		}
	}
}

// Equal returns nil if two JSON texts are equal, numbers as 64-bit floats.
func Equal(a, b []byte) error { return jsonequal.Equal(a, b, true) }
