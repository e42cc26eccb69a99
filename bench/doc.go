// Command bench compares reading, checking and writing messages with secmodel
// and with what else a Go program can do it with. It is a module of its own, so
// that the peers stay out of the go.mod of the library.
//
//	../.ci/bench.sh -readme ../README.md
//
// makes the generated peers (go generate), builds them all (-tags full), writes
// RESULTS.md, and puts its main tables between the markers bench:begin and
// bench:end of the README. Without the tag, "go run ." compares with those peers
// that build quickly.
//
// # What is compared
//
// Every peer reads the same texts. JSON libraries decode them to the structs of
// internal/mirror, which have the fields and tags of the models and no methods;
// peers with types of their own decode to those. Before anything is measured,
// every peer must have decoded what secmodel decodes, and written equal JSON;
// one that does not is left out or marked, and the report says why.
//
// What secmodel does with memory that it uses again has rows of its own, and so
// has what peers do with theirs: decoding into the struct of the document before,
// encoding into the buffer before. A reused Decoder clears what the next document
// does not have; the peers do not, so theirs is right only for the same document
// again and again. Beside what decoding takes stands what the memory for the
// decoded message takes alone, with nothing read into it: no decoder that gives
// such structs can be faster.
//
// Every peer has processes of its own, so that what one keeps in memory does not
// change how the garbage collector works for others; the processes take turns.
// The texts are the most of what each holds, 5 to 8 MB, which the report lists.
// The collector runs when as much again has been allocated: where a peer keeps
// more, as goccy's encoder does with hundreds of megabytes, it runs rarely, and
// its share is missing in the figures, in favour of the peer.
// Each round runs every candidate once, in random order, for a fixed time. A
// figure is the median over the rounds; a ratio is the median of the ratios
// within rounds, with its quartiles, which noise of the machine changes less
// than the times themselves. Times are those of the processor, so that the work
// of the garbage collector on other cores counts and other programs do not; it
// runs with GOGC=100.
package main

//go:generate go run ./internal/generate
