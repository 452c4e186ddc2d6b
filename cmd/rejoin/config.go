package main

import (
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/mail"
	"rejoin/sso"
)

// config is every setting of an installation. Each is an environment variable (REJOIN_ and the name below) and the flag of the same
// name; the flag wins. A secret can also be read from a file that REJOIN_…_FILE names.
type config struct {
	Listen         string `env:"LISTEN" envDefault:"127.0.0.1:8080" usage:"address to listen on"`
	PublicURL      string `env:"PUBLIC_URL" usage:"where browsers reach the server, for example https://chat.example.com; empty means http:// and the address of --listen"`
	Database       string `env:"DATABASE" envDefault:"data/rejoin.db" secret:"true" usage:"an SQLite file, or postgres://user:password@host/name"`
	SMTP           string `env:"SMTP" secret:"true" usage:"mail server: smtp://user:password@host:587, or smtps://…:465; needed"`
	MailFrom       string `env:"MAIL_FROM" usage:"address that e-mails come from; needed"`
	Files          string `env:"FILES" envDefault:"data/files" secret:"true" usage:"where attachments are kept: a directory, or s3://ACCESS:SECRET@host/bucket/prefix?region=…"`
	TrustedProxies string `env:"TRUSTED_PROXIES" usage:"addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas"`
	OutboundAllow  string `env:"OUTBOUND_ALLOW" usage:"internal addresses or networks that bots, automations and webhooks may call, separated by commas; empty means public ones only"`
	OIDCIssuer     string `env:"OIDC_ISSUER" usage:"address of the OpenID provider that agents sign in with; empty means that they have passwords only"`
	OIDCClientID   string `env:"OIDC_CLIENT_ID" usage:"what the provider calls this installation"`
	OIDCSecret     string `env:"OIDC_CLIENT_SECRET" secret:"whole" usage:"the secret that the provider has given for it"`
	OIDCName       string `env:"OIDC_NAME" envDefault:"single sign-on" usage:"the provider's name on the sign-in page"`
	LogLevel       string `env:"LOG_LEVEL" envDefault:"info" usage:"debug, info, warn or error"`
	LogFormat      string `env:"LOG_FORMAT" envDefault:"text" usage:"text or json"`
}

const envPrefix = "REJOIN_"

// setting is one field of config.
type setting struct {
	name, variable, usage, standard string
	secret                          bool
	opaque                          bool // a secret that is no address with a password in it
	value                           *string
}

// settings returns the fields of c, all of them or those that are named.
func (c *config) settings(only ...string) (list []setting) {
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		s := setting{variable: envPrefix + tag.Get("env"), usage: tag.Get("usage"), standard: tag.Get("envDefault"),
			secret: tag.Get("secret") != "", opaque: tag.Get("secret") == "whole", value: v.Field(i).Addr().Interface().(*string)}
		s.name = strings.ToLower(strings.ReplaceAll(tag.Get("env"), "_", "-"))
		if len(only) == 0 || slices.Contains(only, s.name) {
			list = append(list, s)
		}
	}
	return list
}

// fromEnvironment reads the settings from variables.
func fromEnvironment(environ []string) (c config, err error) {
	vars := env.ToMap(environ)
	for _, s := range c.settings() {
		if !s.secret {
			continue
		}
		if vars[s.variable], err = secret(vars, s.variable); err != nil {
			return c, err
		}
	}
	for name, value := range vars {
		if value == "" {
			delete(vars, name) // set to nothing is not set: the default holds
		}
	}
	err = env.ParseWithOptions(&c, env.Options{Prefix: envPrefix, Environment: vars})
	return c, err
}

