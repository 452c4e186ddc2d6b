import type { Me, SmartView } from "../../shared/agent";
import { isSupervisor } from "../session/session";

/** mayChange: everybody keeps their own Smart Views, supervisors the shared ones. The server decides; this only spares a refusal. */
export const mayChange = (me: Me, view: SmartView) => !view.shared || isSupervisor(me);
