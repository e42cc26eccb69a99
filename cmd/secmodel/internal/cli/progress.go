package cli

import (
	"fmt"
	"sync/atomic"
	"time"
)

// Progress is shown from progressAfter on, and drawn anew after progressEvery.
const (
	progressAfter = time.Second
	progressEvery = 200 * time.Millisecond
)

// progress is the line on a terminal that says how far long work has come.
type progress struct {
	c         *console
	total     int64 // bytes of all inputs; 0 if that is not known
	read      atomic.Int64
	documents atomic.Int64
	begin     time.Time
	stop      chan struct{}
	stopped   chan struct{}
}

// newProgress begins to watch, if there is a terminal to show something on.
func newProgress(c *console, list []source) *progress {
	p := &progress{c: c, begin: time.Now()}
	for _, s := range list {
		if s.size < 0 {
			p.total = 0
			break
		}
		p.total += s.size
	}
	if c.lively {
		p.stop, p.stopped = make(chan struct{}), make(chan struct{})
		go p.watch()
	}
	return p
}

// document notes that a document has been worked on.
func (p *progress) document() { p.documents.Add(1) }

// watch draws the line until the end.
func (p *progress) watch() {
	defer close(p.stopped)
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-p.stop:
			return
		case now := <-tick.C:
			if spent := now.Sub(p.begin); spent >= progressAfter {
				p.c.out.show(progressLine(p.documents.Load(), p.c.faults.Load(), p.read.Load(), p.total, spent))
			}
		}
	}
}

// end stops watching, and takes the line away.
func (p *progress) end() {
	if p.stop == nil {
		return
	}
	close(p.stop)
	<-p.stopped
	p.c.out.mu.Lock()
	defer p.c.out.mu.Unlock()
	p.c.out.erase()
}

// progressLine says how far work has come: documents, bytes of all, rate,
// documents at fault, and how long the rest will take at that rate.
func progressLine(documents, faults, read, total int64, spent time.Duration) string {
	seconds := max(spent.Seconds(), 1e-3)
	line := fmt.Sprintf("%d documents, %s", documents, byteCount(read))
	if total > 0 {
		line += fmt.Sprintf(" of %s (%d%%)", byteCount(total), min(100, read*100/total))
	}
	line += fmt.Sprintf(", %.0f/s", float64(documents)/seconds)
	if faults > 0 {
		line += fmt.Sprintf(", %d at fault", faults)
	}
	if total > 0 && read > 0 && read < total {
		left := time.Duration(float64(total-read) / float64(read) * float64(spent))
		line += ", " + left.Round(time.Second).String() + " left"
	}
	return line
}

// byteCount gives a number of bytes in a unit of 1000.
func byteCount(n int64) string {
	const units = "kMGTPE"
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n)/1000, 0
	for value >= 999.95 && unit < len(units)-1 {
		value, unit = value/1000, unit+1
	}
	return fmt.Sprintf("%.1f %cB", value, units[unit])
}
