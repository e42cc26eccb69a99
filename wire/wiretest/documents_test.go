package wiretest_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// given is a sample, as it is decoded by encoding/json, with a maker of empty
// messages of its class.
type given struct {
	name  string
	value any
	empty func() document
}

// givens returns the samples of a format that are documents.
func givens(t testing.TB, format string) (list []given, values []any) {
	t.Helper()
	for _, s := range jsontest.Samples(t, format) {
		d := json.NewDecoder(bytes.NewReader(s.Data))
		d.UseNumber()
		var v map[string]any
		if d.Decode(&v) != nil {
			continue
		}
		g := given{name: s.File, value: v}
		switch format {
		case "idmefv2":
			g.empty = func() document { return new(idmefv2.Message) }
		case "mozdef":
			g.empty = func() document { return mozdef.New(s.Class).(document) }
		default:
			if ofOCSF(s.Data) == nil {
				continue
			}
			uid := ofOCSF(s.Data).(ocsf.Event).EventClass().UID()
			g.empty = func() document { return ocsf.New(int64(uid)).(document) }
		}
		list = append(list, g)
		values = append(values, v)
	}
	if len(list) == 0 {
		t.Fatalf("%s has no documents", format)
	}
	return list, values
}

// inForms returns a text in each form that can hold it.
func inForms(text []byte) map[string][]byte {
	forms := map[string][]byte{"JSON": text}
	for _, form := range []wire.Binary{wire.CBOR, wire.MessagePack} {
		if data, err := form.FromJSON(nil, text); err == nil {
			forms[form.String()] = data
		}
	}
	return forms
}

// decodeForm reads data in a form of inForms.
func decodeForm(form string, d *wire.Decoder, m document, data []byte) error {
	switch form {
	case "CBOR":
		return wire.CBOR.Decode(d, m, data)
	case "MessagePack":
		return wire.MessagePack.Decode(d, m, data)
	}
	return d.Decode(m, data)
}

// cloneOf calls the method Clone of a message.
func cloneOf(m document) document {
	return reflect.ValueOf(m).MethodByName("Clone").Call(nil)[0].Interface().(document)
}
