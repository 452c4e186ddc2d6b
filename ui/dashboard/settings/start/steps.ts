import type { App } from "../../../shared/agent";
import { paths } from "../../router/route";

/** Step is one thing to do before an app is in full use. */
export interface Step {
  title: string;
  text: string;
  done: boolean;
  link?: { text: string; href: string };
}

/** stepsOf is the way of an app from being made to being used. mayMail: the domain may have follow-up e-mails. */
export function stepsOf(app: App, mayMail: boolean): Step[] {
  const origins = app.allowed_origins.length > 0;
  const chat = paths.webChat(app.id);
  const steps: Step[] = [
    {
      title: "Say where the chat may appear",
      text: origins
        ? app.allowed_origins.join(", ")
        : "Add the origin of your site, such as https://www.example.com.",
      done: origins,
      link: { text: "Allowed origins", href: chat },
    },
    {
      title: "Put the code on your page",
      text: app.seen_at
        ? `We saw your widget on ${app.seen_url || "your site"}.`
        : "Copy it from below, then open your page. We notice by ourselves.",
      done: Boolean(app.seen_at),
    },
    {
      title: "Write a first message",
      text: app.written
        ? "Somebody has written to you."
        : "Open the chat on your page as a visitor, and answer in the inbox.",
      done: app.written,
      link: { text: "Inbox", href: paths.inbox },
    },
  ];
  if (!mayMail) return steps;
  const { enabled } = app.web_chat.follow_up;
  steps.push({
    title: "Switch on Follow-up via Email",
    text: enabled
      ? "Answers that stay unread are mailed."
      : "Visitors who leave get your answer by e-mail, with a way back.",
    done: enabled,
    link: { text: "Configure Web Chat", href: chat },
  });
  return steps;
}
