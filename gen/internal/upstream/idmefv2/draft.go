package idmefv2

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// draft is one draft's own JSON Schema.
type draft struct {
	version string // as documents name it: "2.D.V08"
	root    *schema
}

// preview reports whether the draft is one in the making.
func (d *draft) preview() bool { return strings.HasSuffix(d.version, "-Dev") }

// schema is a JSON Schema of draft-04, as far as IDMEFv2 uses the language. A
// keyword that is not here makes reading fail: what it says must not be lost.
type schema struct {
	Dialect              string     `json:"$schema"`
	Title                string     `json:"title"`
	Description          string     `json:"description"`
	Definitions          schemas    `json:"definitions"`
	Ref                  string     `json:"$ref"`
	Type                 stringList `json:"type"`
	Properties           schemas    `json:"properties"`
	AdditionalProperties *bool      `json:"additionalProperties"`
	Required             []string   `json:"required"`
	Items                *schema    `json:"items"`
	Enum                 []string   `json:"enum"`
	Pattern              string     `json:"pattern"`
	Format               string     `json:"format"`
	Minimum              *float64   `json:"minimum"`
	ExclusiveMinimum     bool       `json:"exclusiveMinimum"`
	Maximum              *float64   `json:"maximum"`
}

// is reports whether name is the only type of the schema.
func (s *schema) is(name string) bool { return len(s.Type) == 1 && s.Type[0] == name }

// stringList is one string, or an array of strings.
type stringList []string

// UnmarshalJSON implements json.Unmarshaler.
func (l *stringList) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*l = stringList{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(l))
}

// schemas is an object of schemas in the order of the text, which is that of
// the specification.
type schemas []named

type named struct {
	name   string
	schema *schema
}

// get returns the schema called name, nil if there is none.
func (l schemas) get(name string) *schema {
	for _, n := range l {
		if n.name == name {
			return n.schema
		}
	}
	return nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *schemas) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if tok, err := dec.Token(); err != nil || tok != json.Delim('{') {
		return errors.Join(err, errors.New("want an object of schemas"))
	}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return err
		}
		name := tok.(string) // the decoder admits nothing else here
		if l.get(name) != nil {
			return fmt.Errorf("%q occurs twice", name)
		}
		s := &schema{}
		if err := dec.Decode(s); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		*l = append(*l, named{name, s})
	}
	return nil
}

// readDraft reads the schema in the directory dir. The draft is known by the
// version that its messages have to name.
func readDraft(fsys fs.FS, dir string) (*draft, error) {
	data, err := fs.ReadFile(fsys, path.Join(dir, fileName))
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	d := &draft{root: &schema{}}
	if err := dec.Decode(d.root); err != nil {
		return nil, err
	}
	v := d.root.Properties.get(versionAttribute)
	if v == nil || len(v.Enum) != 1 {
		return nil, fmt.Errorf("%s is not an enumeration of one value, so the draft can not be told", versionAttribute)
	}
	d.version = v.Enum[0]
	return d, nil
}
