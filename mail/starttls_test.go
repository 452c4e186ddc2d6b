package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"rejoin/mail"
)

// authServer is a real mail server with TLS and a password.
type authServer struct {
	mu   sync.Mutex
	log  []string
	conn *smtp.Conn
}

func (a *authServer) note(s string) {
	_, encrypted := a.conn.TLSConnectionState()
	a.mu.Lock()
	defer a.mu.Unlock()
	if encrypted {
		s += " encrypted"
	}
	a.log = append(a.log, s)
}

func (a *authServer) Reset()                               {}
func (a *authServer) Logout() error                        { return nil }
func (a *authServer) Mail(string, *smtp.MailOptions) error { return nil }
func (a *authServer) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (a *authServer) AuthMechanisms() []string             { return []string{sasl.Plain} }
func (a *authServer) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	a.note("data")
	return err
}

func (a *authServer) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		a.note("auth")
		if user != "rejoin" || password != "s:e/cret" {
			return errors.New("no")
		}
		return nil
	}), nil
}

func TestDeliverTLS(t *testing.T) {
	cert, pool := certificate(t)
	config := &tls.Config{Certificates: []tls.Certificate{cert}}
	for _, c := range []struct {
		name, scheme, user, query string
		server                    *tls.Config
		trust                     *x509.CertPool
		outcome                   mail.Outcome
		log                       []string
	}{
		{"starttls with password", "smtp", "rejoin:s%3Ae%2Fcret@", "", config, pool, mail.Accepted, []string{"auth encrypted", "data encrypted"}},
		{"smtps with password", "smtps", "rejoin:s%3Ae%2Fcret@", "", config, pool, mail.Accepted, []string{"auth encrypted", "data encrypted"}},
		{"wrong password", "smtp", "rejoin:wrong@", "", config, pool, mail.Temporary, []string{"auth encrypted"}},
		{"opportunistic, offered", "smtp", "", "", config, pool, mail.Accepted, []string{"data encrypted"}},
		{"opportunistic, not offered", "smtp", "", "", nil, pool, mail.Accepted, []string{"data"}},
		{"always, not offered", "smtp", "", "?starttls=always", nil, pool, mail.Temporary, nil},
		{"password, not offered", "smtp", "rejoin:s%3Ae%2Fcret@", "", nil, pool, mail.Temporary, nil},
		{"never", "smtp", "", "?starttls=never", config, pool, mail.Accepted, []string{"data"}},
		{"strange certificate", "smtp", "", "", config, x509.NewCertPool(), mail.Temporary, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &authServer{}
			addr := serve(t, a, c.server, c.scheme == "smtps")
			s := newSender(t, c.scheme+"://"+c.user+addr+c.query, mail.SenderOptions{TLS: &tls.Config{RootCAs: c.trust}})
			r := s.Deliver(t.Context(), letter, nil)
			if r.Outcome != c.outcome {
				t.Errorf("got %+v, want %s", r, c.outcome)
			}
			a.mu.Lock()
			defer a.mu.Unlock()
			if diff := cmp.Diff(c.log, a.log); diff != "" {
				t.Errorf("the server saw (-want +got):\n%s", diff)
			}
		})
	}
}

func serve(t *testing.T, a *authServer, config *tls.Config, implicit bool) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { a.conn = c; return a, nil }))
	srv.TLSConfig = config
	addr := l.Addr().String()
	if implicit {
		l = tls.NewListener(l, config)
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	t.Cleanup(func() { srv.Close(); <-done })
	return addr
}

func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, pool
}
