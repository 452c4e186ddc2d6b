// Package openapi holds the chat API in the words of machines: OpenAPI 3.1, written from the Go types by cmd/wiregen ("make generate").
package openapi

import _ "embed"

// Chat describes /chat/v1. The server answers with it at /chat/v1/openapi.json.
//
//go:embed chat.json
var Chat string
