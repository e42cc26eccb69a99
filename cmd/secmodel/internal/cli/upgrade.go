package cli

import (
	"errors"
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/spf13/cobra"
)

// newUpgrade returns the command upgrade.
func newUpgrade(c *console) *cobra.Command {
	t := &transformer{did: "converted", other: "of other formats"}
	var version versionFlag
	restore := false
	cmd := &cobra.Command{
		Use:   "upgrade --to VERSION [FILE...]",
		Short: "Turn documents into another version of their format, up or down",
		Long: `Upgrade writes documents as another version of their format has them, newer or
older: an IDMEFv2 draft or an OCSF release. Values that have other names there
are mapped. What has no place there travels with the document (in an attachment
of IDMEFv2, in unmapped of OCSF), and --restore puts it back: the document is
then what it was. Documents of a format that does not have the version are
written as they are.

What the version demands and a document does not have is not invented: the
document is written without it, and that is told as an error.

` + toldHelp + inputHelp + `
Exit codes:
  0    all documents were written, and are as the version or the source has them
  1    at least one lacks what the version demands, could not be restored
       exactly, has two members of one name, or was left out
` + exitHelp + `
Versions, for --to:
` + versionList(),
		Example: `  # An event of release 1.3.0 as one of 1.8.0
  secmodel upgrade --to 1.8.0 login.json

  # For a receiver that knows only an older draft, and back
  secmodel upgrade --to 2.D.V06 alert.json > older.ndjson
  secmodel upgrade --restore older.ndjson`,
		Args: checkInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if restore == (version.version != "") {
				return errors.New("say either the version, with --to, or --restore")
			}
			t.changer = func(d *document) change {
				ch, ok := t.load(d)
				if ok {
					convert(d, &ch, version.version)
				}
				return ch
			}
			return t.run(cmd.Context(), c, args)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().Var(&version, "to", "version that documents are turned into")
	cmd.Flags().BoolVar(&restore, "restore", false, "undo an earlier conversion, with what travelled along")
	t.add(cmd, "text")
	complete(cmd, "to", versions())
	return cmd
}

// convert turns the message of a change into another version, or, if that is
// "", undoes an earlier conversion.
func convert(d *document, c *change, version string) {
	var report secmodel.ConversionReport
	var m secmodel.Message
	var err error
	switch from := c.message.(type) {
	case *idmefv2.Message:
		if c.alone = !has(idmefv2.Versions(), version); c.alone {
			return
		}
		if version == "" {
			m, report, err = idmefv2.Restore(from)
		} else {
			m, report, err = idmefv2.ForVersion(from, version)
		}
	case ocsf.Event:
		if c.alone = !has(ocsf.Versions(), version); c.alone {
			return
		}
		if version == "" {
			m, report, err = ocsf.Restore(from)
		} else {
			m, report, err = ocsf.ForVersion(from, version)
		}
	case *ocsf.Bundle:
		if c.alone = !has(ocsf.Versions(), version); c.alone {
			return
		}
		if version == "" {
			m, report, err = from.Restore()
		} else {
			m, report, err = from.ForVersion(version)
		}
	default:
		c.alone = !has(mozdef.Versions(), version) // MozDef has one version only
		return
	}
	if err != nil {
		*c = unreadable(d, err)
		return
	}
	c.message = m
	c.changed = report.From.Version != report.To.Version
	for _, e := range report.Entries {
		c.done = append(c.done, told{e.Severity.String() + ": " + e.String(), e})
		if e.Severity == secmodel.Error {
			c.fault = true
		}
	}
}

// has reports whether a format has a version; "" stands for any.
func has(versions []string, version string) bool {
	return version == "" || slices.Contains(versions, version)
}
