import { useEffect, useRef, useState } from "react";
import type { Profile } from "../../shared/agent";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";
import { useSession } from "../session/session";
import { Section } from "../settings/section";
import type { PartProps } from "./profile";
import { NewCodesDialog, OffDialog } from "./proof-dialogs";
import { leftWords } from "./recovery";
import { RecoveryCodes } from "./recovery-codes";
import { SetUp } from "./set-up";

const what =
  "Besides your password, signing in asks for a code that an app on your phone shows. Whoever learns your password cannot come in with it.";

type Doing = "" | "set-up" | "off" | "new-codes";

/** TwoFactorSection asks for a code of an authenticator at every sign-in, if its agent wants that. */
export function TwoFactorSection({ profile, set }: PartProps) {
  const { api } = useSession();
  const notify = useNotify();
  const [doing, setDoing] = useState<Doing>("");
  const [codes, setCodes] = useState<string[] | null>(null);
  const refresh = () => api.get<Profile>("/profile").then(set, (err) => notify(textOf(err), "bad"));
  const got = (list: string[]) => {
    setDoing("");
    setCodes(list);
    void refresh();
  };
  const off = () => {
    setDoing("");
    setCodes(null);
    notify("Two-factor sign-in is off.");
    void refresh();
  };
  const close = () => setDoing("");
  const body = useRef<HTMLDivElement>(null);
  const first = () => body.current?.querySelector<HTMLElement>("button");
  const idle = doing === "" && !codes;
  const used = useRef(false);
  useEffect(() => {
    if (idle && used.current) body.current?.querySelector<HTMLElement>("button")?.focus();
    used.current ||= !idle;
  }, [idle]);
  return (
    <Section
      title="Two-factor sign-in"
      text={profile.two_factor ? what : `${what} When you switch it on, your other browsers are signed out.`}
    >
      <div ref={body} className="two-factor">
        {codes ? (
          <RecoveryCodes codes={codes} email={profile.email} done={() => setCodes(null)} />
        ) : doing === "set-up" ? (
          <SetUp email={profile.email} done={got} cancel={close} />
        ) : profile.two_factor ? (
          <On left={profile.recovery_codes} start={setDoing} />
        ) : (
          <div>
            <Button icon="shield" onClick={() => setDoing("set-up")}>
              Set up
            </Button>
          </div>
        )}
      </div>
      {doing === "off" && <OffDialog done={off} close={close} back={first} />}
      {doing === "new-codes" && <NewCodesDialog done={got} close={close} back={first} />}
    </Section>
  );
}

function On({ left, start }: { left: number; start: (doing: Doing) => void }) {
  return (
    <>
      <p className="two-factor-on">
        <Icon name="shield" /> It is on.
      </p>
      <p className={left <= 3 ? "callout warn" : "help"}>
        {left <= 3 && <Icon name="alert" />} <span>{leftWords(left)}</span>
      </p>
      <div className="profile-acts">
        <Button icon="refresh" onClick={() => start("new-codes")}>
          Make new recovery codes
        </Button>
        <Button kind="quiet" onClick={() => start("off")}>
          Switch off
        </Button>
      </div>
    </>
  );
}
