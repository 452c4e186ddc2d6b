// Custom issue fields, as the page sets them before a conversation begins.

import type { Field } from "../../shared/chat";
import { isObject } from "./config";
import type { Mistake } from "./mistakes";

export type Fields = Readonly<Record<string, Field>>;

/** FieldSetting is what the commands have set beside the configuration. Replaced: the configuration's own count no more. */
export interface FieldSetting {
  set: Fields;
  replaced: boolean;
}

export const noFields: FieldSetting = { set: {}, replaced: false };

/** merge adds fields to those that are set; replace puts them in place of all others. */
export function merge(s: FieldSetting, more: Fields): FieldSetting {
  return { ...s, set: { ...s.set, ...more } };
}

export function replace(all: Fields): FieldSetting {
  return { set: all, replaced: true };
}

/** fieldsFor returns what a new conversation begins with. */
export function fieldsFor(s: FieldSetting, configured: Fields): Fields {
  return s.replaced ? s.set : { ...configured, ...s.set };
}

/** readFields takes a map from key to {type, value}. What has another form is left out and told; the server knows what the keys may hold. */
export function readFields(raw: unknown, where: string): { fields: Fields; mistakes: Mistake[] } {
  const fields: Record<string, Field> = {};
  const mistakes: Mistake[] = [];
  const wrong = (reason: string, details: unknown) =>
    mistakes.push({ error: "INVALID_CUSTOM_ISSUE_FIELDS", reason, details });
  if ((raw ?? null) !== null && !isObject(raw))
    wrong(`${where}: please pass an object of custom issue fields.`, {});
  for (const [key, field] of isObject(raw) ? Object.entries(raw) : []) {
    if (isObject(field) && typeof field.type === "string" && (field.value ?? null) !== null)
      fields[key] = { type: field.type, value: field.value };
    else wrong(`${where}: a custom issue field has the form {type, value}.`, { key });
  }
  return { fields, mistakes };
}
