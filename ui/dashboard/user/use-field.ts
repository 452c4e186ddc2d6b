import { useEffect, useRef, useState } from "react";
import type { FormField } from "../../shared/agent";
import { ApiError, textOf } from "../session/api";
import type { Change } from "../thread/use-thread";
import { rawOf, shownOf } from "./field-value";

export type Saving = { kind: "" | "busy" | "saved" } | { kind: "failed" | "conflict"; text: string };

const savedMs = 2500;

/**
 * useField edits one custom issue field. It saves what was typed when it is left; until then, and after a refusal, it stays as it is. If
 * somebody else was faster, both values are there to choose from.
 */
export function useField(field: FormField, change: Change) {
  const { key, type, value } = field;
  const [shown, setShown] = useState(() => shownOf(type, value));
  const [saving, setSaving] = useState<Saving>({ kind: "" });
  const was = useRef(value); // the value that the agent began with
  const touched = useRef(false);
  useEffect(() => {
    if (touched.current) return;
    was.current = value;
    setShown(shownOf(type, value));
  }, [type, value]);
  useEffect(() => {
    if (saving.kind !== "saved") return;
    const timer = setTimeout(() => setSaving({ kind: "" }), savedMs);
    return () => clearTimeout(timer);
  }, [saving]);

  const edit = (next: string) => {
    touched.current = true;
    setShown(next);
  };
  const post = async (raw: string) => {
    setSaving({ kind: "busy" });
    try {
      await change("post", "fields", { key, value: raw, was: was.current });
      touched.current = false;
      was.current = raw;
      setSaving({ kind: "saved" });
    } catch (err) {
      const conflict = err instanceof ApiError && err.code === "conflict";
      setSaving({ kind: conflict ? "conflict" : "failed", text: textOf(err) });
    }
  };
  /** save takes what stands in the control, or what is given. */
  const save = (next = shown) => {
    if (saving.kind === "busy" || saving.kind === "conflict") return;
    const raw = rawOf(type, next, was.current);
    if (raw !== was.current) return void post(raw);
    touched.current = false;
    setSaving((s) => (s.kind === "failed" ? { kind: "" } : s));
  };
  const drop = () => {
    touched.current = false;
    was.current = value;
    setShown(shownOf(type, value));
    setSaving({ kind: "" });
  };
  /** insist saves what was typed over what somebody else has set meanwhile. */
  const insist = () => {
    const raw = rawOf(type, shown, was.current);
    was.current = value;
    if (raw === value) drop();
    else void post(raw);
  };
  return { shown, saving, edit, save, drop, insist };
}
