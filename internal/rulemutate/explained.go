package main

// explained names the mutants that no test can notice, each with its reason.
var explained = map[string]string{}
