import { Dialog } from "radix-ui";
import { useEffect, useRef } from "react";
import type { DeliveryDetail, Replayed } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { FieldError } from "../../parts/field";
import { paths } from "../../router/route";
import { Link } from "../../router/router";
import { useSession } from "../../session/session";
import { Failed } from "../../shell/failed";
import { full } from "../../time/format";
import { useNow } from "../../time/ticking";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import { Exchange } from "./exchange";
import { useReplay } from "./use-replay";
import { deliveryState, triedWords, whatWords } from "./words";

interface Props {
  /** Where the server has the webhook. */
  path: string;
  id: string;
  /** Changes whenever the delivery may have. */
  stamp: string;
  paused: boolean;
  renew: () => void;
  close: () => void;
}

/** DeliveryDialog is one delivery with what was sent and what came back, and sends it again. */
export function DeliveryDialog({ path, id, stamp, paused, renew, close }: Props) {
  const { data, error, retry } = useLoaded<DeliveryDetail>(`${path}/deliveries/${encodeURIComponent(id)}`);
  const first = useRef(stamp);
  useEffect(() => {
    if (first.current === stamp) return;
    first.current = stamp;
    retry();
  }, [stamp, retry]);
  const back = () => document.querySelector<HTMLElement>(`[data-delivery="${CSS.escape(id)}"]`)?.focus();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="dialog wide"
          aria-describedby={undefined}
          onCloseAutoFocus={(e) => {
            e.preventDefault();
            back();
          }}
        >
          <Dialog.Close asChild>
            <Button kind="quiet" icon="x" aria-label="Close" className="dialog-x" />
          </Dialog.Close>
          <Dialog.Title asChild>
            <h2>{data ? whatWords(data.delivery) : "Delivery"}</h2>
          </Dialog.Title>
          {!data && (error ? <Failed text={error} retry={retry} /> : <PageSkeleton />)}
          {data && (
            <Body
              detail={data}
              path={path}
              paused={paused}
              renew={() => {
                renew();
                retry();
              }}
            />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Body({
  detail,
  path,
  paused,
  renew,
}: { detail: DeliveryDetail } & Pick<Props, "path" | "paused" | "renew">) {
  const { api } = useSession();
  const now = useNow(5000);
  const { busy, problem, replay } = useReplay(renew);
  const { delivery: d } = detail;
  const state = deliveryState(d.state);
  const again = () => replay(() => api.post<Replayed>(`${path}/replay`, { delivery_id: d.id }));
  return (
    <div className="delivery-detail">
      <p className="delivery-facts">
        <span className={`chip ${state.tone}`}>{state.text}</span>
        <span>{triedWords(d, now)}</span>
        <Link href={paths.issue(d.issue_id)}>Conversation #{d.number}</Link>
        <time dateTime={new Date(d.created_at).toISOString()}>{full(d.created_at)}</time>
      </p>
      <Exchange detail={detail} />
      <div className="delivery-foot">
        <p className="help">{footWords(d.state, paused)}</p>
        {problem && <FieldError text={problem.text} />}
        <Button
          icon="refresh"
          busy={busy}
          disabled={paused || d.state === "waiting"}
          onClick={() => void again()}
        >
          Send again
        </Button>
      </div>
    </div>
  );
}

function footWords(state: string, paused: boolean): string {
  if (paused && state === "waiting") return "It waits until the webhook goes on.";
  if (paused) return "The webhook is paused. When it goes on, this can be sent again.";
  if (state === "waiting") return "It is on its way: nothing of this conversation overtakes it.";
  return "It is sent again with the same id and the same content.";
}
