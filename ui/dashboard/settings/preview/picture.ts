import type { Picture, Scene } from "../../../shared/preview";
import type { Draft } from "../draft";

/** The moments that can be looked at. The last two exist only where the app asks. */
export function scenesOf({ web_chat }: Draft): { scene: Scene; name: string }[] {
  return [
    { scene: "new", name: "Before" },
    { scene: "talk", name: "Talking" },
    ...(web_chat.resolution_question ? [{ scene: "question", name: "Resolved" } as const] : []),
    ...(web_chat.csat ? [{ scene: "rating", name: "Rating" } as const] : []),
  ];
}

/** pictureOf is what the preview is told to show. */
export function pictureOf(draft: Draft, scene: Scene, sheet: string, app: string, agent: string): Picture {
  const { title, greeting, show_widget, agent_typing_indicator } = draft.web_chat;
  const open = scenesOf(draft).some((s) => s.scene === scene);
  return {
    type: "picture",
    scene: open ? scene : "talk",
    sheet,
    title: title.trim() || app,
    greeting,
    open: show_widget,
    typing: agent_typing_indicator,
    agent,
  };
}