// secret returns the value of a variable, or of the file that NAME_FILE names.
func secret(vars map[string]string, name string) (string, error) {
	file := vars[name+"_FILE"]
	if file == "" {
		return vars[name], nil
	}
	if vars[name] != "" {
		return "", usagef("%s and %[1]s_FILE are both set. Set one of them.", name)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", usagef("The file that %s_FILE names cannot be read (%v).", name, cause(err))
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

// define adds the named settings, or all, to the flags. The help shows the defaults and not what the environment says, which may be secret.
func (c *config) define(fs *flag.FlagSet, only ...string) {
	for _, s := range c.settings(only...) {
		value := *s.value
		fs.StringVar(s.value, s.name, s.standard, s.usage+"; "+s.variable)
		*s.value = value
	}
}

// base is where browsers reach a server that listens at addr.
func (c *config) base(addr string) string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	return localURL("", addr)
}

// localURL is the address of something that listens at addr, under a host name if one is given. All addresses means this machine.
func localURL(name, addr string) string {
	host, port, _ := net.SplitHostPort(addr) // we listen there, or say later that we cannot
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	if name != "" {
		host = name
	}
	return "http://" + net.JoinHostPort(host, port)
}

// checked is what the settings mean.
type checked struct {
	sender  *mail.Sender
	proxies []netip.Prefix
	allow   []netip.Prefix // what bots, automations and webhooks may call besides public addresses
}

// check returns one sentence for each mistake in the settings, in one error.
func (c *config) check() (ok checked, err error) {
	var wrong []string
	note := func(name, format string, args ...any) {
		variable := envPrefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		wrong = append(wrong, fmt.Sprintf("--%s (%s): ", name, variable)+fmt.Sprintf(format, args...))
	}
	if _, _, e := net.SplitHostPort(c.Listen); e != nil {
		note("listen", "%q is not an address to listen on. Write it like 127.0.0.1:8080.", c.Listen)
	}
	if !isBase(c.PublicURL) {
		note("public-url", "%q is not the address of a server. Write it like https://chat.example.com, without a path.", c.PublicURL)
	}
	if c.SMTP == "" {
		note("smtp", "The mail server is missing. Write it like smtp://user:password@mail.example.com:587.")
	} else if ok.sender, err = mail.NewSender(c.SMTP, mail.SenderOptions{}); err != nil {
		note("smtp", "%s.", strings.TrimPrefix(err.Error(), "mail: "))
	}
	if c.MailFrom == "" {
		note("mail-from", "The address that e-mails come from is missing. Write it like chat@example.com.")
	} else if _, err := rejoin.CheckEmail(c.MailFrom); err != nil {
		note("mail-from", "%q is not an e-mail address. Write it like chat@example.com.", c.MailFrom)
	}
	if ok.proxies, err = parseNetworks(c.TrustedProxies); err != nil {
		note("trusted-proxies", "%v.", err)
	}
	if ok.allow, err = parseNetworks(c.OutboundAllow); err != nil {
		note("outbound-allow", "%v.", err)
	}
	c.checkOIDC(note)
	if _, err := c.logger(nil); err != nil {
		wrong = append(wrong, err.Error())
	}
	if len(wrong) > 0 {
		return ok, usageError(strings.Join(wrong, "\n"))
	}
	return ok, nil
}

// checkOIDC looks at the settings of single sign-on: all of them, or none.
func (c *config) checkOIDC(note func(name, format string, args ...any)) {
	if c.OIDCIssuer == "" {
		if c.OIDCClientID != "" || c.OIDCSecret != "" {
			note("oidc-issuer", "The provider's address is missing. Write it like https://login.example.com, as the provider's metadata spell it.")
		}
		return
	}
	if u, err := url.Parse(c.OIDCIssuer); err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" && !isLocal(u) {
		note("oidc-issuer", "%q is not a provider's address. Write it like https://login.example.com, as the provider's metadata spell it.", c.OIDCIssuer)
	}
	if c.OIDCClientID == "" {
		note("oidc-client-id", "It is missing. Register this installation with the provider, which then names it.")
	}
	if c.OIDCSecret == "" {
		note("oidc-client-secret", "It is missing. The provider gives it when you register this installation.")
	}
	if name, err := rejoin.CheckName("name", c.OIDCName); err != nil || len(name) > 60 {
		note("oidc-name", "Give a short name of the provider, for example Okta.")
	}
}

// isLocal reports whether a plain http address stays on this machine.
func isLocal(u *url.URL) bool {
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || err == nil && ip.IsLoopback())
}

// provider is the single sign-on of a server at PublicURL, or nil if there is none.
func (c *config) provider() *sso.Provider {
	if c.OIDCIssuer == "" {
		return nil
	}
	return sso.New(sso.Config{Name: c.OIDCName, Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCSecret,
		RedirectURL: c.PublicURL + agentapi.SSOCallback})
}

// isBase reports whether raw is the scheme and host of a server, or empty.
func isBase(raw string) bool {
	if raw == "" {
		return true
	}
	_, ok := rejoin.ParseOrigin(raw)
	u, err := url.Parse(raw)
	return ok && err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == ""
}

// parseNetworks reads addresses and networks that commas or spaces separate.
func parseNetworks(raw string) (out []netip.Prefix, err error) {
	for _, part := range strings.FieldsFunc(raw, func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			addr, err := netip.ParseAddr(part)
			if err != nil {
				return nil, fmt.Errorf("%q is neither an address such as 10.0.0.1 nor a network such as 10.0.0.0/8", part)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		out = append(out, prefix)
	}
	return out, nil
}

// masked returns the settings for the log, without what is secret in them.
func (c *config) masked() (out []any) {
	for _, s := range c.settings() {
		value := *s.value
		if u, err := url.Parse(value); s.secret && !s.opaque && err == nil {
			value = u.Redacted()
		} else if s.secret && value != "" {
			value = "(set)"
		}
		out = append(out, slog.String(s.name, value))
	}
	return out
}
