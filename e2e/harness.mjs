// The real binary, a real browser, a real mailbox. Tests wait for conditions, never for time to pass.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { cookieOf, left, PATIENCE, until } from "./demo.mjs";

export { AgentClient, becomes, binary, Demo, jonas, mailsTo, newestLink, redeem, until } from "./demo.mjs";

const out = join(dirname(fileURLToPath(import.meta.url)), "out");
if (process.env.REJOIN_SHOTS) mkdirSync(out, { recursive: true });

/** Keeps a picture of a page in out/ for people to look at, if REJOIN_SHOTS asks for it. What moves is at its end. */
export async function shoot(page, name, options = {}) {
  if (process.env.REJOIN_SHOTS) await page.screenshot({ path: join(out, `${name}.png`), animations: "disabled", ...options });
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
  // The last list counts: Playwright's own, and the suggestions below the address bar, which are a page of 400 scripts in every window.
  `--disable-features=${[
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
  ]}`,
];

/** A browser of its own: closing it is closing a person's browser. */
export async function openBrowser(options = {}) {
  const browser = await chromium.launch({ executablePath, ...options, args: [...flags, ...(options.args ?? [])] });
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

/** Fills a field of the chat. A bot's question that comes at the same moment takes the focus of the empty field, and the words with it. */
export function write(field, text) {
  return until("the words stand in the field", async () => {
    await field.fill(text);
    return (await field.inputValue()) === text;
  });
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

  write(text) {
    return write(this.composer, text);
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

/** Opens the dashboard for an agent who is signed in, the administrator if nobody else is named, and returns its page. */
export async function signIn(browser, demo, { email = demo.agent_email, password = demo.agent_password, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const [name, value] = (await cookieOf(demo, { email, password })).split("=");
  await context.addCookies([{ name, value, url: demo.server }]);
  const page = await context.newPage();
  await page.goto(demo.server);
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  return page;
}

/** Presses a shortcut until something shows: a page that has just appeared may not listen yet. */
export function shortcut(page, key, effect) {
  return until(`${key} shows ${effect}`, async () => {
    await page.keyboard.press(key);
    return effect.waitFor({ timeout: 3000 }).then(() => true, () => false);
  });
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
