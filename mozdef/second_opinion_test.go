package mozdef_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/jsontest/opinion"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/schemas"
	"github.com/secmodel/secmodel/serialize/jsonschema"
)

// differences are the reasons for which we find an error where a validator on
// the plain schema finds none, or the other way round: what the server and the index do with a document, which
// no schema says.
var differences = []opinion.Rule{
	{
		Name: "a time for which the server drops the event",
		Ours: func(c *opinion.Case, v *secmodel.Violation) bool {
			return v.Code == mozdef.CodeTimestampUnreadable && c.Ours.Identity.Class != mozdef.ClassAlert
		},
	},
	{
		Name: "a time for which the index rejects the alert",
		Ours: func(c *opinion.Case, v *secmodel.Violation) bool {
			return v.Code == mozdef.CodeTimestampUnreadable && c.Ours.Identity.Class == mozdef.ClassAlert
		},
	},
	{
		Name: "an address for which the index rejects the alert",
		Ours: code(mozdef.CodeAddressRejected),
	},
	{
		Name: "a version for which the server drops the vulnerability",
		Ours: code(mozdef.CodeVulnerabilityVersion),
	},
	{
		Name: "an event of the category of another class",
		Ours: code(mozdef.CodeCategoryMismatch),
	},
	{
		// The plain schema lets other types pass, and does not say which.
		Name: "success that the index takes for no boolean",
		Ours: wrongType("boolean", func(name string) bool { return name == "details/success" }),
	},
	{
		Name: "tags of a type for which the server drops the event",
		Ours: wrongType("array", func(name string) bool { return strings.Contains(strings.ToLower(name), "tags") }),
	},
	{
		Name: "a source that is an object, which the index rejects",
		Ours: wrongType("string", func(name string) bool { return name == "source" }),
	},
	{
		Name: "a summary of null, which the official client does not send",
		Ours: wrongType("string", func(name string) bool { return name == "summary" }),
	},
	{
		Name: "a member that is no number, as its name says",
		Ours: wrongType("number", func(name string) bool { return strings.Contains(name, "_int") || strings.Contains(name, "_float") }),
	},
	{
		Name: "a time that the server guesses or stores as it is",
		Ours: code(mozdef.CodeTimestampInexact),
	},
	{
		Name: "a member that the server sets itself",
		Ours: code(mozdef.CodeReadOnly),
	},
	{
		Name: "a member that the server stores under another name",
		Ours: code(mozdef.CodeAlias),
	},
	{
		Name: "what a member in a shipper's spelling supplies, which no schema looks into",
		Ours: func(c *opinion.Case, v *secmodel.Violation) bool {
			first, _, _ := strings.Cut(strings.TrimPrefix(v.Pointer, "/"), "/")
			return slices.ContainsFunc(c.Ours.Violations, func(o secmodel.Violation) bool {
				to, _ := o.Expected.(string)
				return o.Code == mozdef.CodeAlias && o.Pointer == "/"+first && (to == "category" || strings.HasPrefix(to, "details"))
			})
		},
	},
	{
		Name: "a Windows event of which the server loses most",
		Ours: code(mozdef.CodeDetailsLost),
	},
	{
		Name: "an address that the server moves",
		Ours: code(mozdef.CodeAddressReplaced),
	},
	{
		Name: "a port beyond 65535, where a schema has no bounds for what may also be text",
		Ours: func(_ *opinion.Case, v *secmodel.Violation) bool {
			return v.Code == secmodel.CodeRange && strings.HasSuffix(v.Pointer, "port")
		},
	},
	{
		Name: "an integer with a fraction of zero or an exponent, which is one in a schema",
		Ours: func(_ *opinion.Case, v *secmodel.Violation) bool {
			raw, _ := v.Value.(json.RawMessage)
			n, ok := new(big.Rat).SetString(string(raw))
			return v.Code == secmodel.CodeWrongType && ok && n.IsInt()
		},
	},
	{
		Name: "utctimestamp, which stands for timestamp",
		Schema: func(c *opinion.Case, v *secmodel.Violation) bool {
			return v.Code == jsonschema.CodeRequired && v.Pointer == "/timestamp" && bytes.Contains(c.Text, []byte(`"utctimestamp":"`))
		},
	},
	{
		Name: "a member in a shipper's spelling that the server stores as the missing one",
		Schema: func(c *opinion.Case, v *secmodel.Violation) bool {
			return v.Code == jsonschema.CodeRequired && slices.ContainsFunc(c.Ours.Violations, func(o secmodel.Violation) bool {
				to, _ := o.Expected.(string)
				return o.Code == mozdef.CodeAlias && slices.Contains(strings.Split(to, " and "), v.Pointer[1:])
			})
		},
	},
}

