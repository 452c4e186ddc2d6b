import { useEffect, useRef } from "react";
import { Button } from "../parts/button";
import { CopyButton } from "../parts/copy";
import { day } from "../time/format";
import { codesFile } from "./recovery";

interface Props {
  codes: string[];
  email: string;
  done: () => void;
}

/** RecoveryCodes are shown this once, and can be kept in three ways. */
export function RecoveryCodes({ codes, email, done }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const download = () => {
    const text = codesFile(codes, email, location.host, day(Date.now()));
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "rejoin-recovery-codes.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <div className="recovery">
      <h3 ref={heading} tabIndex={-1}>
        Keep these recovery codes
      </h3>
      <p className="soft">
        If you lose your phone, each of them signs you in once. They are shown only now: keep them in your
        password manager, or on paper.
      </p>
      <p className="recovery-for">
        For {email} at {location.host}
      </p>
      <ul ref={list} className="recovery-list">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="profile-acts recovery-acts">
        <CopyButton text={codes.join("\n")} what="The list of codes" shown={list} />
        <Button icon="download" onClick={download}>
          Download
        </Button>
        <Button icon="printer" onClick={() => print()}>
          Print
        </Button>
        <Button kind="primary" icon="check" onClick={done}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}
