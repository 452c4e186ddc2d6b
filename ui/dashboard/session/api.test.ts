import { afterEach, expect, test, vi } from "vitest";
import { Api, ApiError, aborted } from "./api";

afterEach(() => vi.unstubAllGlobals());

const api = new Api(() => {});

/** Answers every request with what make returns for its signal. */
function answerWith(make: (signal: AbortSignal) => Response) {
  vi.stubGlobal("fetch", async (_: string, init: { signal: AbortSignal }) => make(init.signal));
}

test("a request that is given up while its answer comes in is no answer", async () => {
  const request = new AbortController();
  answerWith((signal) => {
    const body = new ReadableStream({
      start(stream) {
        signal.addEventListener("abort", () => stream.error(signal.reason));
      },
      pull: () => request.abort(),
    });
    return new Response(body, { status: 200 });
  });
  const err = await api.get("/me", request.signal).catch((e) => e);
  expect(aborted(err)).toBe(true);
});

test("an answer that breaks off, or is none of ours, is a failure", async () => {
  answerWith(() => new Response(new ReadableStream({ pull: (s) => s.error(new TypeError("network")) })));
  await expect(api.get("/me")).rejects.toMatchObject({ code: "offline" });
  for (const text of ["", "<html>", '"text"']) {
    answerWith(() => new Response(text));
    await expect(api.get("/me")).rejects.toBeInstanceOf(ApiError);
  }
});

test("refusals carry the server's words", async () => {
  answerWith(() => Response.json({ error: "No.", code: "invalid", field: "name" }, { status: 400 }));
  await expect(api.put("/apps/a", {})).rejects.toMatchObject({
    code: "invalid",
    message: "No.",
    field: "name",
  });
});
