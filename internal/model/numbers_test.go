package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
)

func TestNumbersAt(t *testing.T) {
	s, err := model.Parse([]byte(`{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"x-format": "tiny",
		"x-versions": [{"name": "1"}, {"name": "2"}],
		"$defs": {
			"activity": {"type": "integer", "oneOf": [{"const": 0}, {"const": 1}, {"const": 2, "x-in": "2.."}, {"const": 99}]},
			"event": {"x-class": {"uid": 201001}, "type": "object", "properties": {
				"activity_id": {"$ref": "#/$defs/activity"}, "category_uid": {"type": "integer"}, "class_uid": {"type": "integer"}, "type_uid": {"type": "integer"}
			}, "additionalProperties": false},
			"idle": {"x-class": {"uid": 5}, "type": "object", "properties": {"type_uid": {"type": "integer"}}, "additionalProperties": false},
			"part": {"type": "object", "properties": {"class_uid": {"type": "integer"}}, "additionalProperties": false}
		}
	}`))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		class, attribute string
		version          int
		want             []int64
	}{
		{"event", "class_uid", 0, []int64{201001}},
		{"event", "category_uid", 0, []int64{1}},
		{"event", "type_uid", 0, []int64{20100100, 20100101, 20100199}},
		{"event", "type_uid", 1, []int64{20100100, 20100101, 20100102, 20100199}},
		{"event", "activity_id", 1, nil},
		{"idle", "type_uid", 1, nil}, // there are no activities
		{"part", "class_uid", 1, nil},
	}
	for _, tt := range tests {
		class := s.Type(tt.class)
		got := s.NumbersAt(class, class.Property(tt.attribute), tt.version)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s.%s in version %d (-want +got):\n%s", tt.class, tt.attribute, tt.version, diff)
		}
	}
}
