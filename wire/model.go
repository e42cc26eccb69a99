package wire

import "unsafe"

// Model is what every generated type is, by pointer.
type Model interface {
	// WireModel gives the engine the table of the type's package, the type's
	// own, and the value. It is not meant for callers.
	WireModel() (*Table, *Type, unsafe.Pointer)
}
