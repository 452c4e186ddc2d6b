import { type ChangeEvent, useState } from "react";
import { Icon } from "./icon";

interface Props {
  id: string;
  className: string;
  name: string;
  autoComplete: "current-password" | "new-password";
  value: string;
  set: (value: string) => void;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
}

/** PasswordInput hides what is typed, and shows it when asked: people see their slip instead of guessing it. */
export function PasswordInput({ set, className, ...rest }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <div className="password-box">
      <input
        {...rest}
        className={`${className} password`}
        type={shown ? "text" : "password"}
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        onChange={(e: ChangeEvent<HTMLInputElement>) => set(e.target.value)}
      />
      <button
        type="button"
        className="password-eye"
        aria-pressed={shown}
        aria-label="Show what I type"
        title={shown ? "Hide what you type" : "Show what you type"}
        onClick={() => setShown(!shown)}
      >
        <Icon name={shown ? "eyeOff" : "eye"} size={18} />
      </button>
    </div>
  );
}
