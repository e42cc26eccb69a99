// Package lint has the judgements that the suspicions of all formats share:
// which texts stand for no value, which addresses and names are those of
// documentation, which unit a number of a time is in. It knows no format.
package lint
