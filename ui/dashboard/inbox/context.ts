import { createContext, useContext } from "react";
import type { Counts, InboxOptions, SmartView } from "../../shared/agent";
import { type Look, shownFilter } from "./look";
import type { SmartViewActions } from "./use-views";
import { views } from "./views";

interface InboxData {
  look: Look;
  setLook: (look: Look) => void;
  counts?: Counts;
  /** The Smart Views; undefined until they are known. */
  smart?: SmartView[];
  smartActions: SmartViewActions;
  options?: InboxOptions;
}

export const InboxContext = createContext<InboxData | null>(null);

export function useInboxData(): InboxData {
  const data = useContext(InboxContext);
  if (!data) throw new Error("useInboxData needs the inbox");
  return data;
}

/** useShown is the view that is shown: its name, its Smart View if it is one, and the filter that the chips tell of. */
export function useShown() {
  const { look, smart } = useInboxData();
  const view = smart?.find((v) => v.id === look.view);
  const name = view?.name ?? views.find((v) => v.id === look.view)?.name ?? "Smart View";
  const lost = smart !== undefined && !view && !views.some((v) => v.id === look.view);
  return { name, view, lost, filter: shownFilter(look, view) };
}
