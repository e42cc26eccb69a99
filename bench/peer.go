package main

import "encoding/json"

// library decodes JSON to structs and encodes them. It checks nothing, unless
// it says so.
type library struct {
	name   string
	module string // whose version is printed; "" for the standard library
	// new makes a value to decode a class to; nil stands for the mirror. It says
	// why if there is none for the class.
	new       func(c *class) (v any, why string)
	unmarshal func(data []byte, v any) error
	marshal   func(v any) ([]byte, error)
	// writer, if not nil, makes a function that encodes into memory which it uses
	// again.
	writer func() func(v any) ([]byte, error)
	// reuses says to decode into a struct that was decoded to before, as well. What
	// the next document does not have would stay there, unlike with our Decoder, so
	// that this is compared on the single documents only.
	reuses bool
	checks bool // decoding is refused for what the schema rejects
}

// Behind the names of libraries that use memory again.
const (
	structReused = ", struct reused"
	bufferReused = ", buffer reused"
)

// value makes a value to decode a class to.
func (l *library) value(c *class) (v any, why string) {
	if l.new == nil {
		return c.mirror(), ""
	}
	return l.new(c)
}

// validator checks decoded JSON against a JSON Schema.
type validator struct {
	name   string
	module string
	// decode makes of a text what check wants.
	decode  func(data []byte) (any, error)
	compile func(schema []byte) (check func(v any) error, err error)
}

// scanner reads a text without giving it to anyone.
type scanner struct {
	name   string
	module string
	scan   func(data []byte) error
}

// libraries are the peers that decode to structs.
func libraries() []library {
	return append([]library{encodingJSON, experiment, sonicLibrary, goccy}, heavyLibraries()...)
}

// validators are the peers that check decoded JSON.
func validators() []validator { return []validator{santhosh5, santhosh6} }

// scanners are the peers that only parse, and the floor below all of them.
func scanners() []scanner {
	return []scanner{validJSON, sonicValid, newFastjson(), newSimdjson(), newCopy()}
}

// absent are peers that cannot be compared, and why.
func absent() map[string]string {
	list := map[string]string{
		"ocsf-toolkit": "is on no module proxy under the path in its go.mod, github.com/ocsf/ocsf-processor, nor under that of its repository",
	}
	for name, why := range heavyAbsent() {
		list[name] = why
	}
	return list
}

// singlesOnly says why a peer is not compared on the mixed stream.
const singlesOnly = "compared on the single documents only"

// toAny decodes with encoding/json to maps and slices.
func toAny(data []byte) (v any, err error) {
	return v, json.Unmarshal(data, &v)
}
