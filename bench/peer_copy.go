package main

// newCopy only moves the bytes, into memory that it uses again.
func newCopy() scanner {
	var buf []byte
	return scanner{name: "copy of the bytes", scan: func(data []byte) error {
		buf = append(buf[:0], data...)
		return nil
	}}
}
