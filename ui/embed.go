// Package ui holds the browser's programs, built by "make ui": the SDK that host pages load, the chat panel and the dashboard.
package ui

import "embed"

// Dist is the built files: sdk/webchat.js, widget/ with manifest.json, dashboard/ with index.html.
//
//go:embed all:dist
var Dist embed.FS
