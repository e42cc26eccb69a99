package secmodel

import "encoding/json"

// MarshalJSON implements json.Marshaler: identity, violations, which is a list
// even if there are none, and truncated if it is true. The form is described in
// docs/violations.md, and stable.
func (r Report) MarshalJSON() ([]byte, error) {
	type plain Report
	r.Violations = listed(r.Violations)
	return json.Marshal(plain(r))
}

// MarshalJSON implements json.Marshaler: identity and violations. The form is
// described in docs/violations.md, and stable.
func (e *ValidationError) MarshalJSON() ([]byte, error) {
	type plain ValidationError
	return json.Marshal(plain{e.Identity, listed(e.Violations)})
}

func listed(list []Violation) []Violation {
	if list == nil {
		return []Violation{}
	}
	return list
}
