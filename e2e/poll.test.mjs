// Where sockets are blocked, long polling carries both directions.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, until, Visitor } from "./harness.mjs";

let demo;
let client;
let proxy;
let browser;

/** An office's proxy that lets plain requests through and no tunnels, which sockets would need. */
async function startProxy() {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onward = request(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  server.refused = 0;
  server.on("connect", (_, socket) => {
    server.refused++;
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  proxy = await startProxy();
  browser = await openBrowser({ proxy: { server: `http://127.0.0.1:${proxy.address().port}`, bypass: "<-loopback>" } });
});

after(async () => {
  await browser?.close();
  proxy?.closeAllConnections();
  proxy?.close();
  await demo?.stop();
});

test("behind a proxy that blocks sockets the chat works both ways", async () => {
  const visitor = await Visitor.visit(browser, demo);
  const polled = visitor.page.waitForRequest((r) => r.url().endsWith("/chat/v1/poll"));
  await visitor.introduce("Can you hear me?", "Hugo", "hugo@example.org");
  await polled;
  assert.ok(proxy.refused > 0, "no socket was tried");
  const issue = await client.find("Can you hear me?");
  await client.when(issue.id, "here", (t) => t.issue.user.presence === "active");
  // Who types says so again and again: what is said between two polls is heard by nobody.
  await until("is typing", async () => {
    await client.call("POST", `/issues/${issue.id}/typing`, {});
    return visitor.panel.getByText(/is typing/).isVisible();
  });
  await client.reply(issue.id, "Loud and clear.");
  await visitor.message("Loud and clear.").waitFor();
  await visitor.panel.getByText("Reconnecting…").waitFor({ state: "detached" });
  await visitor.page.mouse.move(300, 300);
  await client.when(issue.id, "read", (t) => t.detail.user_read_seq === t.detail.last_seq);
  await visitor.say("Good.");
  await client.when(issue.id, "heard", (t) => t.messages.at(-1).body === "Good.");
  await visitor.close();
  await client.when(issue.id, "the panel closed", (t) => t.issue.user.presence === "panel_closed");
  await client.reply(issue.id, "Anything else?");
  await visitor.page.getByRole("button", { name: "Open chat. Unread messages: 1" }).waitFor();
  await visitor.page.close({ runBeforeUnload: true });
  await client.when(issue.id, "gone", (t) => t.issue.user.presence === "page_closed");
});
