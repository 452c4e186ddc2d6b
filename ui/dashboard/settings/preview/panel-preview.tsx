import { useEffect, useRef, useState } from "react";
import type { App, Look } from "../../../shared/agent";
import type { PreviewReady, Scene } from "../../../shared/preview";
import { useMe } from "../../session/session";
import type { Draft } from "../draft";
import { pictureOf, scenesOf } from "./picture";

interface Props {
  app: App;
  draft: Draft;
  look: Look | null;
}

/** PanelPreview shows the real chat panel with the settings on screen, also before they are saved. Nothing in it can be pressed. */
export function PanelPreview({ app, draft, look }: Props) {
  const me = useMe();
  const [scene, setScene] = useState<Scene>("new");
  const frame = useRef<HTMLIFrameElement>(null);
  const ready = useReady(frame);
  const agent = me.agent.nickname || me.agent.name;
  const picture = JSON.stringify(pictureOf(draft, scene, look?.sheet ?? "", app.name, agent));
  useEffect(() => {
    if (ready > 0) frame.current?.contentWindow?.postMessage(JSON.parse(picture), location.origin);
  }, [ready, picture]);
  const launcher = look?.tints.find((t) => t.area === "launcher");
  return (
    <div className="panel-preview">
      <fieldset className="scenes">
        <legend className="hidden-text">Moment of the conversation</legend>
        {scenesOf(draft).map(({ scene: value, name }) => (
          <label key={value}>
            <input type="radio" name="scene" checked={scene === value} onChange={() => setScene(value)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <iframe
        ref={frame}
        className="panel-frame"
        title="Preview of the chat"
        tabIndex={-1}
        src={`/preview/${encodeURIComponent(app.platform_id)}?language=en`}
      />
      {draft.web_chat.show_widget ? (
        <span
          className="launcher"
          role="img"
          aria-label="The launcher"
          style={{ background: launcher?.fill, color: launcher?.text }}
        >
          <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
            <path
              fill="currentColor"
              fillRule="evenodd"
              d="M14 3C7 3 2 7.400 2 13c0 2.800 1.300 5.200 3.400 7L4.500 25l5.600-2.400c1.200.300 2.500.400 3.900.400 7 0 12-4.400 12-10S21 3 14 3zM9 10h10v2H9zM9 14h7v2H9z"
            />
          </svg>
        </span>
      ) : (
        <p className="help">No launcher shows while the widget is off.</p>
      )}
    </div>
  );
}

/** useReady counts how often the preview's page has said that it can show something: it may be loaded anew. */
function useReady(frame: React.RefObject<HTMLIFrameElement | null>): number {
  const [ready, setReady] = useState(0);
  useEffect(() => {
    const hear = (e: MessageEvent) => {
      if (e.origin !== location.origin || e.source !== frame.current?.contentWindow) return;
      if ((e.data as PreviewReady)?.type === "preview-ready") setReady((n) => n + 1);
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, [frame]);
  return ready;
}
