// Inapp is the chat screen of an app, in the terminal: a whole client of the chat API (docs/chat-api.md) in one small program.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"time"
)

// config is what an app knows about itself.
type config struct {
	server, platform string
	session          string // the file that keeps the session
	language, zone   string
	meta             meta
}

func main() {
	c := config{meta: meta{Device: "phone", App: map[string]string{"id": "com.example.shop", "name": "Shop", "version": "7.4.0"},
		OS: map[string]string{"name": runtime.GOOS}, Hardware: map[string]any{"model": "Terminal", "network": "wifi"}}}
	flag.StringVar(&c.server, "server", "http://127.0.0.1:8080", "address of the server")
	flag.StringVar(&c.platform, "platform", "", "id of the platform: Settings → App settings → {app} → In-app")
	flag.StringVar(&c.session, "session", "session.json", "where the session is kept; an app has a safer place")
	flag.StringVar(&c.language, "language", "en", "the app's language")
	flag.StringVar(&c.zone, "timezone", "", "the device's time zone, such as Europe/Berlin")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, c, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run is the program, until the input or the context ends.
func run(ctx context.Context, c config, in io.Reader, out io.Writer) error {
	if c.platform == "" {
		return errors.New("name the platform by -platform: its id is in Settings → App settings → {app} → In-app")
	}
	kept, err := openSession(c.session)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a := &app{config: c, api: api{server: c.server, token: kept.Token, http: &http.Client{Timeout: time.Minute}}, session: kept, screen: screen{out},
		tab: freshToken()[:16]}
	defer a.hangUp()
	lines := make(chan string)
	go func() { // it ends with the input, or when nobody listens any more
		defer close(lines)
		for s := bufio.NewScanner(in); s.Scan(); {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return a.live(ctx, lines)
}
