import { dayOf } from "./period";

const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
});

/** shortDay is "23 Nov" for "2026-11-23". */
export const shortDay = (iso: string) => short.format(dayOf(iso));

/** wholeDay is "Mon, 23 Nov 2026". */
export const wholeDay = (iso: string) => whole.format(dayOf(iso));
