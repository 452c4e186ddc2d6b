/** Op is a comparison as people choose it. "is" and "is_not" take several values; [normal] writes them as the server knows them. */
export interface Op {
  op: string;
  /** Between the subject and its values: "is", "include". */
  label: string;
  /** It compares with nothing. */
  alone?: boolean;
  /** It takes more than one value. */
  several?: boolean;
}

const is: Op = { op: "is", label: "is", several: true };
const isNot: Op = { op: "is_not", label: "is not", several: true };
const set: Op = { op: "set", label: "is known", alone: true };
const notSet: Op = { op: "not_set", label: "is not known", alone: true };
const filled: Op = { ...set, label: "is filled in" };
const empty: Op = { ...notSet, label: "is empty" };

const text: Op[] = [
  { op: "contains", label: "contains" },
  { op: "contains_not", label: "does not contain" },
  is,
  isNot,
  { op: "starts", label: "starts with" },
  { op: "starts_not", label: "does not start with" },
  { op: "ends", label: "ends with" },
  { op: "ends_not", label: "does not end with" },
];
const order: Op[] = [
  { op: "above", label: "is above" },
  { op: "below", label: "is below" },
];
const one: Op = { op: "is", label: "is" };
const notOne: Op = { op: "is_not", label: "is not" };

/** The comparisons of each kind of subject; the first is proposed. */
export const ops = {
  choice: [is, isNot],
  tags: [
    { op: "is", label: "include", several: true },
    { op: "is_not", label: "do not include", several: true },
    { ...set, label: "are there" },
    { ...notSet, label: "are none" },
  ],
  language: [is, isNot, set, notSet],
  person: [is, isNot, { ...set, label: "is somebody" }, { ...notSet, label: "is nobody" }],
  place: [is, isNot, { ...set, label: "is any queue" }, { ...notSet, label: "is none" }],
  state: [{ op: "is", label: "" }],
  followUp: [
    is,
    isNot,
    { ...set, label: "came into question" },
    { ...notSet, label: "never came into question" },
  ],
  text,
  textOrNone: [...text, filled, empty],
  version: [...text, ...order, filled, empty],
  address: [set, notSet, ...text],
  number: [one, notOne, ...order, filled, empty],
  date: [{ op: "above", label: "is after" }, { op: "below", label: "is before" }, filled, empty],
  option: [is, isNot, filled, empty],
  yesNo: [one, filled, empty],
  file: [
    { ...set, label: "was sent" },
    { ...notSet, label: "was not sent" },
  ],
  anything: [...text, ...order, filled, empty],
  duration: [{ op: "for", label: "for" }],
} satisfies Record<string, Op[]>;
