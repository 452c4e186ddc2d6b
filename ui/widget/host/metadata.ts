// What an app tells of itself and of the device. The server refuses values of the wrong type, so they are left out here.

import type { MetaIn } from "../../shared/chat";
import { isObject } from "../model/config";

/** metadataIn returns what of the value is metadata. */
export function metadataIn(raw: unknown): Partial<MetaIn> {
  if (!isObject(raw)) return {};
  return {
    ...texts(raw, "device", "country"),
    ...group("app", texts(raw.app, "id", "name", "version")),
    ...group("os", texts(raw.os, "name", "version")),
    ...group("hardware", {
      ...texts(raw.hardware, "model", "network", "carrier"),
      ...numbers(raw.hardware, "battery", "free_space"),
    }),
    ...group("custom", customIn(raw.custom)),
  };
}

function group(name: string, values: Record<string, unknown>): Record<string, unknown> {
  return Object.keys(values).length > 0 ? { [name]: values } : {};
}

function texts(raw: unknown, ...keys: string[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (const key of keys) {
    const value = isObject(raw) ? raw[key] : undefined;
    if (typeof value === "string" && value !== "") out[key] = value;
  }
  return out;
}

function numbers(raw: unknown, ...keys: string[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const key of keys) {
    const value = isObject(raw) ? raw[key] : undefined;
    if (Number.isSafeInteger(Math.round(value as number))) out[key] = Math.round(value as number);
  }
  return out;
}

function customIn(raw: unknown): Record<string, string> {
  return isObject(raw) ? texts(raw, ...Object.keys(raw).slice(0, 30)) : {};
}
