package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/serialize"
	"github.com/spf13/cobra"
)

// normalizeFlags are the flags of normalize.
type normalizeFlags struct {
	endpoint, sqs, sns string
	received           timeFlag
	zone               zoneFlag
	server             string
	ipFixup            bool
}

// options returns the options that the flags stand for.
func (f *normalizeFlags) options() []mozdef.NormalizeOption {
	opts := []mozdef.NormalizeOption{mozdef.WithZone(f.zone.zone)}
	if f.endpoint != "" {
		opts = append(opts, mozdef.WithEndpoint(f.endpoint))
	}
	if f.sqs != "" {
		opts = append(opts, mozdef.WithSQS(f.sqs))
	}
	if f.sns != "" {
		opts = append(opts, mozdef.WithSNS(f.sns))
	}
	if !f.received.at.IsZero() {
		opts = append(opts, mozdef.WithReceived(f.received.at))
	}
	if f.server != "" {
		opts = append(opts, mozdef.WithServer(f.server))
	}
	if f.ipFixup {
		opts = append(opts, mozdef.WithIPFixup())
	}
	return opts
}

// newNormalize returns the command normalize.
func newNormalize(c *console) *cobra.Command {
	t := &transformer{did: "altered or incomplete", same: "stored whole"}
	var f normalizeFlags
	cmd := &cobra.Command{
		Use:   "normalize [FILE...]",
		Short: "Write what the MozDef server would store of documents",
		Long: `Normalize writes the events that the MozDef server stores for documents that
are sent to it: members under the names that it gives them, times in UTC,
missing ones filled in. It takes any JSON object, as log shippers write them,
and tells what the server would alter or lose, and which documents it would
drop, and why.

Times that a document does not have are those of its receipt: now, or the time
given with --received, with which the result is the same every time.

` + toldHelp + inputHelp + `
Exit codes:
  0    the server would store all documents
  1    it would drop at least one, or one cannot be read
` + exitHelp,
		Example: `  # What becomes of what a log shipper sends
  secmodel normalize shipped.ndjson

  # The same every time
  secmodel normalize --received 2026-03-01T08:15:30Z shipped.ndjson > stored`,
		Args: checkInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts := f.options()
			t.changer = func(d *document) change { return normalize(d, t.input.options(), opts) }
			return t.run(cmd.Context(), c, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(&f.received, "received", "when the server got the documents, as 2026-03-01T08:15:30Z; now if not given")
	flags.Var(&f.zone, "zone", "zone of the server's clock, as Europe/Paris")
	flags.StringVar(&f.server, "server", "", "name of the server's host, for mozdefhostname")
	flags.StringVar(&f.endpoint, "endpoint", "", "name of the endpoint that they were posted to: /custom/NAME")
	flags.StringVar(&f.sqs, "sqs", "", "name of the queue of Amazon SQS that they came through")
	flags.StringVar(&f.sns, "sns", "", "name of the queue that notifications of Amazon SNS came through")
	flags.BoolVar(&f.ipFixup, "ip-fixup", false, "apply the server's plugin ipFixup")
	cmd.MarkFlagsMutuallyExclusive("endpoint", "sqs", "sns")
	t.add(cmd, "text")
	return cmd
}

// normalize makes of a document what the server would.
func normalize(d *document, read []secmodel.Option, opts []mozdef.NormalizeOption) change {
	if d.err != nil {
		return unreadable(d, d.err)
	}
	data := d.Data
	if d.ContentType != serialize.JSON {
		m, err := serialize.UnserializeAs[mozdef.Event](d.Payload(), append(read, secmodel.SkipValidation())...)
		if err != nil {
			return unreadable(d, err)
		}
		if data, err = m.AppendJSON(nil); err != nil {
			return unreadable(d, err)
		}
	}
	event, notes, err := mozdef.Normalize(data, opts...)
	if err != nil {
		c := unreadable(d, err)
		if drop, ok := errors.AsType[*mozdef.DropError](err); ok {
			c.violations[0].Code, c.violations[0].Pointer = codeDropped, drop.Pointer
			c.violations[0].Message = "the server drops the document: " + drop.Reason + "; left out"
		}
		return c
	}
	c := change{message: event}
	for _, v := range notes {
		v.Line, v.Column, v.Offset, v.Length = 0, 0, 0, 0
		c.done = append(c.done, told{v.String(), v})
	}
	return c
}

// codeDropped is the code for a document that the MozDef server drops.
const codeDropped = "document_dropped"

// timeFlag is the value of a flag that is a time.
type timeFlag struct{ at time.Time }

// String implements pflag.Value.
func (f *timeFlag) String() string {
	if f.at.IsZero() {
		return ""
	}
	return f.at.Format(time.RFC3339Nano)
}

// Type implements pflag.Value.
func (f *timeFlag) Type() string { return "time" }

// Set implements pflag.Value.
func (f *timeFlag) Set(text string) error {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return errors.New("it must be a time with its offset, as 2026-03-01T08:15:30Z")
	}
	f.at = at
	return nil
}

// zoneFlag is the value of a flag that is a time zone.
type zoneFlag struct{ zone *time.Location }

// String implements pflag.Value.
func (f *zoneFlag) String() string {
	if f.zone == nil {
		return ""
	}
	return f.zone.String()
}

// Type implements pflag.Value.
func (f *zoneFlag) Type() string { return "zone" }

// Set implements pflag.Value.
func (f *zoneFlag) Set(text string) error {
	zone, err := time.LoadLocation(text)
	if err != nil || text == "" {
		return fmt.Errorf("it must be the name of a time zone, as Europe/Paris")
	}
	f.zone = zone
	return nil
}
