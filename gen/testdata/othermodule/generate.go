// Command inventory validates documents of this module's own formats: it reads
// lines {"schema": NAME, "document": …} and answers each with what it found, and
// with the document as it writes it. Its packages are made of the schemas in
// schemas/ by go generate.
package main

//go:generate go run github.com/secmodel/secmodel/gen -schema schemas/ticket.schema.json -out ticket -package ticket
//go:generate go run github.com/secmodel/secmodel/gen -schema schemas/device.schema.json -out device -package device
//go:generate go run github.com/secmodel/secmodel/gen -schema schemas/asset.schema.json -out asset -package asset
//go:generate go run github.com/secmodel/secmodel/gen -schema schemas/scan.schema.json -out scan -package scan
//go:generate go run github.com/secmodel/secmodel/gen -schema schemas/finding.schema.json -out finding -package finding
//go:generate go run github.com/secmodel/secmodel/gen -extension extension -out acme -package acme
