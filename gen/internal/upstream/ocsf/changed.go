package ocsf

import (
	"reflect"

	"github.com/secmodel/secmodel/internal/model"
)

// changed names the types of a schema that another does not have, or has in
// another form: classes and objects also if something that they refer to is.
// The numbers of classes and categories do not count, for every class refers to
// the list of all.
func changed(old, now *model.Schema) map[string]bool {
	own := map[string]bool{}
	before := map[string]*model.Type{}
	for _, t := range old.Types {
		before[t.Name] = t
	}
	for _, t := range now.Types {
		if !reflect.DeepEqual(before[t.Name], t) && !numbers(t.Name) {
			own[t.Name] = true
		}
	}
	for again := true; again; {
		again = false
		for _, t := range now.Types {
			if own[t.Name] || t.Kind != model.Object {
				continue
			}
			for _, p := range t.Properties {
				if own[p.Type.Ref] {
					own[t.Name], again = true, true
					break
				}
			}
		}
	}
	return own
}

// numbers says that a definition lists all classes or categories.
func numbers(name string) bool { return name == "class_uid" || name == "category_uid" }
