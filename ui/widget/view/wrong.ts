import { language, t } from "../strings/strings";

/** Why is what the server has said to a request that it refused. */
interface Why {
  code?: string;
  field?: string;
  text?: string;
}

const MOST_NAME = 255; // characters, as in the server's check

/** wrong says in the panel's language why something was refused. The server writes English: where that is spoken, its own sentence says most. */
export function wrong({ code = "", field = "", text = "" }: Why): string {
  if (language() === "en" && text && code !== "unauthenticated") return text;
  if (code === "unauthenticated") return t("ended.title");
  if (code === "conflict") return t("wrong.ended");
  if (code === "limited") return t("wrong.often");
  if (field === "attachments") return t("wrong.files");
  if (field === "answer") return t("wrong.answer");
  if (field === "email") return t("wrong.email");
  if (field === "name") return t("wrong.name", { n: MOST_NAME });
  return t("failed.unknown");
}
