package main

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// section is what stands in the README: the goals, and the two tables that say
// most to who wants to read messages.
func (r *report) section() string {
	var b strings.Builder
	r.measured(&b)
	b.WriteString(" All figures, the versions of the peers, and what is left out and why are in [bench/" + resultsFile +
		"](bench/" + resultsFile + "), how it is measured in [bench/doc.go](bench/doc.go); `.ci/bench.sh -readme ../README.md` makes both anew.\n\n")
	r.writeBars(&b)
	r.explain(&b)
	r.writeOperation(&b, check)
	r.writeOperation(&b, decode)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// markdown is the whole report.
func (r *report) markdown() string {
	var b strings.Builder
	b.WriteString("# Comparison with other libraries\n\n")
	r.measured(&b)
	b.WriteString(" What is compared, and how, is said in [doc.go](doc.go). `.ci/bench.sh -readme ../README.md` makes this file anew, and the section of the README.")
	r.writePeers(&b)
	r.writeBars(&b)
	r.explain(&b)
	for _, op := range operations {
		r.writeOperation(&b, op)
	}
	r.writeMemory(&b)
	r.writeFirst(&b)
	r.writeScaling(&b)
	r.writeStreams(&b)
	r.writeSizes(&b)
	r.writeFailures(&b)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// table writes a Markdown table; the first row is its head.
func table(b *strings.Builder, rows [][]string) {
	for i, row := range rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|" + strings.Repeat("---|", len(row)) + "\n")
		}
	}
	b.WriteByte('\n')
}

// measured says where and how the figures were made.
func (r *report) measured(b *strings.Builder) {
	m := &r.Machine
	fmt.Fprintf(b, "Measured on %s, %s, %d processors (%s): medians of %d rounds, each candidate %v of %s a round, GOGC=100.",
		m.Go, m.Platform, m.Processors, m.Processor, r.Rounds, r.Each, r.Clock)
	if r.Partial {
		b.WriteString(" A short run: the figures are rough, and some are left out.")
	}
	if len(r.Large) > 0 {
		fmt.Fprintf(b, " The documents %s are of third parties and not in this repository; without them, the goals are stated for our own of the same kinds.", strings.Join(r.Large, ", "))
	}
}

// explain says how to read the tables of operations.
func (r *report) explain(b *strings.Builder) {
	b.WriteString("In the tables, the row of secmodel has its times, and the others how many times as long they take (quartiles in parentheses): " +
		"more than 1 is slower than secmodel. A column is a document, with its size; mixed is a stream of different ones. In the column shuffled, " +
		"members come in another order each time: the median over the documents that a library can read, for secmodel against the usual order, for the others against secmodel.")
	if slices.ContainsFunc(r.Results, func(x result) bool { return x.Lossy != "" }) {
		b.WriteString(" †: the peer keeps only a part of the document.")
	}
	b.WriteString("\n\n")
}

// writePeers lists the versions of the peers.
func (r *report) writePeers(b *strings.Builder) {
	m := &r.Machine
	var versions []string
	for _, module := range r.peerModules() {
		name := strings.TrimPrefix(module, "github.com/")
		if base := path.Base(module); base != "json" && !strings.HasPrefix(base, "v") {
			name = base
		}
		versions = append(versions, name+" "+m.Versions[module])
	}
	if len(versions) > 0 {
		fmt.Fprintf(b, " Peers: %s.", strings.Join(versions, ", "))
	}
	b.WriteString("\n\n")
}

// peerModules are the modules of the peers that are in this program.
func (r *report) peerModules() []string {
	list := map[string]bool{}
	for _, l := range libraries() {
		list[l.module] = true
	}
	for _, v := range validators() {
		list[v.module] = true
	}
	for _, s := range scanners() {
		list[s.module] = true
	}
	delete(list, "")
	for module := range list {
		if r.Machine.Versions[module] == "" {
			delete(list, module)
		}
	}
	return slices.Sorted(maps.Keys(list))
}

func (r *report) writeBars(b *strings.Builder) {
	documents := r.barDocuments()
	if len(documents) == 0 {
		return
	}
	fmt.Fprintf(b, "The goals. Where there is a colon, how many times as long the first takes as the second; medians over %s (lowest to highest):\n\n", strings.Join(documents, ", "))
	rows := [][]string{{"what", "goal", "measured", "reached"}}
	for _, line := range r.bars() {
		verdict := "no"
		if line.reached {
			verdict = "yes"
		}
		if line.measured == "" {
			line.measured, verdict = "not measured", "–"
		}
		rows = append(rows, []string{line.what, line.goal, line.measured, verdict})
	}
	table(b, rows)
}

