package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
)

// text is one JSON text of a document.
type text struct {
	class *class
	data  []byte
}

// document is what is read and written in one comparison: a single text, or
// several that come in turn.
type document struct {
	name     string
	large    bool   // one that the bars are stated for, if it is there
	texts    []text // members in the order of the schema
	shuffled []text // the same with members in many orders
}

// size is the mean size of the texts in bytes.
func (d *document) size() int {
	n := 0
	for _, t := range d.texts {
		n += len(t.data)
	}
	return n / len(d.texts)
}

// order returns the texts in one of the orders.
func (d *document) order(o order) []text {
	if o == shuffled {
		return d.shuffled
	}
	return d.texts
}

// order says in which order the members of objects come.
type order string

const (
	schema   order = "schema"   // always that of the schema
	shuffled order = "shuffled" // another one each time
)

// shuffles is how many orders rotate.
const shuffles = 64

// source is a file with a document.
type source struct {
	file  string // in testdata, or beside the repository
	class *class
}

// The documents of their own columns, then those that are only part of the
// mixed stream. Those in ../shared are of third parties, and not everywhere.
var (
	singles = []struct {
		name  string
		large bool
		source
	}{
		{"idmef", false, source{"idmefv2/08-full.valid.json", &message}},
		{"finding", false, source{"ocsf/detection_finding-ransomware.valid.json", &finding}},
		{"auth", false, source{"ocsf/authentication-ssh.valid.json", &auth}},
		{"mozdef", false, source{"mozdef/event-login.valid.json", &event}},
		{"idmef-2k", true, source{"../../shared/corpus/bench/idmef.json", &message06}},
		{"finding-5k", true, source{"../../shared/corpus/bench/finding.json", &finding}},
		{"auth-2k", true, source{"../../shared/corpus/bench/auth.json", &auth}},
	}
	others = []source{
		{"idmefv2/08-minimal.valid.json", &message},
		{"idmefv2/08-full.valid.json", &message},
		{"ocsf/detection_finding-ransomware.valid.json", &finding},
		{"ocsf/authentication-ssh.valid.json", &auth},
		{"ocsf/account_change-mfa.valid.json", &account},
		{"ocsf/api_activity-cloud.valid.json", &api},
		{"ocsf/dns_activity-query.valid.json", &dns},
		{"ocsf/file_activity-rename.valid.json", &file},
		{"ocsf/http_activity-proxy.valid.json", &http},
		{"ocsf/network_activity-flow.valid.json", &network},
		{"ocsf/process_activity-launch.valid.json", &process},
		{"ocsf/vulnerability_finding-cve.valid.json", &weakness},
		{"mozdef/event-login.valid.json", &event},
		{"mozdef/event-web.valid.json", &event},
		{"mozdef/alert.valid.json", &alert},
		{"mozdef/compliance.valid.json", &compliance},
	}
)

// mixed is the name of the stream of different documents.
const mixed = "mixed"

// load reads all documents. dir is the root of the repository.
func load(dir string) ([]document, error) {
	var list []document
	for _, s := range singles {
		t, err := s.load(dir)
		if errors.Is(err, fs.ErrNotExist) && s.large {
			continue
		} else if err != nil {
			return nil, err
		}
		list = append(list, document{name: s.name, large: s.large, texts: []text{t}})
	}
	stream := document{name: mixed}
	for _, s := range others {
		t, err := s.load(dir)
		if err != nil {
			return nil, err
		}
		stream.texts = append(stream.texts, t)
	}
	list = append(list, stream)
	for i := range list {
		d := &list[i]
		for n := range shuffles {
			t := d.texts[n%len(d.texts)]
			r := rand.New(rand.NewPCG(uint64(i), uint64(n)))
			d.shuffled = append(d.shuffled, text{t.class, shuffle(t.data, r)})
		}
	}
	return list, nil
}

// load reads a document into the form that all candidates can read: compact, in
// the order of the schema, valid, and without what no JSON library can decode to a
// mirror: members that have no field, and integers that may be strings.
func (s *source) load(dir string) (text, error) {
	data, err := os.ReadFile(filepath.Join(dir, "testdata", s.file))
	if err != nil {
		return text{}, err
	}
	m := s.class.new()
	if err := m.UnmarshalJSON(data); err != nil {
		return text{}, fmt.Errorf("%s: %w", s.file, err)
	}
	reduce(reflect.ValueOf(m))
	adapt(m)
	if err := m.Validate(); err != nil {
		return text{}, fmt.Errorf("%s: %w", s.file, err)
	}
	data, err = m.AppendJSON(nil)
	return text{s.class, data}, err
}

// adapt takes out of the documents of third parties what encoding/json cannot
// decode to a mirror, and what the newest rules find fault with.
func adapt(m model) {
	switch m := m.(type) {
	case *idmefv2.Message:
		if *m.Version == idmefv2.VersionV06 {
			m.Status = nil // one string in that draft, a list since
		}
	case *ocsf.DetectionFinding:
		if i := slices.Index(m.Metadata.Profiles, "linux"); i >= 0 {
			m.Metadata.Profiles[i] = "host" // the one that its actor needs
		}
	}
}

// reduce removes the members that structs have no field for, and those that are
// an integer or a string.
func reduce(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*mozdef.IntOrString]() {
			v.SetZero()
		} else if !v.IsNil() {
			reduce(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			reduce(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "Extra" {
				v.Field(i).SetZero()
			} else {
				reduce(v.Field(i))
			}
		}
	}
}
