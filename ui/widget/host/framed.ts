import { type FromPage, type PageInfo, seal, type ToPage, unseal } from "../../shared/bridge";
import type { Host, HostListener } from "./host";

/** framedHost talks to the SDK on the page around us, if that page is on one of the origins. */
export function framedHost(origins: string[]): Host {
  const waiting = new Map<number, (durable: boolean) => void>();
  let page: PageInfo = { url: "", title: "", referrer: "" };
  let origin = "";
  let count = 0;

  function say(message: ToPage): void {
    if (origin) window.parent.postMessage(seal(message), origin);
  }

  function hear(e: MessageEvent, to: HostListener): void {
    if (e.source !== window.parent || !origins.includes(e.origin)) return;
    const m = unseal<FromPage>(e.data);
    if (!m) return;
    origin = e.origin;
    page = m.page;
    if (m.type === "hello") to.opening(m);
    else if (m.type === "shown") to.shown(m.open, m.focus);
    else if (m.type === "life") to.life(m.gesture);
    else if (m.type === "config") to.configure(m.config);
    else if (m.type === "call") to.command(m);
    else if (m.type === "stored") {
      waiting.get(m.id)?.(m.durable);
      waiting.delete(m.id);
    }
  }

  return {
    listen(to) {
      addEventListener("message", (e) => hear(e, to));
      // The page's origin is not known yet; this holds nothing that is secret.
      window.parent.postMessage(seal({ type: "ready" }), "*");
    },
    keep(key, value) {
      const id = ++count;
      return new Promise((done) => {
        waiting.set(id, done);
        say({ type: "store", id, key, value });
      });
    },
    page: () => page,
    open: () => say({ type: "open" }),
    close(focus) {
      say({ type: "close", focus });
      say({ type: "event", name: "chatEnd" });
    },
    event: (name, data) => say({ type: "event", name, data }),
    reload: (held) => say({ type: "reload", held }),
  };
}
