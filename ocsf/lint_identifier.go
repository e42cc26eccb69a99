package ocsf

import (
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// repeated finds a UUID that two elements of a list have.
func (l *linter) repeated(n wire.Node, f *wire.Field) {
	var first map[string]int
	count := n.Len(f)
	for i := range count {
		element := n.Child(f, i)
		uid, at := l.text(&element, "uid")
		if uid == nil || !lint.IsUUID(*uid) || lint.PlaceholderUUID(*uid) {
			continue
		}
		id := strings.ToLower(*uid)
		if j, ok := first[id]; ok {
			l.Add(secmodel.CodeIdentifierTwin, l.at(f, i, count)+string(wire.AppendPointer(nil, at.Name())), *uid, nil,
				"uid %s is also that of %s %d", *uid, f.Name(), j)
			continue
		}
		if first == nil {
			first = make(map[string]int, count)
		}
		first[id] = i
	}
}

// ownParent finds a process that is its own parent.
func (l *linter) ownParent(n wire.Node) {
	parent := l.child(n, "parent_process")
	if parent == nil {
		return
	}
	if own, _ := l.number(&n, "pid"); own != nil && *own != 0 {
		if pid, f := l.number(parent, "pid"); pid != nil && *pid == *own {
			l.Add(secmodel.CodeIdentifierTwin, l.within(n, "parent_process", f), *pid, nil, "pid %d is also that of the process itself", *pid)
		}
	}
	if own, _ := l.text(&n, "uid"); own != nil && *own != "" && !lint.Placeholder(*own) {
		if uid, f := l.text(parent, "uid"); uid != nil && *uid == *own {
			l.Add(secmodel.CodeIdentifierTwin, l.within(n, "parent_process", f), *uid, nil, "uid %s is also that of the process itself", *uid)
		}
	}
}

// eventTwin finds the UUID of the event in what is no event.
func (l *linter) eventTwin(n wire.Node) {
	switch n.Type().Name {
	case "account", "device", "group", "process", "session", "user":
		if uid, f := l.text(&n, "uid"); l.uid != "" && uid != nil && strings.EqualFold(*uid, l.uid) && !lint.PlaceholderUUID(*uid) {
			l.Add(secmodel.CodeIdentifierTwin, l.pointer(f), *uid, nil, "uid %s is also that of the event", *uid)
		}
	}
}
