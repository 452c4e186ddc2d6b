import { useEffect, useRef, useState } from "react";
import type { Script } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { directionOf, tagOf } from "../../texts/languages";
import { textIn } from "../../texts/local-text";
import { askedOf, endings, type Said } from "../talk";
import { Answer } from "./answer";
import { useTalk, type World } from "./use-talk";
import { WorldPicker } from "./world-picker";
import "./preview.css";

interface Props {
  path: string;
  script: Script;
  /** Takes the step at which the conversation stands. */
  setCurrent: (step: string) => void;
  jump: (step: string) => void;
}

/** Preview is a conversation with the bot as it is on screen, published or not. Nothing in it is real but the words. */
export function Preview({ path, script, setCurrent, jump }: Props) {
  const [world, setWorld] = useState<World>({ platform: "web", language: "en", open: true });
  const { talk, busy, error, say, restart, retry } = useTalk(path, script, world);
  const current = talk && !talk.ended ? (talk.state?.step ?? "") : "";
  useEffect(() => setCurrent(current), [current, setCurrent]);
  const asked = talk && askedOf(talk);
  return (
    <div className="phone">
      <header className="phone-head">
        <span className="phone-face">
          <Icon name="bot" size={17} />
        </span>
        <strong className="ellipsis" dir="auto">
          {textIn(script.nickname, world.language) || script.nickname.text || "Your app’s name"}
        </strong>
        <WorldPicker world={world} set={setWorld} script={script} />
        <Button
          kind="quiet"
          size="small"
          icon="reopen"
          aria-label="Begin again"
          title="Begin again"
          onClick={restart}
        />
      </header>
      <div className="phone-world">
        {world.open ? "Open" : "Outside business hours"} · {platformNames[world.platform]}
      </div>
      <Lines
        lines={talk?.lines ?? []}
        language={world.language}
        jump={jump}
        busy={busy}
        empty={script.steps.length === 0}
      />
      <div className="phone-foot">
        {error && (
          <p className="phone-error">
            {error}{" "}
            <button type="button" className="text-button" onClick={retry}>
              Try again
            </button>
          </p>
        )}
        {talk?.error && <FieldError text={talk.error} />}
        {talk?.ended ? (
          <p className="phone-end">
            {endings[talk.ended] ?? "The bot is done."}{" "}
            <button type="button" className="text-button" onClick={restart}>
              Begin again
            </button>
          </p>
        ) : (
          asked && <Answer key={`${current} ${talk?.lines.length}`} input={asked} say={say} busy={busy} />
        )}
      </div>
    </div>
  );
}

const platformNames: Record<string, string> = { web: "Web chat", ios: "iOS app", android: "Android app" };

interface LinesProps {
  lines: Said[];
  language: string;
  jump: (step: string) => void;
  busy: boolean;
  empty: boolean;
}

function Lines({ lines, language, jump, busy, empty }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is to be in sight
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines]);
  return (
    <div
      ref={box}
      className="phone-lines"
      role="log"
      aria-label="Pretended conversation"
      aria-busy={busy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it
      tabIndex={0}
    >
      {!empty && lines.length === 0 && busy && (
        <p className="phone-line" role="status" aria-label="Loading">
          …
        </p>
      )}
      {empty && (
        <p className="phone-empty">Here you talk with the bot as a visitor does, while you build it.</p>
      )}
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
        <Line key={i} line={line} language={language} jump={jump} />
      ))}
    </div>
  );
}

function Line({ line, language, jump }: { line: Said; language: string; jump: (step: string) => void }) {
  if (line.from === "visitor") {
    return (
      <p className="phone-line mine" dir="auto">
        {line.text}
      </p>
    );
  }
  const go = () => line.step && jump(line.step);
  return (
    <button
      type="button"
      className={line.from === "does" ? "phone-does" : "phone-line"}
      dir={line.from === "bot" ? directionOf(language) : undefined}
      lang={line.from === "bot" ? tagOf(language) : undefined}
      title="Show the step"
      onClick={go}
    >
      {line.from === "does" && <Icon name="bolt" size={13} />}
      <span>{line.text}</span>
    </button>
  );
}
