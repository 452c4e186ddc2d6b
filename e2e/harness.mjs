// The real binary, a real browser, a real mailbox. Tests wait for conditions, never for time to pass.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const binary = join(here, "..", "bin", "rejoin");

/** Where screenshots go that people look at. */
export const out = join(here, "out");
mkdirSync(out, { recursive: true });

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

/** A browser of its own: closing it is closing a person's browser. */
export function openBrowser() {
  return chromium.launch({ executablePath, args: flags });
}

/** The demo on free ports, with a window that no test outlasts unless it says otherwise. */
export class Demo {
  static async start({ window = "1h" } = {}) {
    const demo = new Demo();
    demo.data = mkdtempSync(join(tmpdir(), "rejoin-e2e-"));
    demo.window = window;
    await demo.run(["127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:0"]);
    return demo;
  }

  async run(ports) {
    const [listen, shop, mailbox, smtp] = ports;
    this.process = spawn(
      binary,
      ["demo", "--json", "--data", this.data, "--window", this.window, "--listen", listen, "--shop-listen", shop, "--mailbox-listen", mailbox, "--smtp-listen", smtp],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const exited = once(this.process, "exit").then(([code]) => {
      throw new Error(`the demo ended with ${code} before it was ready`);
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
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** Polls a condition that only the outside can tell, such as a page of another program. */
export async function until(what, check, timeout = 30_000) {
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

  /** The newest conversation that holds the text. */
  find(text) {
    return until(`an issue with ${text}`, async () => (await this.call("GET", `/issues?view=all&q=${encodeURIComponent(text)}`)).issues[0]);
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

  async say(text) {
    await this.composer.fill(text);
    await this.composer.press("Enter");
    await this.panel.getByText(text, { exact: true }).first().waitFor();
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

/** The link behind the button of the newest e-mail to an address, from the demo's mailbox page. */
export async function newestLink(demo, address, count = 1) {
  const mails = await until(`${count} e-mail(s) to ${address}`, async () => {
    const list = mailsTo(demo, address);
    return list.length >= count ? list : null;
  });
  const link = /https?:\/\/\S+#rejoin=[\w-]{43}/.exec(mails.at(-1));
  if (!link) throw new Error("the e-mail has no link");
  return link[0];
}
