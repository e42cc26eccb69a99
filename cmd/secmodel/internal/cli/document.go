package cli

import (
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// document is one document of an input.
type document struct {
	file             string // as it was named
	serialize.Record        // where it is and, unless err is set, its text
	err              error  // why it can't be looked at: framing, size
}

// read reads the document, with options beside those of its command.
func (d *document) read(opts []secmodel.Option) (secmodel.Message, error) {
	if d.err != nil {
		return nil, d.err
	}
	return serialize.Unserialize(d.Payload(), opts...)
}
