package mozdef

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
)

// plugin is a plugin of the server's workers. It runs on every event in which
// one of its words stands, as the name or the text of a member at any depth,
// in any case of letters.
type plugin struct {
	name   string
	words  []string
	effect string
}

// plugins lists the plugins that may alter or drop an event, in the order in
// which the server calls them. Left out are those that no word of an event
// brings into play, but the queue that it comes from.
var plugins = [...]plugin{
	{"ttl_auditd", []string{"auditd", "command"}, "marks some events of programs to be deleted after three days"},
	{"auditdFixup", []string{"auditd", "audisp-json"}, "sets type, takes hostname from details, and drops events of some programs"},
	{"zoom_fixup", []string{"zoom_host"}, "makes a new event of details, if it has the tag zoom"},
	{"broFixup", []string{"bro"}, "makes a new event of details, if it came by an endpoint of its own"},
	{"googleFixup", []string{"google"}, "removes quotes from details.etag"},
	{"ldap_fixup", []string{"ldap", "ldap-humanizer"}, "sets details.email and details.username, often to null"},
	{"lower_keys", []string{"cloudtrail"}, "writes names of members in lower case"},
	{"remove_dots", []string{"cloudtrail"}, "removes points from names of members"},
	{"mozilla_location", []string{"network", "netflow"}, "adds details.site and details.sitetype for hosts of Mozilla"},
	{"nagioshostname", []string{"nagios_hostname"}, "gives the event an identifier, by which it replaces an earlier one"},
	{"observium", []string{"observium"}, "makes members of details from summary"},
	{"parse_sshd", []string{"sshd"}, "makes members of details from summary"},
	{"parse_su", []string{"sshd"}, "makes members of details from summary"},
	{"rt_flow", []string{"rt_flow"}, "makes members of details from summary"},
	{"snmptt", []string{"snmptt"}, "makes members of details and hostname from summary, and adds the tag alert"},
	{"squidFixup", []string{"squid"}, "makes a new event, if it came by an endpoint of its own"},
	{"sshdFindIP", []string{"sshd", "fail2ban"}, "takes details.sourceipaddress from summary, if there is none"},
	{"suricataFixup", []string{"suricata"}, "makes a new event of details, if it came by an endpoint of its own"},
	{"triage_bot", []string{"triagebot"}, "reports the status of an alert, and drops events that name none"},
	{"stackdriver", []string{"pubsub"}, "makes a new event of details, if it has the tag pubsub"},
	{"stackdriver_audit", []string{"stackdriver"}, "makes members of details from those of Google Cloud"},
	{"stackdriver_gceactivity", []string{"stackdriver"}, "makes members of details from those of Google Cloud"},
	{"stackdriver_syslog", []string{"stackdriver"}, "makes members of details from those of Google Cloud"},
	{"cloudtrail", []string{"cloudtrail"}, "makes text of members of details and cuts long ones"},
	{"guardDuty", []string{"guardduty"}, "rewrites times in details, and adds sourceipaddress"},
	{"filterlog", []string{"filterlog"}, "makes members of details from summary"},
	{ipFixup, addressNames, "moves addresses in details to members for their version"},
	{"complianceitems", []string{"complianceitems"}, "stores details alone, and drops the event if they are no compliance item"},
	{"geoip", []string{"sourceipaddress", "destinationipaddress"}, "adds the location of addresses to details, if the server has the data"},
}

const ipFixup = "ipFixup"

// addressNames are the words of ipFixup.
var addressNames = []string{"sourceipaddress", "destinationipaddress", "src", "srcip", "dst", "dstip", "http_x_forwarded_for"}

// pluginNotes reports the plugins that would run on the event with these
// members, but for those that were applied.
func pluginNotes(root *object, applied []string) (notes []secmodel.Violation) {
	words := map[string]string{} // with the pointer of the first place
	root.words("", words)
	for _, p := range plugins {
		if slices.Contains(applied, p.name) {
			continue
		}
		for _, word := range p.words {
			if at, ok := words[word]; ok {
				notes = append(notes, secmodel.Violation{
					Severity: secmodel.Warning, Code: CodePlugin, Pointer: at, Value: word,
					Message: fmt.Sprintf("for the word %q the server runs the plugin %s, which %s", word, p.name, p.effect),
				})
				break
			}
		}
	}
	return notes
}

// words collects the names and texts in an object, each with the JSON Pointer of
// its first place.
func (o *object) words(at string, words map[string]string) {
	for _, m := range o.list {
		place := at + pointer(m.name)
		addWord(words, m.name, place)
		valueWords(m.raw, place, words)
	}
}

func valueWords(raw json.RawMessage, at string, words map[string]string) {
	switch raw[0] {
	case '"':
		text, _ := stringOf(raw)
		addWord(words, text, at)
	case '{':
		o, _ := parseObject(raw)
		o.words(at, words)
	case '[':
		for i, v := range elements(raw) {
			valueWords(v, fmt.Sprintf("%s/%d", at, i), words)
		}
	}
}

func addWord(words map[string]string, word, at string) {
	word = strings.ToLower(word)
	if _, ok := words[word]; !ok {
		words[word] = at
	}
}
