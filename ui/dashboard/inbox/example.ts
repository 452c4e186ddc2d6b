import type { Row } from "../../shared/agent";

/** example is a conversation for tests: new, nobody's, of a visitor without a name. */
export function example(id: string, change: Partial<Row> = {}): Row {
  return {
    id,
    number: 1,
    version: 1,
    app_id: "app",
    platform: "web",
    title: `Title ${id}`,
    state: "new",
    user: {
      id: `u-${id}`,
      name: "",
      email: "",
      email_source: "",
      language: "en",
      timezone: "",
      presence: "active",
      presence_since: 0,
      logged_in: false,
      verified: false,
    },
    preview: "Hello",
    preview_origin: "end-user",
    unread: 0,
    created_at: 0,
    updated_at: 100,
    ...change,
  };
}
