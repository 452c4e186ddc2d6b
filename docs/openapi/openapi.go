// Package openapi holds the APIs in the words of machines: OpenAPI 3.1, written by cmd/wiregen ("make generate") from the operations that each door describes
// and from the Go types that they mention.
package openapi

import _ "embed"

// Chat describes /chat/v1. The server answers with it at /chat/v1/openapi.json.
//
//go:embed chat.json
var Chat string

// Agent describes /agent/v1. The server answers with it at /agent/v1/openapi.json.
//
//go:embed agent.json
var Agent string

// Rest describes /v1. The server answers with it at /v1/openapi.json.
//
//go:embed rest.json
var Rest string
