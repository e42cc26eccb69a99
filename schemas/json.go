package schemas

import (
	"bytes"
	"encoding/json"
)

// schema is a plain JSON Schema; its fields stand in the order of the text.
type schema struct {
	Dialect              Dialect     `json:"$schema,omitempty"`
	ID                   string      `json:"$id,omitempty"`
	ID04                 string      `json:"id,omitempty"` // $id until draft-04
	Title                string      `json:"title,omitempty"`
	Ref                  string      `json:"$ref,omitempty"`
	Type                 any         `json:"type,omitempty"` // string or []string
	Const                any         `json:"const,omitempty"`
	Enum                 []any       `json:"enum,omitempty"`
	Pattern              string      `json:"pattern,omitempty"`
	Format               string      `json:"format,omitempty"`
	Minimum              json.Number `json:"minimum,omitempty"`
	ExclusiveMinimum     any         `json:"exclusiveMinimum,omitempty"` // json.Number; in draft-04 true
	Maximum              json.Number `json:"maximum,omitempty"`
	ExclusiveMaximum     any         `json:"exclusiveMaximum,omitempty"` // as ExclusiveMinimum
	MinLength            *int        `json:"minLength,omitempty"`
	MaxLength            *int        `json:"maxLength,omitempty"`
	Items                *schema     `json:"items,omitempty"`
	Properties           members     `json:"properties,omitzero"`
	Required             []string    `json:"required,omitempty"`
	AdditionalProperties *bool       `json:"additionalProperties,omitempty"`
	MinProperties        int         `json:"minProperties,omitempty"`
	AllOf                []*schema   `json:"allOf,omitempty"`
	AnyOf                []*schema   `json:"anyOf,omitempty"`
	OneOf                []*schema   `json:"oneOf,omitempty"`
	Not                  *schema     `json:"not,omitempty"`
	If                   *schema     `json:"if,omitempty"`
	Then                 *schema     `json:"then,omitempty"`
	Defs                 members     `json:"$defs,omitzero"`
	Definitions          members     `json:"definitions,omitzero"` // $defs until draft-07
}

// members is an object of schemas that keeps its order.
type members []member

type member struct {
	name   string
	schema *schema
}

// MarshalJSON implements json.Marshaler.
func (m members) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, e := range m {
		if i > 0 {
			b = append(b, ',')
		}
		name, err := encode(e.name)
		if err != nil {
			return nil, err
		}
		value, err := encode(e.schema)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, name...), ':'), value...)
	}
	return append(b, '}'), nil
}

// text writes the schema as indented JSON.
func (s *schema) text() ([]byte, error) {
	compact, err := encode(s)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, compact, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// encode writes compact JSON, leaving what only HTML minds as it is.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