// peers are the names that have a result for an operation, in the order in which
// they were entered: ours first.
func (r *report) peers(op operation) []string {
	var list []string
	for _, x := range r.Results {
		if x.Op == op && !slices.Contains(list, x.Peer) {
			list = append(list, x.Peer)
		}
	}
	return list
}

// titles are the headings of the operations, and what the peers do there.
var titles = map[operation]string{
	decode:    "**Decode** to structs, without validation; struct reused: into the one that was decoded to before, which is right only where all documents have the same members",
	check:     "**Decode and validate**; jsonschema: decoded to maps, validated, decoded to structs by encoding/json",
	validate:  "**Validate the bytes** for errors; json.Valid and sonic.Valid look at the syntax only, fastjson and simdjson parse; jsonschema: decoded to maps and validated",
	encode:    "**Encode** structs into fresh memory, or into memory that is used again where a row says so",
	roundTrip: "**Round trip**: decode, validate, encode; JSON libraries without validation",
}

// writeOperation writes a table of ratios to our first candidate, whose own row
// has the times.
func (r *report) writeOperation(b *strings.Builder, op operation) {
	peers := r.peers(op)
	if len(peers) == 0 {
		return
	}
	fmt.Fprintf(b, "%s:\n\n", titles[op])
	head := []string{""}
	for _, name := range r.Names {
		head = append(head, fmt.Sprintf("%s, %s", name, bytesOf(float64(r.Sizes[name]))))
	}
	withShuffled := op != encode
	if withShuffled {
		head = append(head, "shuffled")
	}
	rows := [][]string{head}
	for _, peer := range peers {
		row := []string{peer}
		for _, d := range r.Names {
			row = append(row, r.cell(key{op, d, schema, peer}))
		}
		if withShuffled {
			row = append(row, r.shuffledCell(op, peer))
		}
		rows = append(rows, row)
	}
	table(b, rows)
}

// cell is a time for our first candidate, a ratio to it for the others.
func (r *report) cell(k key) string {
	x := r.result(k)
	if x == nil {
		return "–"
	}
	if k.Peer == ours {
		return duration(quartiles(x.Nanoseconds).Median)
	}
	s, ok := r.ratio(k.Op, k.Peer, k.Op, ours, k.Document, k.Order)
	if !ok {
		return "–"
	}
	mark := ""
	if x.Lossy != "" {
		mark = "†"
	}
	return fmt.Sprintf("%s%s (%s–%s)", number(s.Median), mark, number(s.Low), number(s.High))
}

// shuffledCell is, over all documents, how many times as long a peer takes as we
// do when members come in another order each time; for us, how many times as
// long as in the order of the schema.
func (r *report) shuffledCell(op operation, peer string) string {
	var medians []float64
	for _, d := range r.Names {
		if peer == ours {
			a, b := r.result(key{op, d, shuffled, ours}), r.result(key{op, d, schema, ours})
			if a != nil && b != nil {
				medians = append(medians, paired(a.Nanoseconds, b.Nanoseconds).Median)
			}
		} else if s, ok := r.ratio(op, peer, op, ours, d, shuffled); ok {
			medians = append(medians, s.Median)
		}
	}
	if len(medians) == 0 {
		return "–"
	}
	cell := number(quartiles(medians).Median)
	if peer == ours {
		cell = "×" + cell
	}
	return cell
}

// writeMemory writes bytes and allocations.
func (r *report) writeMemory(b *strings.Builder) {
	if len(r.Results) == 0 {
		return
	}
	b.WriteString("**Memory**: bytes and allocations of one operation:\n\n")
	rows := [][]string{append([]string{"", ""}, r.Names...)}
	for _, op := range []operation{decode, check, validate, encode} { // a round trip takes the sum
		for _, peer := range r.peers(op) {
			row := []string{string(op), peer}
			for _, d := range r.Names {
				if x := r.result(key{op, d, schema, peer}); x != nil {
					row = append(row, fmt.Sprintf("%s, %.0f", bytesOf(x.Bytes), x.Allocations))
				} else {
					row = append(row, "–")
				}
			}
			rows = append(rows, row)
		}
	}
	table(b, rows)
	var heaps []string
	for _, peer := range slices.Sorted(maps.Keys(r.Heaps)) {
		heaps = append(heaps, bytesOf(float64(r.Heaps[peer]))+" "+peer)
	}
	if len(heaps) > 0 {
		fmt.Fprintf(b, "What stays in memory once each has read and written its documents, the documents themselves included: %s.\n\n", strings.Join(heaps, "; "))
	}
}

