import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Hours as Now, Platform } from "../../shared/chat";
import { api } from "../net/api";
import { Later } from "../net/http";
import type { Chat } from "./chat";
import { Hours } from "./hours";

const NOW = Date.UTC(2026, 10, 27, 16);
const HOUR = 3_600_000;

function setup(hours?: Now) {
  const platform = vi.spyOn(api, "platform");
  const chat = {
    page: { platform_id: "p", language: "de", hours },
    visible: signal(true),
    network: signal(true),
  };
  return { chat, platform, hours: new Hours(chat as unknown as Chat) };
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("when the hours change the server is asked, and the panel follows without a load", async () => {
  const { hours, platform } = setup({ open: true, change_at: NOW + 40 * 24 * HOUR });
  const closed = { title: "Closed", text: "Later." };
  const night = { open: false, back_at: NOW + 50 * 24 * HOUR, change_at: NOW + 50 * 24 * HOUR };
  platform.mockResolvedValue({ hours: night, closed } as Platform);
  await vi.advanceTimersByTimeAsync(40 * 24 * HOUR - 1);
  expect(platform).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(platform).toHaveBeenCalledExactlyOnceWith("p", "de");
  expect([hours.now.value, hours.closed.value]).toEqual([night, closed]);
  platform.mockResolvedValue({ hours: { open: true } } as Platform);
  await vi.advanceTimersByTimeAsync(10 * 24 * HOUR);
  expect([hours.now.value, hours.closed.value]).toEqual([{ open: true }, undefined]);
  await vi.advanceTimersByTimeAsync(400 * 24 * HOUR);
  expect(platform).toHaveBeenCalledTimes(2);
});

test("a clock that is ahead, or a server that is away, is asked once a minute", async () => {
  const { platform } = setup({ open: true, change_at: NOW + 1000 });
  platform.mockResolvedValueOnce({ hours: { open: true, change_at: NOW + 1000 } } as Platform);
  platform.mockRejectedValueOnce(new Later(0));
  platform.mockResolvedValueOnce({ hours: { open: false } } as Platform);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(platform).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(150_000);
  expect(platform).toHaveBeenCalledTimes(3);
});

test("who comes back to a page that has slept sees how it is now", async () => {
  const { chat, hours, platform } = setup({ open: true, change_at: NOW + HOUR });
  platform.mockResolvedValue({ hours: { open: false } } as Platform);
  chat.visible.value = false;
  vi.setSystemTime(NOW + 2 * HOUR);
  chat.visible.value = true;
  await vi.advanceTimersByTimeAsync(0);
  expect(hours.now.value).toEqual({ open: false });
});

test("without hours nothing is asked", async () => {
  const { platform } = setup();
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(platform).not.toHaveBeenCalled();
});
