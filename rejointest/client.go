package rejointest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"rejoin/agentapi"
	"rejoin/chatapi"
	"rejoin/identity"
)

// Client speaks HTTP with a server as one person: a visitor with a bearer token or an agent with a cookie. A server that trusts loopback as
// a proxy sees each client at an address of its own. It is safe for concurrent use, as long as nobody changes its fields.
type Client struct {
	HTTP    *http.Client
	Token   string // a visitor's session
	Cookie  string // an agent's session
	Address string // that the proxy, which we are, vouches for
}

// StatusError is an answer that is not a success.
type StatusError struct {
	Status int
	Body   string
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("the server answered %d: %s", e.Status, e.Body)
}

// Refused reports whether err is an answer of the server with the given status.
func Refused(err error, status int) bool {
	var e *StatusError
	return errors.As(err, &e) && e.Status == status
}

// NewVisitor is somebody with a fresh session, at an address that is most likely their own.
func NewVisitor(h *http.Client) *Client {
	token := identity.NewToken()
	return &Client{HTTP: h, Token: token, Address: fmt.Sprintf("10.%d.%d.%d", token[0], token[1], token[2])}
}

// SignIn signs the first agent in.
func SignIn(ctx context.Context, h *http.Client, url string) (*Client, agentapi.Me, error) {
	var me agentapi.Me
	body, err := json.Marshal(agentapi.SignIn{Email: AdminEmail, Password: AdminPassword})
	if err != nil {
		return nil, me, err
	}
	resp, err := h.Post(url+"/agent/v1/sign-in", "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, me, err
	}
	defer resp.Body.Close()
	if err := decode(resp, &me); err != nil {
		return nil, me, err
	}
	for _, c := range resp.Cookies() {
		return &Client{HTTP: h, Cookie: c.Name + "=" + c.Value, Address: "10.255.255.1"}, me, nil
	}
	return nil, me, errors.New("signing in set no cookie")
}

// Do sends in, unless it is nil, and decodes the answer into out.
func (c *Client) Do(ctx context.Context, method, url string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return err
	}
	c.Mark(req.Header)
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return decode(resp, out)
}

// Mark sets the headers that say who asks.
func (c *Client) Mark(h http.Header) {
	h.Set("X-Forwarded-For", c.Address)
	if c.Token != "" {
		h.Set("Authorization", "Bearer "+c.Token)
	}
	if c.Cookie != "" {
		h.Set("Cookie", c.Cookie)
	}
}

func decode(resp *http.Response, out any) error {
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return &StatusError{resp.StatusCode, string(b)}
	}
	return json.Unmarshal(b, out)
}

// Begin begins a conversation.
func (c *Client) Begin(ctx context.Context, url, platformID, clientID, body string) (up chatapi.Update, err error) {
	in := chatapi.NewIssue{PlatformID: platformID, ClientID: clientID, Body: body,
		Meta: chatapi.MetaIn{Language: "en", TimeZone: "Europe/Berlin", URL: Shop + "/boots"}}
	return up, c.Do(ctx, http.MethodPost, url+"/chat/v1/issues", in, &up)
}

// Say sends a visitor's message.
func (c *Client) Say(ctx context.Context, url, issueID string, in chatapi.Send) (up chatapi.Update, err error) {
	return up, c.Do(ctx, http.MethodPost, url+"/chat/v1/issues/"+issueID+"/messages", in, &up)
}

// Read reports a visitor's read cursor.
func (c *Client) Read(ctx context.Context, url, issueID string, seq int64) (up chatapi.Update, err error) {
	return up, c.Do(ctx, http.MethodPost, url+"/chat/v1/issues/"+issueID+"/read", chatapi.Read{Seq: seq}, &up)
}

// Messages returns a visitor's page of a conversation after seq.
func (c *Client) Messages(ctx context.Context, url, issueID string, after int64) (up chatapi.Update, err error) {
	return up, c.Do(ctx, http.MethodGet, url+"/chat/v1/issues/"+issueID+"/messages?after="+strconv.FormatInt(after, 10), nil, &up)
}

// Reply sends an agent's message. The answer holds what lies after the seq.
func (c *Client) Reply(ctx context.Context, url, issueID string, in agentapi.Send) (t agentapi.Thread, err error) {
	return t, c.Do(ctx, http.MethodPost, url+"/agent/v1/issues/"+issueID+"/messages", in, &t)
}

// Steer presses an agent's button about the waiting e-mail: send_now, hold or release.
func (c *Client) Steer(ctx context.Context, url, issueID, action string) (t agentapi.Thread, err error) {
	return t, c.Do(ctx, http.MethodPost, url+"/agent/v1/issues/"+issueID+"/follow-up", agentapi.SetFollowUp{Action: action}, &t)
}

// App returns the installation's app.
func (c *Client) App(ctx context.Context, url string) (agentapi.App, error) {
	var list agentapi.Apps
	if err := c.Do(ctx, http.MethodGet, url+"/agent/v1/apps", nil, &list); err != nil {
		return agentapi.App{}, err
	}
	if len(list.Apps) != 1 {
		return agentapi.App{}, fmt.Errorf("there are %d apps, not one", len(list.Apps))
	}
	return list.Apps[0], nil
}

// SetWebChat stores the app's settings.
func (c *Client) SetWebChat(ctx context.Context, url string, app agentapi.App) error {
	in := agentapi.SetWebChat{WebChat: app.WebChat, AllowedOrigins: app.AllowedOrigins}
	return c.Do(ctx, http.MethodPut, url+"/agent/v1/apps/"+app.ID+"/web-chat", in, &agentapi.App{})
}
