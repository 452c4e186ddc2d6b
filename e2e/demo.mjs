// The real binary with a real mailbox, and the agents' API as programs use it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));

/** The program under test; REJOIN_BINARY names another build. */
export const binary = process.env.REJOIN_BINARY ?? join(here, "..", "bin", "rejoin");

// What is left when this process ends in any way is taken along.
export const left = new Set();
process.on("exit", () => {
  for (const end of left) end();
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

/** How long a condition may take, in milliseconds: a tab that is gone without a word counts as there for 40 seconds. */
export const PATIENCE = 60_000;

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

// What every demo of a run begins with, so that not each of them has to tell the sample's past: a folder, and the cookies of its agents.
const template = process.env.REJOIN_TEMPLATE ? JSON.parse(process.env.REJOIN_TEMPLATE) : { cookies: {} };

/** Makes that folder, which goes when this process ends, and returns what is to stand in REJOIN_TEMPLATE. */
export async function makeTemplate() {
  const demo = await Demo.start();
  const cookies = {};
  for (const agent of [{ email: demo.agent_email, password: demo.agent_password }, jonas]) cookies[agent.email] = await cookieOf(demo, agent);
  await (await new AgentClient(demo).signIn()).configure({}, []); // each copy lets its own shop in
  await demo.quit();
  return JSON.stringify({ data: demo.data, cookies });
}

/** Signs an agent in and returns the cookie of the session, as name=value. A demo that began as others did knows one already. */
export async function cookieOf(demo, { email, password }) {
  if (demo.cookies[email]) return demo.cookies[email];
  const r = await fetch(`${demo.server}/agent/v1/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!r.ok) throw new Error(`sign-in: ${r.status} ${await r.text()}`);
  return r.headers.get("set-cookie").split(";")[0];
}

/** The demo on free ports, with a window that no test outlasts unless it says otherwise. */
export class Demo {
  /** Conversations is how many of the sample's crowd there are; flags are further flags of "rejoin demo". What the demo logs is in log. */
  static async start({ window = "1h", conversations = 0, flags = [] } = {}) {
    const demo = new Demo();
    demo.data = mkdtempSync(join(tmpdir(), "rejoin-e2e-"));
    const like = conversations === 0 ? template : { cookies: {} };
    if (like.data) cpSync(like.data, demo.data, { recursive: true });
    Object.assign(demo, { window, flags: ["--conversations", String(conversations), ...flags], log: "", cookies: like.cookies });
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

  /** Ends the process as an operator does. What it has kept stays until this process ends. */
  async quit() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await gone;
  }

  async stop() {
    await this.quit();
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

/** Waits until what is read is what is expected, and says what it is instead if it never becomes so. */
export async function becomes(read, expected, timeout = PATIENCE) {
  let last;
  await until("", async () => isDeepStrictEqual((last = await read()), expected), timeout).catch(() => {});
  assert.deepEqual(last, expected);
}

/** The agents' API as the dashboard uses it, for tests that are about the visitor. */
export class AgentClient {
  constructor(demo) {
    this.demo = demo;
  }

  async signIn() {
    this.cookie = await cookieOf(this.demo, { email: this.demo.agent_email, password: this.demo.agent_password });
    this.me = await this.call("GET", "/me");
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

  /** Waits until the visitor has left. A browser that ends has no time to be sure of its goodbye. */
  gone(id) {
    return this.when(id, "gone", (t) => ["page_closed", "offline"].includes(t.issue.user.presence));
  }

  /** Waits until the thread is as the check wants it. */
  when(id, what, check) {
    return until(what, async () => {
      const t = await this.thread(id);
      return check(t) ? t : null;
    });
  }
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

/** Opens a link as a machine that has an address of its own and no browser, and returns what comes of it. */
export function redeem(demo, link, from) {
  const token = link.split("#rejoin=")[1];
  const session = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
  return new Promise((done, failed) => {
    const headers = { "Content-Type": "application/json" };
    const r = request(`${demo.server}/chat/v1/return`, { method: "POST", headers, localAddress: from }, async (answer) => {
      const chunks = await answer.toArray();
      done(JSON.parse(Buffer.concat(chunks)).result);
    });
    r.on("error", failed).end(JSON.stringify({ platform_id: demo.platform, token, session }));
  });
}
