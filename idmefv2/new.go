package idmefv2

import (
	"time"

	"github.com/google/uuid"
)

// New returns a message of the draft Latest with a new ID and CreateTime now.
// The Analyzer, which every draft requires, is the caller's to add.
func New() *Message {
	return &Message{
		Version:    new(Latest),
		ID:         new(NewID()),
		CreateTime: new(Timestamp(time.Now())),
	}
}

// NewID returns a new UUID of version 7, as text. The drafts advise against
// version 4 (section 3.3.10).
func NewID() string {
	return uuid.Must(uuid.NewV7()).String()
}
