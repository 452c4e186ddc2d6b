// A customer's site: pages that carry the chat as a test wants them, on two origins, with whoever is logged in there in a cookie.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { until, Visitor } from "./harness.mjs";

/** The token that the site's server makes for its user, in base64. */
export function signed(secret, userId = "", email = "") {
  return createHmac("sha256", secret).update(userId + email).digest("base64");
}

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A login token; what is given replaces what a good one has. */
export function jwt(secret, identities, { header = { alg: "HS256", typ: "JWT" }, ...claims } = {}) {
  const body = `${part(header)}.${part({ identities, iat: Math.floor(Date.now() / 1000), ...claims })}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

/** The identities of a login token for a user. */
export const identitiesOf = ({ userId, userEmail }) => [
  ...(userId ? [{ identifier: "uid", value: userId }] : []),
  ...(userEmail ? [{ identifier: "email", value: userEmail }] : []),
];

const events = [
  "newUnreadMessages",
  "userChanged",
  "widgetToggle",
  "conversationStart",
  "messageAdd",
  "csatSubmit",
  "conversationResolved",
  "conversationRejected",
  "conversationEnd",
  "conversationReopened",
  "agentMessageReceived",
  "userClickOnAction",
  "userAuthFailure",
  "onLoginRequest",
  "onWebChatRuntimeError",
  "chatEnd",
];

/** The interim function and the script of the chat, under either name, as a site copies it into its pages. */
export function loader(server, name) {
  const [id, file] = name === "Helpshift" ? ["hs-chat", "webChat.js"] : ["rejoin-chat", "webchat.js"];
  return `
    if (typeof window.${name} === "function") window.${name}("update");
    else {
      const stub = function () { stub.q.push(arguments); };
      stub.q = [];
      window.${name} = stub;
      const script = document.createElement("script");
      const first = document.getElementsByTagName("script")[0];
      Object.assign(script, { async: true, id: "${id}", src: "${server}/${file}", onload: () => window.${name}("init") });
      first.parentNode.insertBefore(script, first);
    }`;
}

/** What the page hears it keeps in order, and a page's own mistakes too. */
const listening = (name) => `
  window.told = [];
  window.mistakes = [];
  addEventListener("error", (e) => mistakes.push(e.message));
  addEventListener("unhandledrejection", (e) => mistakes.push(String(e.reason)));
  for (const event of ${JSON.stringify(events)}) ${name}("addEventListener", event, (data) => told.push({ event, data }));`;

export class HostSite {
  /** Starts it and lets the app's chat be on it. */
  static async start(demo, client) {
    const site = new HostSite();
    Object.assign(site, { demo, pages: new Map(), secret: await secretOf(client) });
    site.server = createServer((q, r) => site.answer(q, r)).listen(0, "127.0.0.1");
    await once(site.server, "listening");
    const { port } = site.server.address();
    site.origin = `http://localhost:${port}`;
    site.second = `http://127.0.0.1:${port}`;
    const { allowed_origins } = await client.app();
    await client.configure({}, [...allowed_origins, site.origin, site.second]);
    return site;
  }

  /**
   * Puts a page at a path. Config is what the page tells the chat beside its platform, or makes that of the user of the cookie; before runs ahead of
   * the loader, after behind it. Name is the one the page uses throughout.
   */
  page(path, { config = {}, before = "", after = "", name = "Rejoin", policy = "" } = {}) {
    this.pages.set(path, { config, before, after, name, policy });
    return this.origin + path;
  }

  /** What a page tells of somebody who is logged in, with the token of the site's server. */
  as({ userId, userEmail, userName }) {
    return { userId, userEmail, userName, userAuthToken: signed(this.secret, userId, userEmail) };
  }

  answer(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    const page = this.pages.get(pathname.replace(/\.js$/, ""));
    if (!page) return response.writeHead(404).end();
    const script = pathname.endsWith(".js");
    const headers = { "Content-Type": script ? "text/javascript" : "text/html; charset=utf-8", "Cache-Control": "no-cache" };
    response.writeHead(200, page.policy ? { ...headers, "Content-Security-Policy": page.policy } : headers);
    response.end(script ? this.script(page, userIn(request)) : frame(pathname));
  }

  script({ config, before, after, name }, user) {
    const { platform, server } = this.demo;
    const told = typeof config === "function" ? config(user) : config;
    const all = JSON.stringify({ platformId: platform, domain: "demo", ...told });
    const global = name === "Helpshift" ? "helpshiftConfig" : "rejoinConfig";
    return [`window.${global} = ${all};`, before, loader(server, name), listening(name), after].join("\n");
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

function frame(path) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>Host page ${path}</title></head>
<body><main><h1>Host page ${path}</h1><a href="/elsewhere">Elsewhere</a></main><script src="${path}.js"></script></body></html>`;
}

/** The user whom the site has logged in. */
function userIn(request) {
  const [, user] = /(?:^|; )user=([^;]*)/.exec(request.headers.cookie ?? "") ?? [];
  return user ? JSON.parse(decodeURIComponent(user)) : null;
}

/** The secret of the demo's app; it makes one if there is none. */
export async function secretOf(client) {
  const at = `/apps/${(await client.app()).id}/identity`;
  let { secrets } = await client.call("GET", at);
  if (secrets.length === 0) ({ secrets } = await client.call("POST", `${at}/secrets`, {}));
  return (await client.call("POST", `${at}/secrets/${secrets[0].id}/reveal`, {})).value;
}

/** Asks of everybody who is logged in that the site's server has signed it, or not. */
export async function requireSignatures(client, required) {
  await client.call("PUT", `/apps/${(await client.app()).id}/identity`, { required });
}

/** Somebody on a page of the customer's site. */
export class HostPage extends Visitor {
  static async visit(browser, url, { user, ...options } = {}) {
    const page = await (await browser.newContext(options)).newPage();
    const host = new HostPage(page);
    if (user) await host.logIn(user, new URL(url).origin);
    await page.goto(url);
    return host;
  }

  /** The site logs the user in. Its pages know at the next load. */
  logIn(user, origin = new URL(this.page.url()).origin) {
    return this.page.context().addCookies([{ name: "user", value: encodeURIComponent(JSON.stringify(user)), url: origin }]);
  }

  logOut() {
    return this.page.context().clearCookies({ name: "user" });
  }

  /** Calls a command as the page's own program does. */
  call(...args) {
    return this.page.evaluate((args) => (window.Rejoin ?? window.Helpshift)(...args), args);
  }

  /** Changes the page's configuration, undefined takes a key out, and lets the chat read it. */
  update(change) {
    const gone = Object.keys(change).filter((key) => change[key] === undefined);
    return this.page.evaluate(
      ([change, gone]) => {
        const config = window.rejoinConfig ?? window.helpshiftConfig;
        Object.assign(config, change);
        for (const key of gone) delete config[key];
        (window.Rejoin ?? window.Helpshift)("updateHelpshiftConfig");
      },
      [change, gone],
    );
  }

  /** What the page has heard of an event so far, oldest first. */
  told(event) {
    return this.page.evaluate((event) => window.told.filter((t) => t.event === event).map((t) => t.data ?? null), event);
  }

  /** Waits until the page has heard of an event, with data as the check wants it, and returns the data. */
  heard(event, check = () => true) {
    return until(`the event ${event}`, async () => {
      const found = (await this.told(event)).find((data) => check(data));
      return found === undefined ? null : (found ?? true);
    });
  }

  /** The names of the events so far that are among those given, in order. */
  async order(...names) {
    const told = await this.page.evaluate(() => window.told.map((t) => t.event));
    return told.filter((name) => names.includes(name));
  }

  /** What the chat has left in the page's storage. */
  stored() {
    return this.page.evaluate(() => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith("rejoin:"))));
  }

  heading(title) {
    return this.panel.getByRole("heading", { name: title });
  }

  async leave() {
    await this.page.context().close();
  }
}
