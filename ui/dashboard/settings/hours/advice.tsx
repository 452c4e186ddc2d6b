import type { Advice, WebChatSettings } from "../../../shared/agent";
import { Icon, type IconName } from "../../parts/icon";
import "./hours.css";
import { useTry } from "./use-try";

const icons: Record<string, IconName> = { good: "check", look: "info", bad: "alert" };
const words: Record<string, string> = { good: "Fine", look: "Worth a thought", bad: "Problem" };

/** AdviceList is what follows from the settings together. */
export function AdviceList({ list }: { list: Advice[] }) {
  return (
    <ul className="advice">
      {list.map(({ kind, text }) => (
        <li key={text} data-kind={kind}>
          <Icon name={icons[kind] ?? "info"} size={16} />
          <p>
            <span className="hidden-text">{words[kind]}: </span>
            {text}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** FollowUpAdvice is what the form's settings mean together with the hours that are saved. It shows nothing while there is nothing to say. */
export function FollowUpAdvice({ appId, settings }: { appId: string; settings: WebChatSettings }) {
  const said = useTry(appId, { web_chat: settings });
  if (!said?.advice.length) return null;
  return (
    <div className="follow-up-advice">
      <h3>What this means here</h3>
      <AdviceList list={said.advice} />
    </div>
  );
}
