import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Ask } from "../../shared/chat";
import { Before, nextOf } from "./before";
import type { Chat } from "./chat";
import { Threads } from "./threads";

const bot: Ask = {
  when: "before",
  name: true,
  email: true,
  nickname: "",
  ask_name: "",
  ask_email: "",
  thanks: "",
  skip: false,
};

function setup(identity?: Ask) {
  const chat = {
    page: { identity },
    threads: new Threads(),
    identity: { stage: signal("anonymous") },
    sessions: {
      use: signal("own"),
      key: signal<{ live: boolean } | undefined>(undefined),
      of: () => chat.sessions.key.value,
    },
    outbox: { entries: signal<{ as: string; issue: string | null }[]>([]) },
    settings: signal({ fullPrivacy: false }),
  };
  return { chat, before: new Before(chat as unknown as Chat) };
}

test("one question after the other, each answered once", () => {
  const { before } = setup(bot);
  const next = () => nextOf(before.questions, before.told.value);
  expect(next()).toBe("name");
  before.skip("name");
  expect(next()).toBe("email");
  before.answer("email", "ada@example.org");
  expect(next()).toBeUndefined();
  expect(before.give()).toEqual({ skipped: ["name"], email: "ada@example.org" });
});

test.each<[string, (s: ReturnType<typeof setup>["chat"]) => void]>([
  [
    "for a person whom the page names",
    (c) => {
      c.identity.stage.value = "new";
    },
  ],
  [
    "for somebody who has written before",
    (c) => {
      c.sessions.key.value = { live: true };
    },
  ],
  [
    "with full privacy",
    (c) => {
      c.settings.value = { fullPrivacy: true };
    },
  ],
  [
    "in a conversation that has begun",
    (c) => {
      c.threads.shown.value = "i";
    },
  ],
  [
    "while the first message is on its way",
    (c) => {
      c.outbox.entries.value = [{ as: "own", issue: null }];
    },
  ],
  [
    "with the key of a link",
    (c) => {
      c.sessions.use.value = "link";
    },
  ],
])("nothing is asked %s", (_, change) => {
  const { chat, before } = setup(bot);
  expect(before.due.value).toBe(true);
  change(chat);
  expect([before.due.value, before.give()]).toEqual([false, undefined]);
});

test("only what the app wants is asked for, and nothing if the bot asks afterwards", () => {
  expect(setup().before.due.value).toBe(false);
  expect(setup({ ...bot, when: "after" }).before.due.value).toBe(false);
  expect(setup({ ...bot, name: false }).before.questions).toEqual(["email"]);
});

test("what was answered stays above the conversation that it has begun, and no other", () => {
  const { chat, before } = setup(bot);
  before.answer("name", "Ada");
  before.give();
  chat.outbox.entries.value = [{ as: "own", issue: null }];
  expect(before.seen()).toBe(true);
  chat.sessions.key.value = { live: true };
  chat.threads.shown.value = "i";
  expect(before.seen()).toBe(true);
  chat.threads.turn.value++;
  expect(before.seen()).toBe(false);
});

test("another person is asked anew", () => {
  const { before } = setup(bot);
  before.answer("name", "Ada");
  before.forget();
  expect(nextOf(before.questions, before.told.value)).toBe("name");
});
