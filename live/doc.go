// Package live tells clients that something has changed, at once.
//
// A [Hub] carries [Signal]s from whoever changed something to the [Subscription]s of this process and, by a [Bus], to the other
// nodes. Signals hold ids, never content: a receiver loads what it may see. They may be lost (a node dies, the bus reconnects) and
// are then replaced by [Resync]; what is true is in the store, and clients resume by cursor. [Sockets] keeps the WebSockets.
//
// The order at shutdown: stop accepting, [Sockets.Drain], finish requests, end [Hub.Run].
package live
