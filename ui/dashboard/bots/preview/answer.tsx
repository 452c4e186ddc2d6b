import { type FormEvent, useState } from "react";
import type { Input, InputOption } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import type { Given } from "../talk";

type Say = (given: Omit<Given, "step">) => void;

interface Props {
  input: Input;
  say: Say;
  busy: boolean;
}

/** Answer is what a question takes, as visitors see it. It never takes the focus by itself: somebody may be writing a step. */
export function Answer({ input, say, busy }: Props) {
  const answer = (value: string, shown = value) => say({ answer: value, shown });
  return (
    <div className="answer" aria-busy={busy}>
      <Control input={input} answer={answer} />
      {input.skip && (
        <Button kind="quiet" size="small" onClick={() => say({ skip: true, shown: "Skip" })}>
          Skip
        </Button>
      )}
    </div>
  );
}

function Control({ input, answer }: { input: Input; answer: (value: string, shown?: string) => void }) {
  const options = input.options ?? [];
  switch (input.type) {
    case "yes_no":
    case "choice":
      return options.length > 8 ? (
        <Many options={options} answer={answer} />
      ) : (
        <Few options={options} answer={answer} />
      );
    case "stars":
      return (
        <div className="answer-stars">
          {[1, 2, 3, 4, 5].map((n) => (
            <button
              key={n}
              type="button"
              aria-label={n === 1 ? "1 star" : `${n} stars`}
              onClick={() => answer(String(n), "★".repeat(n) + "☆".repeat(5 - n))}
            >
              <Icon name="star" size={26} />
            </button>
          ))}
        </div>
      );
    case "file":
      return (
        <Button icon="clip" onClick={() => answer("photo.jpg", "photo.jpg")}>
          Pretend to send photo.jpg
        </Button>
      );
  }
  return <Typed type={input.type} answer={answer} />;
}

interface OptionsProps {
  options: InputOption[];
  answer: (value: string, shown?: string) => void;
}

function Few({ options, answer }: OptionsProps) {
  return (
    <div className="answer-options">
      {options.map((o) => (
        <button
          key={o.id}
          type="button"
          className="answer-option"
          dir="auto"
          onClick={() => answer(o.id, o.text)}
        >
          {o.text}
        </button>
      ))}
    </div>
  );
}

function Many({ options, answer }: OptionsProps) {
  const [text, setText] = useState("");
  const hits = options.filter((o) => o.text.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <div className="answer-many">
      <input
        className="input"
        aria-label="Find a choice"
        placeholder={`Find one of ${options.length}`}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <div className="answer-hits">
        <Few options={hits.slice(0, 50)} answer={answer} />
      </div>
    </div>
  );
}

const kinds: Record<string, { type: string; mode?: "email" | "decimal"; hint: string }> = {
  email: { type: "email", mode: "email", hint: "you@example.com" },
  number: { type: "text", mode: "decimal", hint: "A number" },
  date: { type: "date", hint: "" },
};

function Typed({ type, answer }: { type: string; answer: (value: string) => void }) {
  const [text, setText] = useState("");
  const kind = kinds[type] ?? { type: "text", hint: "Write an answer" };
  const send = (e: FormEvent) => {
    e.preventDefault();
    if (text.trim()) answer(text.trim());
  };
  return (
    <form className="answer-typed" onSubmit={send} noValidate>
      <input
        className="input"
        type={kind.type}
        inputMode={kind.mode}
        dir="auto"
        autoComplete="off"
        aria-label="Your answer"
        placeholder={kind.hint}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <Button type="submit" kind="primary" icon="send" aria-label="Send" />
    </form>
  );
}
