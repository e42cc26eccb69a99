package serialize

import (
	"fmt"
	"strconv"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// bundleWriter writes what stands around the events of a bundle: their count and
// the times of the first and the last follow them, because they are known last.
type bundleWriter struct {
	from, to ocsf.Timestamp
	timed    bool // there are such times
}

func newBundleWriter(f *format) (*bundleWriter, error) {
	if f != &jsonFormat {
		return nil, fmt.Errorf("%w %s: a bundle is written as %s", secmodel.ErrMediaType, f.types[0], JSON)
	}
	return new(bundleWriter), nil
}

// admit returns an error for a message that is no event.
func (b *bundleWriter) admit(m secmodel.Message) (ocsf.Event, error) {
	if e, ok := m.(ocsf.Event); ok {
		return e, nil
	}
	return nil, fmt.Errorf("serialize: a bundle holds OCSF events, not %s", m.Identity())
}

// note takes note of the time of an event that is written.
func (b *bundleWriter) note(e ocsf.Event) {
	t := e.Common().Time
	if t == nil {
		return
	}
	if !b.timed || *t < b.from {
		b.from = *t
	}
	if !b.timed || *t > b.to {
		b.to = *t
	}
	b.timed = true
}

func (b *bundleWriter) before(dst []byte, n int) []byte {
	if n == 0 {
		return append(dst, "{\"events\":[\n"...)
	}
	return append(dst, ",\n"...)
}

func (b *bundleWriter) end(dst []byte, n int) []byte {
	if n == 0 {
		dst = append(dst, `{"events":[`...)
	}
	dst = append(dst, "\n],\"count\":"...)
	dst = strconv.AppendInt(dst, int64(n), 10)
	if b.timed {
		dst = append(dst, `,"start_time":`...)
		dst = strconv.AppendInt(dst, int64(b.from), 10)
		dst = append(dst, `,"end_time":`...)
		dst = strconv.AppendInt(dst, int64(b.to), 10)
	}
	return append(dst, "}\n"...)
}
