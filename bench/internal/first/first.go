// Package first times the first message of a process. The programs in
// bench/first are one for each peer, so that none carries another's code.
package first

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/secmodel/secmodel/internal/mirror/idmefv2"
	"github.com/secmodel/secmodel/internal/mirror/ocsf"
	"github.com/secmodel/secmodel/schemas"
)

// Classes are those that the programs know, by the names of the documents.
const (
	IDMEF   = "idmef"
	Finding = "finding"
)

// Run reads a document from the standard input, of the class that the first
// argument names, and prints how many nanoseconds f took for it.
func Run(f func(class string, data []byte) error) {
	data, err := io.ReadAll(os.Stdin)
	if err == nil && len(os.Args) != 2 {
		err = fmt.Errorf("usage: %s CLASS <DOCUMENT", os.Args[0])
	}
	var took time.Duration
	if err == nil {
		begin := time.Now()
		err = f(os.Args[1], data)
		took = time.Since(begin)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(took.Nanoseconds())
}

// Mirror makes a struct without methods to decode a class to.
func Mirror(class string) any {
	if class == IDMEF {
		return new(idmefv2.Message)
	}
	return new(ocsf.DetectionFinding)
}

// Schema is the plain JSON Schema of a class. Making it is not what a program
// that uses a validator would do, so call it before Run.
func Schema() ([]byte, error) {
	if len(os.Args) == 2 && os.Args[1] == IDMEF {
		return schemas.Plain("idmefv2", "2.D.V08", "message")
	}
	return schemas.Plain("ocsf", "1.8.0", "detection_finding")
}
