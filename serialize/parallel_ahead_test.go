package serialize_test

import (
	"context"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// counter counts what is read from it.
type counter struct {
	r io.Reader
	n atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// TestReadParallelAhead: of large documents few are read ahead of the caller,
// however many goroutines there are.
func TestReadParallelAhead(t *testing.T) {
	const size, documents = 4 << 20, 16
	one := `{"summary":"` + strings.Repeat("x", size) + `","category":"c"}` + "\n"
	r := &counter{r: strings.NewReader(strings.Repeat(one, documents))}
	read := 0
	for m, err := range serialize.ReadParallel(context.Background(), r, serialize.NDJSON, secmodel.Workers(8), secmodel.Hint("mozdef"), secmodel.SkipValidation()) {
		if err != nil || m == nil {
			t.Fatal(err)
		}
		if read++; read == 1 {
			// The reader goes on until it has to wait.
			for before := int64(-1); before != r.n.Load(); time.Sleep(50 * time.Millisecond) {
				before = r.n.Load()
			}
			if n := r.n.Load(); n > 8*size {
				t.Errorf("%d bytes are read when the first document of %d is given", n, size)
			}
		}
	}
	if read != documents {
		t.Errorf("%d documents", read)
	}
}
