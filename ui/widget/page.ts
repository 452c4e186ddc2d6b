import type { Ask, Closed, Hours } from "../shared/chat";

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
  closed?: Closed;
  hours?: Hours;
  identity?: Ask;
  /** The header has a button that closes the chat. */
  close: boolean;
  /** Our own page of an app on a telephone, with what it says where only the app can log somebody in. */
  in_app?: InApp;
  /** The panel is a picture beside the settings of the dashboard. */
  preview?: boolean;
  /** The language of the panel: a code of strings/. */
  language: string;
  /** The size of the largest file that may be sent, in bytes. */
  max_file: number;
}

/** InApp is the words that send somebody to the app. */
export interface InApp {
  title: string;
  text: string;
}

export function readPage(): Page {
  return JSON.parse(document.getElementById("rejoin-page")?.textContent ?? "{}") as Page;
}
