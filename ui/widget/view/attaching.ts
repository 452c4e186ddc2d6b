// What is loaded when somebody attaches a file, or has one before them.

import { Addresses } from "../model/addresses";
import type { Chat } from "../model/chat";
import { Files } from "../model/files";
import files from "../style/files.css?inline";
import { Attachments, Underway } from "./Attachments";
import { adopt } from "./adopt";
import { Tray } from "./Tray";

adopt(files);

/** Attaching is what a chat needs for files. */
export type Attaching = ReturnType<typeof attaching>;

export function attaching(chat: Chat) {
  return { Files, Tray, Attachments, Underway, addresses: new Addresses(chat) };
}
