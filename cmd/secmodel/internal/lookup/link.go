package lookup

import "github.com/secmodel/secmodel/internal/model"

// Pages of the specifications.
const (
	ocsfSite   = "https://schema.ocsf.io/"
	idmefPage  = "https://github.com/IDMEFv2/IDMEFv2-Drafts"
	mozdefPage = "https://mozdef.readthedocs.io/en/latest/usage.html#json-format"
)

// link returns the page of the specification that is about a definition, in the
// newest version that has it.
func (g *guide) link(t *model.Type) string {
	switch g.Format {
	case "idmefv2":
		return idmefPage
	case "mozdef":
		return mozdefPage
	}
	version := g.Newest()
	for version > 0 && !t.In.Has(version) {
		version--
	}
	page := ocsfSite + g.Versions[version].Name
	switch {
	case t.Class != nil:
		page += "/classes/" + t.NameAt(version)
	case t.Kind == model.Object:
		page += "/objects/" + t.NameAt(version)
	default:
		return page + "/data_types"
	}
	if t.Extension != "" {
		page += "?extensions=" + t.Extension
	}
	return page
}
