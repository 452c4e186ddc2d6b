import { type ReactNode, useMemo } from "react";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link, useRouter } from "../router/router";
import { useMe } from "../session/session";
import { type Period, periodOf, withPeriod, withValue } from "./period";
import { PeriodPicker } from "./period-picker";
import "./reports.css";

export interface Scope {
  period: Period;
  app: string;
}

/** useScope is the period and the app that the address names. */
export function useScope(): Scope {
  const { search } = useRouter();
  return useMemo(
    () => ({ period: periodOf(search, Date.now()), app: new URLSearchParams(search).get("app") ?? "" }),
    [search],
  );
}

interface Props {
  title: string;
  here: string;
  children: ReactNode;
}

/** Frame is what the pages of the reports have in common: their names, the app and the period. */
export function Frame({ title, here, children }: Props) {
  const { search, navigate } = useRouter();
  const { period, app } = useScope();
  const me = useMe();
  const set = (next: string) => navigate(here + next, { replace: true });
  const kept = ["app", "days", "from", "to"].reduce(
    (q, key) => withValue(q, key, new URLSearchParams(search).get(key) ?? ""),
    "",
  );
  return (
    <div className="reports">
      <header className="reports-head">
        <Heading title={title}>Reports</Heading>
        <nav className="reports-tabs" aria-label="Reports">
          <Link href={paths.reports + kept} aria-current={here === paths.reports ? "page" : undefined}>
            Overview
          </Link>
          <Link href={paths.mails + kept} aria-current={here === paths.mails ? "page" : undefined}>
            What was mailed, and why not
          </Link>
        </nav>
        <div className="reports-scope">
          {me.apps.length > 1 && (
            <div className="select-box">
              <select
                className="select"
                aria-label="App"
                value={app}
                onChange={(e) => set(withValue(search, "app", e.target.value))}
              >
                <option value="">All apps</option>
                {me.apps.map((a) => (
                  <option key={a.id} value={a.id}>
                    {a.name}
                  </option>
                ))}
              </select>
              <Icon name="down" size={16} />
            </div>
          )}
          <PeriodPicker period={period} set={(p) => set(withPeriod(search, p))} />
        </div>
      </header>
      {children}
    </div>
  );
}
