import { useState } from "react";
import type { Detail, Row } from "../../shared/agent";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { forecastOf } from "./outlook";

interface Props {
  issue: Row;
  detail: Detail;
  ask: () => Promise<void>;
}

/** OutlookLine says, before anything is written, what will happen with it. */
export function OutlookLine({ issue, detail, ask }: Props) {
  const [busy, setBusy] = useState(false);
  const { icon, tone, text, canAsk } = forecastOf({ outlook: detail.outlook, issue });
  const press = () => {
    setBusy(true);
    void ask().finally(() => setBusy(false));
  };
  return (
    <div className={`composer-line ${tone}`}>
      <Icon name={icon} size={15} />
      <p>{text}</p>
      {canAsk && (
        <Button size="small" icon="bot" busy={busy} onClick={press}>
          Ask with Identity Bot
        </Button>
      )}
    </div>
  );
}
