package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// machine is what the figures depend on.
type machine struct {
	Go         string            `json:"go"`
	Platform   string            `json:"platform"`
	Processor  string            `json:"processor"`
	Processors int               `json:"processors"`
	Versions   map[string]string `json:"versions"` // by module
}

// thisMachine describes the machine, and the modules in this program.
func thisMachine() machine {
	m := machine{
		Go:         runtime.Version(),
		Platform:   runtime.GOOS + "/" + runtime.GOARCH,
		Processor:  "an unknown processor",
		Processors: runtime.NumCPU(),
		Versions:   map[string]string{},
	}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				m.Processor = strings.TrimSpace(model)
				break
			}
		}
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			m.Versions[d.Path] = d.Version
		}
	}
	return m
}
