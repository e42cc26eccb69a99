package ocsf

import (
	"fmt"
	"strconv"

	"github.com/secmodel/secmodel/wire"
)

// observables checks that what the observables say of the event is so: name is
// the path of an attribute, type_id the number of its type, and value its value.
func (j *judgement) observables() {
	for i := range j.head.observables {
		if o := &j.head.observables[i]; o.Name != nil {
			j.observable(o, i)
		}
	}
}

// observableAt returns the pointer to an attribute of observable i.
func observableAt(i int, attribute string) string {
	return fmt.Sprintf("/observables/%d/%s", i, attribute)
}

func (j *judgement) observable(o *Observable, i int) {
	name := *o.Name
	var few [8]wire.PathStep
	path, ok := wire.AppendPath(few[:0], name)
	if !ok {
		j.error(CodeObservableReference, observableAt(i, "name"), name, nil, "%q is not the path of an attribute", name)
		return
	}
	f := j.Attribute(j.event, path)
	if f == nil {
		j.error(CodeObservableReference, observableAt(i, "name"), name, nil, "%s has no attribute %s in %s with the profiles of the event", j.class.Name(), name, j.release())
		return
	}
	if j.Options.ErrorsOnly {
		return
	}
	j.observedType(o, f, i)
	found, agrees := false, false
	wire.Values(j.event, path, func(value wire.Found) bool {
		found = true
		agrees = o.Value == nil || observed(value, *o.Value)
		return !agrees
	})
	switch {
	case !found:
		j.warn(CodeObservablePath, observableAt(i, "name"), name, nil, "the event has no %s", name)
	case !agrees:
		j.warn(CodeObservableValue, observableAt(i, "value"), *o.Value, nil, "%s of the event has another value", name)
	}
}

// observedType checks type_id where the attribute or its type has a number, and
// type_id is one that means a type.
func (j *judgement) observedType(o *Observable, f *wire.Field, i int) {
	if o.TypeID == nil || f.More == nil || *o.TypeID == ObservableTypeIDUnknown || *o.TypeID == ObservableTypeIDOther ||
		observableTypeIDEnum.Find(int64(*o.TypeID), j.Version) < 0 {
		return
	}
	for _, n := range f.More.Observable {
		if n.In>>j.Version&1 != 0 && int64(*o.TypeID) != int64(n.N) {
			j.warn(CodeObservableType, observableAt(i, "type_id"), int64(*o.TypeID), n.N, "the observable type of %s is %d", *o.Name, n.N)
		}
	}
}

// observed reports whether an attribute's value is the text of an observable. An
// object has no text of its own.
func observed(value wire.Found, text string) bool {
	if s, ok := value.Text(); ok {
		return s == text
	}
	switch v := value.Any().(type) {
	case int64:
		return text == strconv.FormatInt(v, 10)
	case float64:
		x, err := strconv.ParseFloat(text, 64)
		return err == nil && x == v
	case bool:
		return text == strconv.FormatBool(v)
	}
	return true
}
