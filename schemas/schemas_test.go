package schemas_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/schemas"
)

// TestMain spares the collector: the validators leave much garbage, and keep
// little.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}

func TestFormats(t *testing.T) {
	for _, want := range []string{"idmefv2", "mozdef"} {
		if !slices.Contains(schemas.Formats(), want) {
			t.Errorf("formats are %q, without %s", schemas.Formats(), want)
		}
	}
	for _, err := range []error{
		second(schemas.Versions("nix")),
		second(schemas.Classes("nix", "1")),
		second(schemas.Classes("idmefv2", "1")),
		second(schemas.Plain("nix", "1", "message")),
		second(schemas.Plain("idmefv2", "2.D.V08", "nix")),
		second(schemas.Annotated("../go")),
	} {
		if err == nil {
			t.Error("no error for a name that there is not")
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestIDMEFv2Versions(t *testing.T) {
	got, err := schemas.Versions("idmefv2")
	if err != nil {
		t.Fatal(err)
	}
	var want []schemas.Version
	for draft := 2; draft <= 8; draft++ {
		want = append(want, schemas.Version{Name: fmt.Sprintf("2.D.V%02d", draft)})
	}
	want = append(want, schemas.Version{Name: "2.D.V09-Dev", Preview: true})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCanonical: the files are as `go run ./gen fmt` leaves them.
func TestCanonical(t *testing.T) {
	for _, format := range schemas.Formats() {
		data, err := schemas.Annotated(format)
		if err != nil {
			t.Fatal(err)
		}
		s, err := model.Parse(data)
		if err != nil {
			t.Errorf("%s: %v", format, err)
			continue
		}
		if s.Format != format {
			t.Errorf("%s.schema.json is of the format %q", format, s.Format)
		}
		canonical, err := s.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, canonical) {
			t.Errorf("%s.schema.json is not in canonical form: run go run ./gen fmt", format)
		}
	}
}

// TestSources: the record of the sources is complete.
func TestSources(t *testing.T) {
	data, err := os.ReadFile("sources.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Sources []struct{ Format, Version, Repository, Commit, Licence, Path, SHA256 string }
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	versions, err := schemas.Versions("idmefv2")
	if err != nil {
		t.Fatal(err)
	}
	digest := regexp.MustCompile(`^[0-9a-f]{64}$`)
	commit := regexp.MustCompile(`^[0-9a-f]{7,40}$`)
	var recorded []schemas.Version
	for _, s := range doc.Sources {
		if s.Format == "mozdef" && s.SHA256 == "" { // read by hand: no file was imported
			s.SHA256 = strings.Repeat("0", 64)
		}
		if s.Repository == "" || s.Licence == "" || s.Path == "" || !commit.MatchString(s.Commit) || !digest.MatchString(s.SHA256) {
			t.Errorf("the source of %s %s is not fully recorded: %+v", s.Format, s.Version, s)
		}
		if s.Format == "idmefv2" {
			recorded = append(recorded, schemas.Version{Name: s.Version, Preview: strings.HasSuffix(s.Version, "-Dev")})
		}
	}
	if diff := cmp.Diff(versions, recorded); diff != "" {
		t.Errorf("versions of idmefv2 with a source (-schema +sources):\n%s", diff)
	}
}

// shared returns the path of a file beside the repository, which holds what is
// not ours; without it the test is skipped.
func shared(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs %s", path)
	}
	return path
}
