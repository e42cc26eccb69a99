package mozdef

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
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
	s := wordSearch{at: map[string]string{}}
	for _, p := range plugins {
		for _, word := range p.words {
			s.at[word] = ""
		}
	}
	s.object(root)
	for _, p := range plugins {
		if slices.Contains(applied, p.name) {
			continue
		}
		for _, word := range p.words {
			if at := s.at[word]; at != "" {
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

// wordSearch looks for words among the names and texts of an event.
type wordSearch struct {
	at   map[string]string // the JSON Pointer of the first place of each word, "" where there is none
	path []string          // to the value at hand: its pointer would be long to make for every value
}

func (s *wordSearch) object(o *object) {
	for _, m := range o.list {
		s.path = append(s.path, m.name)
		s.word(m.name)
		s.value(m.raw)
		s.path = s.path[:len(s.path)-1]
	}
}

func (s *wordSearch) value(raw json.RawMessage) {
	switch raw[0] {
	case '"':
		text, _ := stringOf(raw)
		s.word(text)
	case '{':
		o, _ := parseObject(raw)
		s.object(&o)
	case '[':
		for i, v := range elements(raw) {
			s.path = append(s.path, strconv.Itoa(i))
			s.value(v)
			s.path = s.path[:len(s.path)-1]
		}
	}
}

func (s *wordSearch) word(word string) {
	const longest = 80 // bytes; a word of a plugin has 20 letters, of up to three bytes as they were sent
	if len(word) > longest {
		return
	}
	word = strings.ToLower(word)
	if at, ok := s.at[word]; ok && at == "" {
		var p []byte
		for _, name := range s.path {
			p = wire.AppendPointer(p, name)
		}
		s.at[word] = string(p)
	}
}
