package wire_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// in wraps members in a thing of version v that is otherwise valid.
func in(v, members string) string {
	text := `"text":"x",`
	if strings.Contains(members, `"text":`) {
		text = ""
	}
	return strings.TrimSuffix(`{"meta":{"version":"`+v+`"},`+text+members, ",") + "}"
}

// findings lists violations as "severity code pointer".
func findings(r secmodel.Report) []string {
	var list []string
	for _, v := range r.Violations {
		list = append(list, strings.TrimSpace(v.Severity.String()+" "+v.Code+" "+v.Pointer))
	}
	return list
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name, text string
		opts       []secmodel.Option
		want       []string
	}{
		{"valid", in("2", `"number":5,"ratio":0.5,"flag":true,"any":[1],"open":"x","pid":"7","color":"green","level":99`), nil, nil},
		{"required by version", `{"meta":{"version":"2"}}`, nil, []string{"error attribute_required_missing /text"}},
		{"not required before", `{"meta":{"version":"1"}}`, nil, nil},
		{"no version is judged by the newest released", `{"text":"x"}`, nil, []string{
			"error attribute_required_missing /meta", "warning attribute_required_missing /lenient"}},
		{"version by option", `{"meta":{"version":"2"}}`, []secmodel.Option{secmodel.WithVersion("1")}, nil},
		{"unknown version by option", `{"meta":{"version":"1"},"text":"x","lenient":"red"}`, []secmodel.Option{secmodel.WithVersion("9")},
			[]string{"error version_unknown"}},
		{"unknown member", in("1", `"zz":1`), nil, []string{"error attribute_unknown /zz"}},
		{"unknown member with an empty name", in("1", `"":1`), nil, []string{"error attribute_unknown /"}},
		{"unknown member, warned of", `{"meta":{"version":"1","zz":1}}`, nil, []string{"warning attribute_unknown /meta/zz"}},
		{"unknown member of an open object", in("1", `"parts":{"zz":1}`), nil, nil},
		{"attribute of a later version", in("2", `"added":"x"`), nil, []string{"error attribute_unknown /added"}},
		{"attribute of a later version that does not fit", in("2", `"added":5`), nil, []string{"error attribute_unknown /added"}},
		{"attribute of an earlier version", in("3", `"lenient":"red","removed":"x"`), nil, []string{"error attribute_unknown /removed"}},
		{"wrong types", in("1", `"number":"5","ratio":"x","flag":0,"open":[1],"pid":1.5,"color":1,"texts":"x","child":[],"children":{}`), nil, []string{
			"error attribute_wrong_type /child", "error attribute_wrong_type /children", "error attribute_wrong_type /color",
			"error attribute_wrong_type /flag", "error attribute_wrong_type /number", "error attribute_wrong_type /open",
			"error attribute_wrong_type /pid", "error attribute_wrong_type /ratio", "error attribute_wrong_type /texts"}},
		{"nulls", in("1", `"text":null,"number":null,"any":null,"open":null,"texts":[null],"children":null`), nil, []string{
			"error attribute_wrong_type /any", "error attribute_wrong_type /children", "error attribute_wrong_type /number",
			"error attribute_wrong_type /open", "error attribute_wrong_type /text", "error attribute_wrong_type /texts/0"}},
		{"a null is not missing", in("2", `"text":null`), nil, []string{"error attribute_wrong_type /text"}},
		{"integers with fraction or exponent", in("1", `"number":80.0,"numbers":[1,2e1]`), nil, []string{
			"error attribute_wrong_type /number", "error attribute_wrong_type /numbers/1"}},
		{"an integer beyond 64 bits where there are no bounds", in("1", `"number":9223372036854775808`), nil, nil},
		{"an integer beyond 64 bits where there are", in("1", `"port":-99999999999999999999,"level":99999999999999999999`), nil, []string{
			"error attribute_enum_value_unknown /level", "error attribute_value_exceeds_range /port"}},
		{"a number beyond 64 bits", in("1", `"ratio":1e999`), nil, []string{"error attribute_value_exceeds_range /ratio"}},
		{"one element of a list", in("1", `"texts":["a",5,"b",null]`), nil, []string{
			"error attribute_wrong_type /texts/1", "error attribute_wrong_type /texts/3"}},
		{"faults inside a list that does not fit", in("3", `"lenient":"red","children":[{"a":"x","zz":1},7,{"a":"x","b":"y"}]`), nil, []string{
			"error attribute_unknown /children/0/zz", "error attribute_wrong_type /children/1", "error attribute_wrong_type /children/2/b",
			"error constraint_failed /children/2"}},
		{"enumeration by version", in("1", `"color":"green","colors":["red","green","Old Blue","blue"],"level":99,"levels":[0,99,-1]`), nil, []string{
			"error attribute_enum_value_unknown /color", "error attribute_enum_value_unknown /level",
			"error attribute_enum_array_value_unknown /colors/1", "error attribute_enum_array_value_unknown /colors/3",
			"error attribute_enum_array_value_unknown /levels/1", "error attribute_enum_array_value_unknown /levels/2"}},
		{"enumeration value that went", in("3", `"lenient":"red","color":"Old Blue"`), nil, []string{"error attribute_enum_value_unknown /color"}},
		{"deprecated value", in("3", `"lenient":"red","color":"teal","colors":["teal"]`), nil, []string{
			"warning attribute_enum_value_deprecated /color", "warning attribute_enum_array_value_deprecated /colors/0"}},
		{"deprecated attribute", in("2", `"retired":"x"`), nil, []string{"warning attribute_deprecated /retired"}},
		{"not deprecated before", in("1", `"retired":"x"`), nil, nil},
		{"ranges of a version", in("2", `"port":2000`), nil, []string{"error attribute_value_exceeds_range /port"}},
		{"bounds of a version", in("3", `"lenient":"red","port":2000`), nil, nil},
		{"below the bounds", in("3", `"lenient":"red","port":0`), nil, []string{"error attribute_value_exceeds_range /port"}},
		{"number bounds", in("1", `"ratio":1.5,"ratios":[0,1,-0.5]`), nil, []string{
			"error attribute_value_exceeds_range /ratio", "error attribute_value_exceeds_range /ratios/2"}},
		{"lengths count code points", in("1", `"short":"éééé"`), nil, nil},
		{"too long", in("1", `"short":"ééééé"`), nil, []string{"error attribute_value_exceeds_max_len /short"}},
		{"too short", in("1", `"short":""`), nil, []string{"error attribute_value_below_min_len /short"}},
		{"pattern, and length of the super type", in("1", `"hex":"abcxyz"`), nil, []string{
			"error attribute_value_regex_not_matched /hex", "error attribute_value_exceeds_super_type_max_len /hex"}},
		{"single value in its version", in("1", `"states":"red","parts":{"name":"x","tags":"y"}`), nil, nil},
		{"array in its version", in("3", `"lenient":"red","states":["red"],"parts":[{"tags":[]}]`), nil, nil},
		{"array before its version", in("2", `"states":["red"],"parts":[{"tags":["x"]}]`), nil, []string{
			"error attribute_wrong_type /parts/0/tags", "error attribute_wrong_type /states"}},
		{"single value after its version", in("3", `"lenient":"red","states":"red","parts":{"name":"x"}`), nil, []string{
			"error attribute_wrong_type /parts", "error attribute_wrong_type /states"}},
		{"single value of a wrong type", in("1", `"states":5,"parts":"x"`), nil, []string{
			"error attribute_wrong_type /parts", "error attribute_wrong_type /states"}},
		{"single value out of the enumeration", in("1", `"states":"pink"`), nil, []string{"error attribute_enum_value_unknown /states"}},
		{"constraints by version", in("1", `"child":{}`), nil, nil},
		{"at least one", in("2", `"child":{"b":1}`), nil, []string{"error constraint_failed /child"}},
		{"at least one, by a dotted path", in("2", `"child":{"sub":{"a":"x"}}`), nil, nil},
		{"just one", in("3", `"lenient":"red","child":{"a":"x","b":1}`), nil, []string{"error constraint_failed /child"}},
		{"unchecked inside", in("1", `"loose":{"zz":1,"b":"x","sub":{"zz":2}}`), nil, []string{
			"warning attribute_unknown /loose/sub/zz", "warning attribute_wrong_type /loose/b", "warning attribute_unknown /loose/zz"}},
		{"unchecked, but not what it is", in("1", `"loose":5`), nil, []string{"error attribute_wrong_type /loose"}},
		{"checked in other versions", in("2", `"loose":{"a":"x","zz":1}`), nil, []string{"error attribute_unknown /loose/zz"}},
		{"lenient", in("3", `"lenient":"pink"`), nil, []string{"warning attribute_enum_value_unknown /lenient"}},
		{"lenient type", in("3", `"lenient":5`), nil, []string{"warning attribute_wrong_type /lenient"}},
		{"recommended", in("3", `"lenient":"red"`), []secmodel.Option{secmodel.Recommended()}, []string{"warning attribute_recommended_missing /added"}},
		{"profile not named", in("2", `"region":"x"`), nil, []string{"error attribute_unknown /region"}},
		{"profile named, its required attribute missing", `{"meta":{"version":"2","profiles":["cloud"]},"text":"x"}`, nil,
			[]string{"error attribute_required_missing /region"}},
		{"profile named", `{"meta":{"version":"2","profiles":["host","cloud"]},"text":"x","region":"x"}`, nil, nil},
		{"old type in its version", in("1", `"priority":5`), nil, nil},
		{"new type in the old version", in("1", `"priority":"5"`), nil, []string{"error attribute_wrong_type /priority"}},
		{"old type in the new version", in("2", `"priority":5`), nil, []string{"error attribute_wrong_type /priority"}},
		{"least members", in("3", `"lenient":"red","parts":[{},{"zz":1}]`), nil, []string{"error attribute_array_too_short /parts/0"}},
		{"escaped pointer", in("1", `"a/b~c":5`), nil, []string{"error attribute_wrong_type /a~1b~0c"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var x sample.Thing
			if err := json.Unmarshal([]byte(test.text), &x); err != nil {
				t.Fatal(err)
			}
			report := x.Check(test.opts...)
			if diff := cmp.Diff(test.want, findings(report)); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", test.text, diff)
			}
			if err := x.Validate(test.opts...); (err == nil) != report.Valid() {
				t.Errorf("Validate: %v, but the report is valid: %v", err, report.Valid())
			}
		})
	}
}

