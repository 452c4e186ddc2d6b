/** Every address of the dashboard, as data. */
export type Route =
  | { page: "sign-in" }
  | { page: "inbox"; issueId?: string }
  | { page: "apps" }
  | { page: "app"; appId: string }
  | { page: "web-chat"; appId: string }
  | { page: "jobs" }
  | { page: "missing" };

/** parse reads a path such as "/inbox/is_1". Unknown paths are "missing". */
export function parse(path: string): Route {
  const [first, second, third, fourth, ...rest] = path.split("/").filter(Boolean).map(decode);
  if (rest.length > 0) return { page: "missing" };
  if (!first) return { page: "inbox" };
  if (first === "sign-in" && !second) return { page: "sign-in" };
  if (first === "inbox" && !third) return { page: "inbox", issueId: second };
  if (first !== "settings") return { page: "missing" };
  if (!second || (second === "apps" && !third)) return { page: "apps" };
  if (second === "jobs" && !third) return { page: "jobs" };
  if (second === "apps" && third && !fourth) return { page: "app", appId: third };
  if (second === "apps" && third && fourth === "web-chat") return { page: "web-chat", appId: third };
  return { page: "missing" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The addresses that links point to. */
export const paths = {
  inbox: "/inbox",
  issue: (id: string) => `/inbox/${encodeURIComponent(id)}`,
  apps: "/settings/apps",
  app: (id: string) => `/settings/apps/${encodeURIComponent(id)}`,
  webChat: (id: string) => `/settings/apps/${encodeURIComponent(id)}/web-chat`,
  jobs: "/settings/jobs",
  signIn: "/sign-in",
};
