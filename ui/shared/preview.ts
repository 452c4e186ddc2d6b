/** Scenes are the moments of a conversation that the preview can show. */
export type Scene = "new" | "talk" | "question" | "rating";

/** Picture is what the dashboard wants the preview of the panel to show, and its message to the preview's page. */
export interface Picture {
  type: "picture";
  scene: Scene;
  /** The colours, as CSS. */
  sheet: string;
  title: string;
  greeting: string;
  /** False where the chat is closed. */
  open: boolean;
  typing: boolean;
  /** Who answers. */
  agent: string;
}

/** PreviewReady is the page's message to the dashboard: it can show pictures. */
export interface PreviewReady {
  type: "preview-ready";
}
