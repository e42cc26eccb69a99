package mozdef

import (
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
)

func element(pointer string, i int) string { return pointer + "/" + strconv.Itoa(i) }

func (l linter) placeholder(pointer, value, why string) {
	l.Add(secmodel.CodePlaceholder, pointer, value, nil, "%s %q %s", lastName(pointer), value, why)
}

func (l linter) example(pointer, value string) {
	l.Add(secmodel.CodeExample, pointer, value, nil, "%s %q is set aside for documentation", lastName(pointer), value)
}

// lastName returns the name of the attribute that a pointer leads to.
func lastName(pointer string) string {
	for {
		i := strings.LastIndexByte(pointer, '/')
		if name := pointer[i+1:]; i <= 0 || name == "" || strings.Trim(name, "0123456789") != "" {
			return name
		}
		pointer = pointer[:i]
	}
}

const noValue = "stands for no value"

// text judges a name.
func (l linter) text(pointer string, text *string) {
	if text != nil && lint.Placeholder(*text) {
		l.placeholder(pointer, *text, noValue)
	}
}

// host judges the name of a host. That by which every host calls itself is a
// mistake where it says which host it is.
func (l linter) host(pointer string, name *string, identity bool) {
	switch {
	case name == nil:
	case lint.Placeholder(*name):
		l.placeholder(pointer, *name, noValue)
	case identity && lint.LocalName(*name):
		l.placeholder(pointer, *name, "is what every host calls itself")
	case lint.ExampleName(*name):
		l.example(pointer, *name)
	}
}

// address judges an IP address.
func (l linter) address(pointer string, ip *string, identity bool) {
	if ip == nil {
		return
	}
	switch kind := lint.KindOf(*ip); {
	case lint.Placeholder(*ip):
		l.placeholder(pointer, *ip, noValue)
	case kind == lint.Unspecified:
		l.placeholder(pointer, *ip, "is the address of no host")
	case kind == lint.Broadcast && !strings.Contains(pointer, "destination"):
		l.placeholder(pointer, *ip, "is the address of every host")
	case kind == lint.Loopback && identity:
		l.placeholder(pointer, *ip, "is the address of every host to itself")
	case kind == lint.Documentation:
		l.example(pointer, *ip)
	}
}

// mac judges a hardware address.
func (l linter) mac(pointer string, mac *string) {
	switch {
	case mac == nil:
	case lint.Placeholder(*mac):
		l.placeholder(pointer, *mac, noValue)
	case lint.PlaceholderMAC(*mac):
		l.placeholder(pointer, *mac, "is the address of no host")
	case lint.ExampleMAC(*mac):
		l.example(pointer, *mac)
	}
}
