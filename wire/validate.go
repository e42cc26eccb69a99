package wire

import "github.com/secmodel/secmodel"

// Validate gives the error of checking m, nil if there is no error in it. check
// is the Check of its format. Most messages are valid, and of those the warnings
// are not asked for: so errors are looked for first, and all else only if there
// is one, or warnings fail too.
func Validate(m Model, check func(Model, secmodel.Options) secmodel.Report, opts []secmodel.Option) error {
	o := secmodel.NewOptions(opts...)
	if !o.Strict && !o.ErrorsOnly {
		o.ErrorsOnly = true
		if check(m, o).Valid() {
			return nil
		}
		o.ErrorsOnly = false
	}
	return check(m, o).Err(opts...)
}
