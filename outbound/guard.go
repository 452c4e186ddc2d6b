package outbound

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
)

// guard connects for one call.
type guard struct {
	*Client
	plain bool // without TLS
}

// dial connects to an address that may be called. The port and the address are looked at when the connection is made, so that a name cannot change
// what it stands for in between.
func (c guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return &Error{Text: "This address cannot be called.", Refused: true, Err: err}
		}
		return c.judge(at.Addr())
	}}
	return d.DialContext(ctx, network, address)
}

// judge refuses addresses that are not public, unless the operator has allowed them.
func (c guard) judge(ip netip.Addr) error {
	ip = ip.Unmap().WithZone("")
	if c.plain && !ip.IsLoopback() {
		return &Error{Text: "Only addresses that begin with https:// are called.", Refused: true}
	}
	if c.loopback && ip.IsLoopback() || slices.ContainsFunc(c.allow, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return nil
	}
	if !Public(ip) {
		return &Error{Text: fmt.Sprintf("The address leads to %s, which is not on the public internet. Whoever runs this server can allow it with REJOIN_OUTBOUND_ALLOW.", ip), Refused: true}
	}
	return nil
}

// special are networks that are not, or not only, on the public internet, besides those that package netip knows: RFC 6890 and the registries it has begun.
var special = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
	"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",
	"::/96", "::ffff:0:0:0/96", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10")

// The networks whose addresses hold an IPv4 address, and where in them it begins.
var embedding = map[netip.Prefix]int{
	netip.MustParsePrefix("64:ff9b::/96"): 12, // NAT64, RFC 6052
	netip.MustParsePrefix("2002::/16"):    2,  // 6to4, RFC 3056
}

// opaque are networks that translate to addresses which cannot be told from outside: local-use NAT64, RFC 8215.
var opaque = prefixes("64:ff9b:1::/48")

func prefixes(list ...string) (out []netip.Prefix) {
	for _, p := range list {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

// Public reports whether the address is one host on the public internet.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsValid() || ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() {
		return false
	}
	inside := func(p netip.Prefix) bool { return p.Contains(ip) }
	if slices.ContainsFunc(special, inside) || slices.ContainsFunc(opaque, inside) {
		return false
	}
	for p, at := range embedding {
		if p.Contains(ip) {
			whole := ip.As16()
			return Public(netip.AddrFrom4([4]byte(whole[at : at+4])))
		}
	}
	return true
}
