// Command bench compares reading, checking and writing messages with secmodel
// and with what else a Go program can do it with. It is a module of its own, so
// that the peers stay out of the go.mod of the library.
//
//	../.ci/bench.sh -readme ../README.md
//
// makes the generated peers (go generate), builds them all (-tags full), and
// replaces the section between the markers bench:begin and bench:end. Without
// the tag, "go run ." compares with those peers that build quickly.
//
// # What is compared
//
// Every peer reads the same texts. JSON libraries decode them to the structs of
// internal/mirror, which have the fields and tags of the models and no methods;
// peers with types of their own decode to those. Before anything is measured,
// every peer must have decoded what secmodel decodes, and written equal JSON;
// one that does not is left out or marked, and the table says why.
//
// Every peer has processes of its own, so that what one keeps in memory does not
// change how the garbage collector works for others; the processes take turns.
// Beyond its own tables each holds the texts only, some 3 MB, less than the 4 MB
// at which the collector begins its work.
// Where a peer keeps many megabytes, as goccy's encoder does, the collector runs
// rarely, and its share is missing in the figures, in favour of the peer.
// Each round runs every candidate once, in random order, for a fixed time. A
// figure is the median over the rounds; a ratio is the median of the ratios
// within rounds, with its quartiles, which noise of the machine changes less
// than the times themselves. Times are those of the processor, so that the work
// of the garbage collector on other cores counts and other programs do not; it
// runs with GOGC=100.
package main

//go:generate go run ./internal/generate
