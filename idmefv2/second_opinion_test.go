package idmefv2_test

import (
	"encoding/json"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/jsontest/opinion"
	"github.com/secmodel/secmodel/schemas"
	"github.com/secmodel/secmodel/serialize/jsonschema"
)

// differences are the reasons for which we find an error where a validator on
// the plain schema finds none, or the other way round. The rules of the text are not among them: what breaks one
// is a warning.
var differences = []opinion.Rule{
	{
		// JSON Schema takes 1.0 and 1e2 for integers, as do the validators for
		// draft-04, the draft of the official schemas, whose text does not.
		Name: "an integer with a fraction of zero or an exponent",
		Ours: func(_ *opinion.Case, v *secmodel.Violation) bool {
			raw, ok := v.Value.(json.RawMessage)
			n, exact := new(big.Rat).SetString(string(raw))
			return v.Code == secmodel.CodeWrongType && v.Expected == "integer" && ok && exact && n.IsInt()
		},
	},
	{
		// It is read as its own draft has it, and a list of one is what a draft
		// without lists has as a single value.
		Name: "a list of one in a message that names another draft than it is judged by",
		Schema: func(c *opinion.Case, v *secmodel.Violation) bool {
			raw, _ := v.Value.(json.RawMessage)
			var list []any
			return v.Code == jsonschema.CodeType && v.Expected == "string" && json.Unmarshal(raw, &list) == nil && len(list) == 1 &&
				slices.ContainsFunc(c.Ours.Violations, func(o secmodel.Violation) bool { return o.Pointer == "/Version" })
		},
	},
}

// TestSecondOpinion changes messages of every draft in every class, and compares
// where we find errors with where a JSON Schema validator does on the plain
// schema of the draft. With SECMODEL_EVERY_MUTATION set, it tries more than 100,000.
func TestSecondOpinion(t *testing.T) {
	t.Parallel()
	f, err := schemas.Open(idmefv2.Format)
	if err != nil {
		t.Fatal(err)
	}
	type group struct{ version, class string }
	versions := idmefv2.Versions()
	classes := []string{"message", "Analyzer", "Sensor", "Source", "Target", "Vector", "Attachment"}
	var all []any
	compiled := map[string]*jsonschema.Schema{}
	for _, v := range versions {
		text, err := f.Plain(v, "message")
		compiled[v] = opinion.Compile(t, text, err)
		all = append(all, opinion.Decode(t, text)) // for the names and values in it
	}
	rich := map[group][]map[string]any{} // valid messages that have a class
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		message, ok := opinion.Decode(t, s.Data).(map[string]any)
		if !ok {
			t.Fatalf("%s is no object", s.File)
		}
		all = append(all, message)
		for _, class := range classes {
			if _, has := message[class]; (has || class == "message") && !s.Invalid {
				version, _ := message["Version"].(string)
				rich[group{version, class}] = append(rich[group{version, class}], message)
			}
		}
	}
	random := rand.New(rand.NewPCG(5, 2))
	m := jsontest.NewMutator(random, all)
	c := opinion.New(differences)
	var groups []group
	var names []string
	for _, v := range versions {
		for _, class := range classes {
			if class != "Vector" || v < "2.D.V07" {
				groups = append(groups, group{v, class})
				names = append(names, v+" "+class)
			}
		}
	}
	for i := range opinion.Mutations() {
		version, class := groups[i%len(groups)].version, groups[i%len(groups)].class
		from := version
		if random.IntN(4) == 0 {
			from = versions[random.IntN(len(versions))] // under another's name a message is nearly right
		}
		list := rich[group{from, class}]
		if len(list) == 0 {
			list = rich[group{version, class}]
		}
		message := maps.Clone(list[random.IntN(len(list))])
		message["Version"] = version
		for range 1 + random.IntN(2) {
			if class == "message" {
				message, _ = m.Mutate(message).(map[string]any)
			} else {
				message[class] = m.Mutate(message[class])
			}
		}
		text, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		var decoded idmefv2.Message
		if err := json.Unmarshal(text, &decoded); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		jsontest.SameChecks(t, &decoded, secmodel.WithVersion(version))
		verdict, err := compiled[version].Check(text)
		if err != nil {
			t.Fatal(err)
		}
		c.Compare(t, names[i%len(names)], &opinion.Case{Text: text, Ours: decoded.Check(secmodel.WithVersion(version)), Schema: verdict})
	}
	c.Finish(t, names)
}
