package model

// NumbersAt returns the values that an attribute of class t has in version v
// where they follow from the number of the class, and nil for every other
// attribute. "Numbers of OCSF classes" in schemas/README.md says how.
func (s *Schema) NumbersAt(t *Type, p *Property, v int) []int64 {
	if t.Class == nil {
		return nil
	}
	switch p.Name {
	case "class_uid":
		return []int64{t.Class.UID}
	case "category_uid":
		return []int64{t.Class.UID / 1000 % 100}
	case "type_uid":
		return s.typeUIDs(t, v)
	}
	return nil
}

// typeUIDs returns the values of type_uid: one for each activity, and for 0.
func (s *Schema) typeUIDs(t *Type, v int) []int64 {
	activity := t.Property("activity_id")
	if activity == nil || !activity.In.Has(v) {
		return nil
	}
	ref, _ := activity.TypeAt(v)
	enum := s.Type(ref.Ref)
	if enum == nil {
		return nil
	}
	first := t.Class.UID * 100
	list := []int64{first}
	for _, x := range enum.ValuesAt(v) {
		if x.Int != 0 {
			list = append(list, first+x.Int)
		}
	}
	return list
}