func (r *report) writeFirst(b *strings.Builder) {
	if len(r.First) == 0 {
		return
	}
	b.WriteString("**First message of a process** (small programs, one for each peer), ms; secmodel and jsonschema validate:\n\n")
	head, byPeer := []string{""}, map[string][]string{}
	var peers []string
	for _, f := range r.First {
		if !slices.Contains(head, f.Document) {
			head = append(head, f.Document)
		}
		if byPeer[f.Peer] == nil {
			peers = append(peers, f.Peer)
		}
		s := quartiles(f.Milliseconds)
		byPeer[f.Peer] = append(byPeer[f.Peer], fmt.Sprintf("%s (%s–%s)", number(s.Median), number(s.Low), number(s.High)))
	}
	rows := [][]string{head}
	for _, peer := range peers {
		rows = append(rows, append([]string{peer}, byPeer[peer]...))
	}
	table(b, rows)
}

func (r *report) writeScaling(b *strings.Builder) {
	if len(r.Scaling) == 0 {
		return
	}
	b.WriteString("**Scaling**: one authentication with ever more observables, MB/s of elapsed time:\n\n")
	var counts []int
	for _, s := range r.Scaling {
		if !slices.Contains(counts, s.Processors) {
			counts = append(counts, s.Processors)
		}
	}
	head := []string{"bytes"}
	for _, what := range []string{"decode and validate", "encode"} {
		for _, n := range counts {
			head = append(head, fmt.Sprintf("%s, GOMAXPROCS=%d", what, n))
		}
	}
	rows := [][]string{head}
	for i := 0; i < len(r.Scaling); i += len(counts) {
		group := r.Scaling[i : i+len(counts)]
		row := []string{fmt.Sprint(group[0].Bytes)}
		for _, s := range group {
			row = append(row, number(quartiles(s.Decode).Median))
		}
		for _, s := range group {
			row = append(row, number(quartiles(s.Encode).Median))
		}
		rows = append(rows, row)
	}
	table(b, rows)
}

func (r *report) writeStreams(b *strings.Builder) {
	if len(r.Streams) == 0 {
		return
	}
	b.WriteString("**Streams** of JSON lines, read and validated; the documents are those of the mixed stream:\n\n")
	rows := [][]string{{"", "GOMAXPROCS", "stream", "MB/s", "largest heap"}}
	for _, s := range r.Streams {
		rows = append(rows, []string{s.Reader, fmt.Sprint(s.Processors), bytesOf(float64(s.Bytes)), number(s.Throughput), bytesOf(float64(s.Peak))})
	}
	table(b, rows)
}

func (r *report) writeSizes(b *strings.Builder) {
	if r.Size == nil {
		return
	}
	b.WriteString("**Size** of programs, over one that prints a line (`.ci/size.sh`):\n\n")
	over := func(list []int, i int) string { return megabytes(list[i]-r.Size.Empty[i]) + " MB" }
	table(b, [][]string{
		{"", "whole", "stripped"},
		{"decodes JSON to a map with encoding/json", over(r.Size.JSON, 0), over(r.Size.JSON, 1)},
		{"uses one class of OCSF", over(r.Size.One, 0), over(r.Size.One, 1)},
		{"uses all classes of OCSF", over(r.Size.All, 0), over(r.Size.All, 1)},
	})
}

// writeFailures says what is missing in the tables, and why.
func (r *report) writeFailures(b *strings.Builder) {
	lines := map[string][]string{} // documents by what is said of them
	var order []string
	note := func(text, document string) {
		if lines[text] == nil {
			order = append(order, text)
		}
		if !slices.Contains(lines[text], document) {
			lines[text] = append(lines[text], document)
		}
	}
	for _, f := range r.Failures {
		if f.Order == shuffled && slices.ContainsFunc(r.Failures, func(g failure) bool {
			return g.Order == schema && g.Op == f.Op && g.Document == f.Document && g.Peer == f.Peer
		}) {
			continue // the same again
		}
		note(f.Peer+": "+f.Why, f.Document)
	}
	for _, x := range r.Results {
		if x.Lossy != "" {
			note("† "+x.Peer+" "+x.Lossy, x.Document)
		}
	}
	if len(order)+len(r.Absent) == 0 {
		return
	}
	b.WriteString("What the tables lack:\n\n")
	for _, text := range order {
		fmt.Fprintf(b, "- %s (%s)\n", code(text), strings.Join(lines[text], ", "))
	}
	for _, name := range slices.Sorted(maps.Keys(r.Absent)) {
		fmt.Fprintf(b, "- %s %s\n", name, r.Absent[name])
	}
}

// code keeps the text of an error from being taken for Markdown.
func code(text string) string {
	return strings.NewReplacer("|", "\\|", "<", "&lt;", "*", "\\*", "_", "\\_", "`", "\\`").Replace(text)
}