func TestCheckLimit(t *testing.T) {
	var x sample.Thing
	if err := json.Unmarshal([]byte(in("1", `"texts":[1,2,3,4,5,6,7,8,9]`)), &x); err != nil {
		t.Fatal(err)
	}
	report := x.Check(secmodel.MaxViolations(4))
	if len(report.Violations) != 4 || !report.Truncated {
		t.Errorf("%d violations, truncated %v; want 4, true", len(report.Violations), report.Truncated)
	}
	if report = x.Check(secmodel.MaxViolations(9)); len(report.Violations) != 9 || report.Truncated {
		t.Errorf("%d violations, truncated %v; want 9, false", len(report.Violations), report.Truncated)
	}
}

// TestCheckLimitKeepsError has more warnings than the limit, and an error after
// them.
func TestCheckLimitKeepsError(t *testing.T) {
	var x sample.Thing
	if err := json.Unmarshal([]byte(`{"meta":{"version":"1","p":1,"q":1,"r":1},"zz":1}`), &x); err != nil {
		t.Fatal(err)
	}
	for limit, want := range map[int][]string{
		3: {"warning attribute_unknown /meta/p", "warning attribute_unknown /meta/q", "error attribute_unknown /zz"},
		1: {"error attribute_unknown /zz"},
	} {
		if diff := cmp.Diff(want, findings(x.Check(secmodel.MaxViolations(limit)))); diff != "" {
			t.Errorf("at most %d (-want +got)\n%s", limit, diff)
		}
	}
}

// TestCheckCycle checks and writes a value that contains itself.
func TestCheckCycle(t *testing.T) {
	c := &sample.Closed{A: new("x")}
	c.Sub = c
	x := &sample.Thing{Child: c}
	if report := x.Check(); report.Valid() {
		t.Error("a value that contains itself is valid")
	}
	if _, err := x.AppendJSON(nil); err == nil {
		t.Error("a value that contains itself was written")
	}
}
