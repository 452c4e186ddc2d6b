// The real binary, a real browser, a real mailbox. Tests wait for conditions, never for time to pass.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));

/** The program under test; REJOIN_BINARY names another build. */
export const binary = process.env.REJOIN_BINARY ?? join(here, "..", "bin", "rejoin");

/** Where screenshots go that people look at. */
export const out = join(here, "out");
mkdirSync(out, { recursive: true });

/** Keeps a picture of a page. What moves is at its end. */
export function shoot(page, name, options = {}) {
  return page.screenshot({ path: join(out, `${name}.png`), animations: "disabled", ...options });
}

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => existsSync(p));

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// What is left when this process ends in any way is taken along.
const left = new Set();
process.on("exit", () => {
  for (const end of left) end();
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

/** How long a condition may take, in milliseconds: a tab that is gone without a word counts as there for 40 seconds. */
const PATIENCE = 60_000;

/** A browser of its own: closing it is closing a person's browser. */
export async function openBrowser(options = {}) {
  const browser = await chromium.launch({ executablePath, args: flags, ...options });
  const open = browser.newContext.bind(browser);
  browser.newContext = async (o) => {
    const context = await open(o);
    context.setDefaultTimeout(PATIENCE);
    context.on("weberror", (e) => thrown.push(String(e.error().stack ?? e.error())));
    context.on("page", (page) => {
      pages.add(page);
      page.on("close", () => pages.delete(page));
      page.on("crash", () => thrown.push(`the page at ${page.url()} crashed`));
    });
    return context;
  };
  return browser;
}

// What a failed test looked at, told with its failure: it may never fail again.
const pages = new Set();
const thrown = [];
afterEach(async (t) => {
  if (t.passed) return;
  const seen = await Promise.all([...pages].map(describe));
  const error = t.error.cause ?? t.error;
  error.message += ["", ...thrown.slice(-3), ...seen].join("\n");
});

async function describe(page) {
  const content = await page.locator("body").ariaSnapshot({ timeout: 2000 }).catch(String);
  return `${page.url()} showed:\n${content.slice(0, 1500)}`;
}

/**
 * A browser as people have it: the tab in front hides the others, and its process can freeze and die. Playwright's other
 * browsers keep every page visible.
 */
export class RealBrowser {
  static async open() {
    const browser = new RealBrowser();
    const profile = mkdtempSync(join(tmpdir(), "rejoin-profile-"));
    const args = [...flags, "--headless", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
    // A process group of its own, so that signals reach all of the browser's processes.
    browser.process = spawn(executablePath, args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
    browser.gone = once(browser.process, "exit");
    browser.end = () => {
      browser.signal("SIGKILL");
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
      left.delete(browser.end);
    };
    left.add(browser.end);
    const address = await new Promise((found, failed) => {
      browser.gone.then(() => failed(new Error("the browser ended before it was ready")));
      createInterface({ input: browser.process.stderr }).on("line", (line) => {
        const [, url] = /^DevTools listening on (\S+)/.exec(line) ?? [];
        if (url) found(url);
      });
    });
    browser.remote = await chromium.connectOverCDP(address, { noDefaults: true });
    return browser;
  }

  /** A new tab, in front of the others. */
  newTab() {
    return this.remote.contexts()[0].newPage();
  }

  signal(name) {
    try {
      process.kill(-this.process.pid, name);
    } catch {
      // all of its processes have ended
    }
  }

  /** Nothing of it runs any more, and its connections stay open: as when a laptop sleeps or leaves the network. */
  freeze() {
    this.signal("SIGSTOP");
  }

  /** Closes it as a person does. */
  async close() {
    const session = await this.remote.newBrowserCDPSession();
    await Promise.all([this.gone, session.send("Browser.close").catch(() => {})]);
    this.end();
  }

  async kill() {
    this.end();
    await this.gone;
  }
}

/** The demo on free ports, with a window that no test outlasts unless it says otherwise. */
export class Demo {
  /** Conversations is how many of the sample's crowd there are; flags are further flags of "rejoin demo". What the demo logs is in log. */
  static async start({ window = "1h", conversations = 0, flags = [] } = {}) {
    const demo = new Demo();
    demo.data = mkdtempSync(join(tmpdir(), "rejoin-e2e-"));
    Object.assign(demo, { window, flags: ["--conversations", String(conversations), ...flags], log: "" });
    demo.end = () => {
      demo.process?.kill("SIGKILL");
      rmSync(demo.data, { recursive: true, force: true });
      left.delete(demo.end);
    };
    left.add(demo.end);
    await demo.run(["127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:0"]);
    return demo;
  }

  async run(ports) {
    const [listen, shop, mailbox, smtp] = ports;
    this.process = spawn(
      binary,
      ["demo", "--json", "--data", this.data, "--window", this.window, "--listen", listen, "--shop-listen", shop, "--mailbox-listen", mailbox, "--smtp-listen", smtp, ...this.flags],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    this.process.stderr.setEncoding("utf8").on("data", (text) => {
      this.log += text;
    });
    const exited = once(this.process, "exit").then(([code]) => {
      throw new Error(`the demo ended with ${code} before it was ready: ${this.log}`);
    });
    const lines = createInterface({ input: this.process.stdout });
    const first = once(lines, "line").then(([line]) => line);
    Object.assign(this, JSON.parse(await Promise.race([first, exited])));
    exited.catch(() => {});
  }

  /** Ends the process without a warning. */
  async kill() {
    const gone = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await gone;
  }

  /** Starts again where everything was. */
  async restart() {
    const port = (url) => `127.0.0.1:${new URL(url.includes("://") ? url : `smtp://${url}`).port}`;
    await this.run([this.server, this.shop, this.mailbox, this.smtp].map(port));
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const gone = once(this.process, "exit");
      this.process.kill("SIGTERM");
      await gone;
    }
    this.end();
  }
}

/** Polls a condition that only the outside can tell, such as a page of another program. */
export async function until(what, check, timeout = PATIENCE) {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error(`timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The agents' API as the dashboard uses it, for tests that are about the visitor. */
export class AgentClient {
  constructor(demo) {
    this.demo = demo;
  }

  async signIn() {
    const r = await fetch(`${this.demo.server}/agent/v1/sign-in`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: this.demo.agent_email, password: this.demo.agent_password }),
    });
    if (!r.ok) throw new Error(`sign-in: ${r.status} ${await r.text()}`);
    this.cookie = r.headers.get("set-cookie").split(";")[0];
    this.me = await r.json();
    return this;
  }

  async call(method, path, body) {
    const r = await fetch(`${this.demo.server}/agent/v1${path}`, {
      method,
      headers: { Cookie: this.cookie, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
    const answer = await r.json();
    if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The conversations that hold the words, the newest change first. */
  query(text) {
    return this.call("POST", "/issues/query", { view: "all", filter: { text } });
  }

  /** The newest conversation that holds the text. A search also finds what has the same words elsewhere. */
  find(text) {
    return until(`an issue with ${text}`, async () => {
      const { issues, hits } = await this.query(text);
      return issues.find((i, n) => [i.title, i.preview, hits?.[n]].some((found) => found?.includes(text)));
    });
  }

  thread(id) {
    return this.call("GET", `/issues/${id}`);
  }

  reply(id, body) {
    return this.call("POST", `/issues/${id}/messages`, { client_id: crypto.randomUUID(), body });
  }

  sendNow(id) {
    return this.call("POST", `/issues/${id}/follow-up`, { action: "send_now" });
  }

  revokeLinks(id) {
    return this.call("POST", `/issues/${id}/links/revoke`, {});
  }

  /** The demo's app with its settings. */
  async app() {
    return (await this.call("GET", "/apps")).apps[0];
  }

  /** Changes settings of the follow-ups, and adds or replaces allowed origins. */
  async configure(followUp, origins) {
    const app = await this.app();
    const web_chat = { ...app.web_chat, follow_up: { ...app.web_chat.follow_up, ...followUp } };
    return this.call("PUT", `/apps/${app.id}/web-chat`, { web_chat, allowed_origins: origins ?? app.allowed_origins });
  }

  /** Waits until the thread is as the check wants it. */
  when(id, what, check) {
    return until(what, async () => {
      const t = await this.thread(id);
      return check(t) ? t : null;
    });
  }
}

/** A visitor's page of the shop with the chat. */
export class Visitor {
  constructor(page) {
    this.page = page;
    this.launcher = page.getByRole("button", { name: /chat/i });
    this.panel = page.frameLocator("iframe[src*='/frame/']");
    this.composer = this.panel.getByRole("textbox", { name: /message/i });
  }

  static async visit(browser, demo, path = "/", options = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(demo.shop + path);
    return new Visitor(page);
  }

  async open() {
    await this.launcher.click();
    await this.composer.waitFor();
  }

  async close() {
    await this.panel.getByRole("button", { name: "Close chat" }).click();
    await this.page.getByRole("button", { name: /^Open chat/ }).waitFor();
  }

  /** The panel's frame, to run something in it. */
  get frame() {
    return this.page.frames().find((f) => f.url().includes("/frame/"));
  }

  /** A message as it stands in the conversation. */
  message(text) {
    return this.panel.locator(".bubble").getByText(text, { exact: true });
  }

  /** Fills the field. A bot's question that comes at the same moment takes the focus of the empty field, and the words with it. */
  write(text) {
    return until("the words stand in the field", async () => {
      await this.composer.fill(text);
      return (await this.composer.inputValue()) === text;
    });
  }

  async say(text) {
    await this.write(text);
    await this.composer.press("Enter");
    await this.panel.getByText(text, { exact: true }).first().waitFor();
  }

  /** Waits until so many files are in the tray, and on the server. */
  uploaded(n) {
    const tray = this.panel.locator(".tray");
    return until(`${n} file(s) uploaded`, async () => (await tray.locator("li").count()) === n && (await tray.locator("progress").count()) === 0);
  }

  async answer(label, text) {
    const field = this.panel.getByRole("textbox", { name: label });
    await field.fill(text);
    await field.press("Enter");
  }

  /** Writes, and answers what Identity Bot asks. */
  async introduce(text, name, email) {
    await this.open();
    await this.say(text);
    await this.answer(/name/i, name);
    await this.answer(/e-?mail/i, email);
    await this.panel.getByText(/You can close this page/).first().waitFor();
  }
}

/** The e-mails to an address as they were received, oldest first, with the transfer encoding taken off. */
export function mailsTo(demo, address) {
  const folder = join(demo.data, "mail");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8").replace(/=\r?\n/g, "").replace(/=3D/g, "="))
    .filter((mail) => mail.includes(`<${address}>`));
}

/** The demo's second agent, who administers nothing. */
export const jonas = { email: "jonas@harbor-pine.example", password: "harbor-lights-jonas" };

/** Signs an agent in, the administrator if nobody else is named, and returns the dashboard's page. */
export async function signIn(browser, demo, { email = demo.agent_email, password = demo.agent_password, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(demo.server);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  return page;
}

/** The link behind the button of the newest e-mail to an address. */
export async function newestLink(demo, address, count = 1) {
  const mails = await until(`${count} e-mail(s) to ${address}`, async () => {
    const list = mailsTo(demo, address);
    return list.length >= count ? list : null;
  });
  const link = /https?:\/\/\S+#rejoin=[\w-]{43}/.exec(mails.at(-1));
  if (!link) throw new Error("the e-mail has no link");
  return link[0];
}

/** Presses Tab until the element has the focus, wherever in the page or its frames it is. */
export async function tabTo(page, element, most = 80) {
  const focused = () => element.evaluate((e) => e === e.getRootNode().activeElement && document.hasFocus());
  await element.waitFor({ state: "attached" });
  for (let i = 0; i < most; i++) {
    if (await focused()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way there by keyboard: ${element}`);
}
