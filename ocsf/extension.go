package ocsf

import (
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Packages generated for private extensions of OCSF (gen -extension) implement
// their events by the functions of this file. They are not meant to be called by
// hand.

// ExtensionIdentity implements Identity of an event of an extension.
func ExtensionIdentity(m wire.Model) secmodel.Identity { return identity(m) }

// ExtensionCheck implements Check of an event of an extension.
func ExtensionCheck(m wire.Model, o secmodel.Options) secmodel.Report { return check(m, o) }

// ExtensionClass returns the class of an event of an extension.
func ExtensionClass(m wire.Model) Class { return classOf(m) }

// ExtensionCommon implements Common of an event of an extension.
func ExtensionCommon(m wire.Model) Common { return common(m) }