// code recognises what no schema says at all.
func code(code string) func(*opinion.Case, *secmodel.Violation) bool {
	return func(_ *opinion.Case, v *secmodel.Violation) bool { return v.Code == code }
}

// wrongType recognises values that are of a type that the server or the index can
// not use, where the plain schema lets all types pass.
func wrongType(want string, at func(name string) bool) func(*opinion.Case, *secmodel.Violation) bool {
	return func(_ *opinion.Case, v *secmodel.Violation) bool {
		return v.Code == secmodel.CodeWrongType && v.Expected == want && at(v.Pointer[1:])
	}
}

// TestSecondOpinion changes documents of every class, at every level, and
// compares where we find errors with where a JSON Schema validator does on the
// plain schema of the class; and again with warnings as errors, by the strict
// schema. With SECMODEL_EVERY_MUTATION set, it tries more than 100,000.
func TestSecondOpinion(t *testing.T) {
	t.Parallel()
	f, err := schemas.Open(mozdef.Format)
	if err != nil {
		t.Fatal(err)
	}
	var all []any
	compiled, strict := map[string]*jsonschema.Schema{}, map[string]*jsonschema.Schema{}
	var groups []string
	for _, class := range classes {
		text, err := f.Plain(mozdef.Version, class, schemas.Strict())
		strict[class] = opinion.Compile(t, text, err)
		text, err = f.Plain(mozdef.Version, class)
		compiled[class] = opinion.Compile(t, text, err)
		groups = append(groups, class, class+", strict")
		all = append(all, opinion.Decode(t, text)) // for the names and values in it
	}
	samples := map[string][]map[string]any{}
	for _, s := range jsontest.Samples(t, mozdef.Format) {
		document, ok := opinion.Decode(t, s.Data).(map[string]any)
		if !ok {
			t.Fatalf("%s is no object", s.File)
		}
		all = append(all, document)
		if !s.Invalid {
			samples[s.Class] = append(samples[s.Class], document)
		}
	}
	random := rand.New(rand.NewPCG(5, 7))
	m := jsontest.NewMutator(random, all)
	c := opinion.New(differences)
	for i := range opinion.Mutations() {
		class := classes[i%len(classes)]
		from := class
		if random.IntN(8) == 0 {
			from = classes[random.IntN(len(classes))]
		}
		document := maps.Clone(samples[from][random.IntN(len(samples[from]))])
		for range 1 + random.IntN(2) {
			// Half of the time in an object, where there is one.
			var inner []string
			for name, value := range document {
				switch value.(type) {
				case map[string]any, []any:
					inner = append(inner, name)
				}
			}
			slices.Sort(inner)
			if len(inner) > 0 && random.IntN(2) == 0 {
				name := inner[random.IntN(len(inner))]
				document[name] = m.Mutate(document[name])
				continue
			}
			document, _ = m.Mutate(document).(map[string]any)
		}
		text, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		m := decode(t, class, text)
		jsontest.SameChecks(t, m)
		ours := m.Check()
		c.Compare(t, class, &opinion.Case{Text: text, Ours: ours, Schema: verdict(t, compiled[class], text)})
		for i := range ours.Violations {
			ours.Violations[i].Severity = secmodel.Error
		}
		c.Compare(t, class+", strict", &opinion.Case{Text: text, Ours: ours, Schema: verdict(t, strict[class], text)})
	}
	c.Finish(t, groups)
}

func verdict(t *testing.T, s *jsonschema.Schema, text []byte) secmodel.Report {
	t.Helper()
	r, err := s.Check(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
