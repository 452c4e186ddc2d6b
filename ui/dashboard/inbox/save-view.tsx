import { useState } from "react";
import { Button } from "../parts/button";
import { useNotify } from "../parts/notices";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { textOf } from "../session/api";
import { isSupervisor, useMe } from "../session/session";
import { useInboxData, useShown } from "./context";
import { firstLook, noFilter, savedFilter, searchOf } from "./look";
import { mayChange } from "./may";
import { NameDialog } from "./name-dialog";

/** SaveView keeps what is shown as a Smart View, saves what was changed of one, or takes it back. */
export function SaveView() {
  const me = useMe();
  const { look, setLook, smartActions } = useInboxData();
  const { view } = useShown();
  const { navigate } = useRouter();
  const notify = useNotify();
  const [naming, setNaming] = useState(false);
  const clear = () => setLook({ ...look, filter: noFilter, edited: false, q: "" });
  const filter = savedFilter(look, view);
  const change = async () => {
    if (!view) return;
    try {
      await smartActions.save({ ...view, filter }, view.id);
      clear();
      notify(`“${view.name}” is saved.`);
    } catch (err) {
      notify(textOf(err), "bad");
    }
  };
  const add = async (name: string, shared: boolean) => {
    const made = await smartActions.save({ name, shared, filter });
    if (made) navigate(paths.inbox + searchOf({ ...firstLook, view: made.id, sort: look.sort }));
  };
  return (
    <span className="filter-acts">
      {look.edited && view && mayChange(me, view) && (
        <Button size="small" kind="quiet" onClick={change}>
          Save
        </Button>
      )}
      <Button size="small" kind="quiet" icon="save" onClick={() => setNaming(true)}>
        {look.edited ? "Save as new" : "Save as Smart View"}
      </Button>
      <Button size="small" kind="quiet" onClick={clear}>
        {look.edited ? "Undo" : "Clear"}
      </Button>
      <NameDialog
        open={naming}
        title="Save as Smart View"
        name=""
        action="Save"
        canShare={isSupervisor(me)}
        save={add}
        close={() => setNaming(false)}
      />
    </span>
  );
}
