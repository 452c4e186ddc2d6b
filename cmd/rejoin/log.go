package main

import (
	"io"
	"log/slog"
)

// logger makes the log that the settings ask for.
func (c *config) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	switch c.LogLevel {
	case "debug", "info", "warn", "error":
		if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
			return nil, err
		}
	default:
		return nil, usagef("--log-level (REJOIN_LOG_LEVEL): %q is not a level. The levels are debug, info, warn and error.", c.LogLevel)
	}
	options := &slog.HandlerOptions{Level: level}
	switch c.LogFormat {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, usagef("--log-format (REJOIN_LOG_FORMAT): %q is not a format. The formats are text and json.", c.LogFormat)
}
