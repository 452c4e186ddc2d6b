// What a host page may write, and what its compiler must refuse. Nothing runs this file: checking it is the test.

/// <reference path="./rejoin.d.ts" />

export function page(): void {
  window.rejoinConfig = {
    platformId: "acme_platform_20260302090000000-0123456789abcde",
    language: "browserDefault",
    tags: ["vip"],
    cifs: { order: { type: "number", value: "12" }, gift: { type: "checkbox", value: true } },
    subsequentIssuesInSameSessionConfig: { initialUserMessage: "" },
    widgetOptions: { position: "top-left", zIndex: 5 },
  };
  Rejoin("addEventListener", "newUnreadMessages", ({ unreadCount }) => unreadCount.toFixed());
  Rejoin("addEventListener", "conversationEnd", () => {});
  Helpshift("addEventListener", "userChanged", ({ originalState, pageUrl }) => {
    if (originalState === "anonymous") location.href = pageUrl;
  });
  Rejoin("addEventListener", "onLoginRequest", ({ userId }) =>
    Rejoin("login", { identity_token: `token of ${userId}`, full_privacy_enabled: false }),
  );
  Rejoin("setCustomIssueFields", { due: { type: "date", value: Date.now() } });
  Rejoin("setInitialUserMessage", "Hello");
  Rejoin("updateAppUserData", { app_version: "1.2" });
  Rejoin("logout");
  Rejoin("update");
  Helpshift("updateHelpshiftConfig");

  // @ts-expect-error: there is no such command
  Rejoin("opne");
  // @ts-expect-error: there is no such event
  Rejoin("addEventListener", "unread", () => {});
  // @ts-expect-error: the event has no such data
  Rejoin("addEventListener", "widgetToggle", ({ open }) => open);
  // @ts-expect-error: a number is written as a string
  Rejoin("setCustomIssueFields", { order: { type: "number", value: 12 } });
  // @ts-expect-error: login needs a token
  Rejoin("login", {});
  // @ts-expect-error: platformId is missing
  window.helpshiftConfig = { language: "de" };
}
