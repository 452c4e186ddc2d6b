import { computed, signal } from "@preact/signals";
import { beforeEach, expect, test, vi } from "vitest";
import type { Issue } from "../../shared/chat";
import type { Chat } from "../model/chat";
import { spoken } from "../strings/strings";
import type { Host, HostListener } from "./host";
import { metadataIn } from "./metadata";
import { begin, configOf, portOf, type View } from "./web-view";

const issue = (id: string, state: string) => ({ id, number: 7, state }) as Issue;

function setup(view: View) {
  const list = signal<Issue[]>([]);
  const chat = {
    page: { in_app: { title: "Open the app", text: "It waits there." } },
    threads: { issues: computed(() => list.value) },
    opening: vi.fn(),
    shown: vi.fn(),
    life: vi.fn(),
    configure: vi.fn(),
    command: vi.fn(),
  };
  let heard: HostListener | undefined;
  const host: Host = {
    listen(to) {
      heard = to;
      to.opening({ stored: {}, config: {}, calls: [] });
      to.shown(true, false);
    },
    keep: async () => true,
    page: () => ({ url: "https://chat.example/c/p", title: "", referrer: "" }),
    open: vi.fn(),
    close: vi.fn(),
    event: vi.fn(),
    reload: vi.fn(),
  };
  begin(chat as unknown as Chat, host, view);
  return { chat, host, list, heard };
}

/** android is a view that keeps what it is told. */
function android(more: Partial<View> = {}) {
  const told: { event: string; data: unknown }[] = [];
  const view: View = { RejoinApp: { postMessage: (m) => told.push(JSON.parse(m as string)) }, ...more };
  return { view, told };
}

beforeEach(() => {
  spoken.texts = { "login.title": "Sign in", other: "x" };
});

test("without an app it is a page, and sends whoever must log in to the app", () => {
  const { chat, host } = setup({});
  expect(chat.opening).toHaveBeenCalledOnce();
  expect(spoken.texts).toEqual({
    "login.title": "Open the app",
    "login.text": "It waits there.",
    other: "x",
  });
  host.event("newUnreadMessages", { unreadCount: 1 });
});

test("the app hears what happens, and the newest conversation once for each change", () => {
  const { view, told } = android({ rejoinConfig: { userId: "7" } });
  const { chat, host, list } = setup(view);
  expect(chat.opening.mock.calls[0]?.[0].config).toEqual({ userId: "7" });
  expect(spoken.texts["login.title"]).toBe("Sign in");
  host.event("newUnreadMessages", { unreadCount: 2 });
  host.event("conversationEnd");
  list.value = [issue("b", "new"), issue("a", "resolved")];
  list.value = [{ ...issue("b", "new"), version: 2 }];
  list.value = [issue("b", "rejected")];
  expect(told).toEqual([
    { event: "ready", data: null },
    { event: "newUnreadMessages", data: { unreadCount: 2 } },
    { event: "conversationEnd", data: null },
    { event: "conversationStatus", data: { issueId: "b", publishId: "7", open: true } },
    { event: "conversationStatus", data: { issueId: "b", publishId: "7", open: false } },
  ]);
});

test("the app's commands, those given early too", () => {
  const early = Object.assign(() => {}, { q: [["setInitialUserMessage", "hello"], ["close"]] });
  const { view, told } = android({ Rejoin: early as never });
  const { chat, host } = setup(view);
  expect(chat.command).toHaveBeenCalledWith({ name: "setInitialUserMessage", args: { 0: "hello" } });
  expect(chat.shown.mock.calls).toEqual([
    [true, false],
    [false, false],
  ]);
  view.Rejoin?.("open");
  expect(chat.shown).toHaveBeenLastCalledWith(true, true);
  host.close(true); // the button in the header
  host.close(true);
  expect(chat.shown).toHaveBeenLastCalledWith(false, false);
  view.rejoinConfig = { userId: "8" };
  view.Rejoin?.("updateHelpshiftConfig");
  expect(chat.configure).toHaveBeenCalledWith({ userId: "8" });
  view.Rejoin?.("nonsense");
  expect(told.map((m) => m.event)).toEqual(["ready", "widgetToggle", "onWebChatRuntimeError"]);
});

test("ports and configurations", () => {
  const apple = { postMessage: vi.fn() };
  portOf({ webkit: { messageHandlers: { rejoin: apple } } })?.("ready");
  expect(apple.postMessage).toHaveBeenCalledWith({ event: "ready", data: null });
  expect(portOf({ webkit: {} })).toBeNull();
  const app = (json: string): View => ({ RejoinApp: { postMessage() {}, config: () => json } });
  expect(configOf(app('{"userId":"7"}'))).toEqual({ userId: "7" });
  expect([configOf(app("oops")), configOf(app("null")), configOf({})]).toEqual([{}, {}, {}]);
  expect(configOf({ helpshiftConfig: { userId: "9" } })).toEqual({ userId: "9" });
});

test("metadata of the wrong kind is left out", () => {
  expect(
    metadataIn({
      device: "phone",
      country: 7,
      app: { name: "Shop", version: 3, other: "x" },
      os: "iOS",
      hardware: { battery: 80.6, free_space: "much", model: "" },
      custom: { plan: "gold", n: 1 },
      extra: {},
    }),
  ).toEqual({ device: "phone", app: { name: "Shop" }, hardware: { battery: 81 }, custom: { plan: "gold" } });
  for (const raw of [undefined, null, "x", []]) expect(metadataIn(raw)).toEqual({});
  const { view } = android({ rejoinConfig: { metadata: { app: { name: "Shop" } } } });
  expect(setup(view).host.page()).toMatchObject({ url: "https://chat.example/c/p", app: { name: "Shop" } });
});
