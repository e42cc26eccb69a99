package schemas

import "github.com/secmodel/secmodel/internal/model"

// release makes one document of all classes and objects. Where classes have
// numbers, the number in a document says which class it must be of: the others
// are not tried, and add nothing to the messages. Draft-04 has no words for
// that, and formats without numbers no way to tell: there any class will do.
func (x *exporter) release() *schema {
	doc := &schema{Title: x.schema.Title + " " + x.schema.Versions[x.version].Name, Type: "object"}
	var numbers []any
	for _, t := range x.schema.Types {
		if !isObject(t) || !t.In.Has(x.version) {
			continue
		}
		ref := x.ref(t)
		switch number := x.number(t); {
		case t.Class == nil:
		case number == nil || x.dialect == Draft04:
			doc.AnyOf = append(doc.AnyOf, ref)
		default:
			numbers = append(numbers, number)
			doc.AllOf = append(doc.AllOf, &schema{If: numbered(number), Then: ref})
		}
	}
	if numbers != nil {
		root := numbered(numbers...)
		doc.Properties, doc.Required = root.Properties, root.Required
	}
	return x.document(doc)
}

// number returns the number of a class, nil if documents do not have it.
func (x *exporter) number(t *model.Type) any {
	p := t.Property(numberAttribute)
	if p == nil || !x.admits(p) {
		return nil
	}
	if list := x.schema.NumbersAt(t, p, x.version); list != nil {
		return list[0]
	}
	return nil
}

const numberAttribute = "class_uid"

// numbered is satisfied by a document of one of the classes with the numbers.
func numbered(numbers ...any) *schema {
	is := &schema{Enum: numbers}
	if len(numbers) == 1 {
		is = &schema{Const: numbers[0]}
	}
	return &schema{Properties: members{{numberAttribute, is}}, Required: []string{numberAttribute}}
}
