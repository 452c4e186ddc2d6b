/** Page is what the server writes into the page of the panel. */
export interface Page {
  platform_id: string;
  /** True if this is our own page with the chat in the whole window, false inside a host page's frame. */
  hosted: boolean;
  /** The origins whose pages may hold the frame. */
  origins: string[];
  app_name: string;
  /** What the header says. */
  title: string;
  greeting: string;
  /** No new conversation can begin. */
  closed?: { title: string; text: string };
  /** The panel is a picture beside the settings of the dashboard. */
  preview?: boolean;
  /** The language of the panel: a code of strings/. */
  language: string;
  /** The size of the largest file that may be sent, in bytes. */
  max_file: number;
}

export function readPage(): Page {
  return JSON.parse(document.getElementById("rejoin-page")?.textContent ?? "{}") as Page;
}
