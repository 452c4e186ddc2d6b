// A program of the company behind the shop, which bots ask about orders.
import { once } from "node:events";
import { createServer } from "node:http";

/** Parcels knows the orders. It answers a lookup when it is let go on, and a claim of one order with a failure. */
export class Parcels {
  asked = [];
  go = Promise.resolve();

  static async start() {
    const parcels = new Parcels();
    parcels.server = createServer((r, w) => parcels.answer(r, w)).listen(0, "127.0.0.1");
    await once(parcels.server, "listening");
    parcels.url = `http://127.0.0.1:${parcels.server.address().port}`;
    return parcels;
  }

  async answer(r, w) {
    let body = "";
    for await (const part of r) body += part;
    this.asked.push({ path: r.url, key: r.headers["x-key"], id: r.headers["x-rejoin-request-id"], body });
    if (r.url.startsWith("/orders")) {
      await this.go;
      return w.end(JSON.stringify({ state: "on its way", orders: ["HP-1041", "HP-1042"] }));
    }
    const { order } = JSON.parse(body);
    if (order === "HP-1041") return w.writeHead(503).end();
    w.end(JSON.stringify({ claim: { number: "C-77" } }));
  }

  /** Lets lookups wait until the function that it returns is called. */
  hold() {
    let release;
    this.go = new Promise((go) => {
      release = go;
    });
    return release;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
