/**
 * Everything we say about follow-ups, in one place. The keys are the constants of rejoin.Reason and rejoin.FollowUpState; a test
 * compares them with the Go file.
 */

export interface ReasonWords {
  /** Completes a sentence after a colon, in lower case and without a full stop. */
  because: string;
  /** What can be done about it, as a sentence; only where something can. */
  advice?: string;
}

export const reasons: Record<string, ReasonWords> = {
  due: { because: "it stayed unread for the whole time" },
  max_postponed: { because: "newer messages had postponed it long enough" },
  send_now: { because: "an agent asked for it" },

  window: { because: "it goes out when the time for unread messages ends" },
  online: { because: "the visitor is online and gets extra time to look" },
  held: { because: "an agent holds it", advice: "Release it, or send it now." },
  min_interval: {
    because: "the last e-mail of this conversation was too recent",
    advice: "It goes out later by itself, or send it now.",
  },
  issue_cap: {
    because: "this conversation has had its e-mails for the day",
    advice: "It goes out when the day’s limit allows. Administrators can change the limit.",
  },
  address_cap: {
    because: "this address has had its e-mails for the day",
    advice: "It goes out when the day’s limit allows. Administrators can change the limit.",
  },
  typed_cap: {
    because: "this address, which a visitor typed, has had its e-mails for the day",
    advice: "It goes out when the day’s limit allows. The limit protects people whose address others type.",
  },
  retry: { because: "the mail server asked to try again later" },

  read: { because: "everything was read" },
  taken_back: { because: "what was not read was taken back" },
  feature_off: {
    because: "e-mail follow-ups are not switched on for this domain",
    advice: "The operator of this installation can switch them on.",
  },
  disabled: {
    because: "Follow-up via Email is off for this app",
    advice: "An administrator can turn it on in Configure Web Chat.",
  },
  no_address: {
    because: "nobody knows the visitor’s address",
    advice:
      "Identity Bot asks for it, or ask for it yourself. The visitor sees your answer when coming back.",
  },
  muted: {
    because: "the visitor muted this conversation",
    advice: "The visitor sees your answer when coming back to the chat.",
  },
  unsubscribed: {
    because: "this address wants no follow-ups from this app",
    advice: "The visitor sees your answer when coming back to the chat.",
  },
  not_me: {
    because: "the owner of this address is not the visitor",
    advice: "Ask the visitor for another address.",
  },
  rejected: { because: "the conversation was rejected" },
  refused: {
    because: "the mail server refused it for good",
    advice: "The address may be wrong. Ask the visitor for another one.",
  },
  too_many_tries: {
    because: "the mail server kept refusing",
    advice: "The mail server’s last answer is in the details. The next message starts anew.",
  },
  unwritable: {
    because: "it could not be written",
    advice: "The address or the page it leads to is unusual. The server’s log says more.",
  },
  lost_answer: {
    because: "the mail server’s answer was lost",
    advice: "It may have arrived. To avoid a second e-mail, it is not sent again by itself.",
  },
  imported: { because: "this conversation came from another installation meanwhile" },
};

/** What we call each state of a follow-up, as the head of a sentence. */
export const states: Record<string, string> = {
  waiting: "E-mail planned",
  sending: "Sending the e-mail",
  handing_over: "Handing the e-mail to the mail server",
  sent: "E-mail sent",
  unknown: "E-mail perhaps sent",
  failed: "E-mail failed",
  cancelled: "E-mail cancelled",
  skipped: "No e-mail",
};

/** What we call the steps of the timeline that are not states. */
export const steps: Record<string, string> = {
  restarted: "E-mail put off",
  held: "E-mail held",
  released: "E-mail released",
  opened: "Opened the link",
  returned: "Returned to the conversation",
  replied: "Replied after the e-mail",
};

/** because completes a sentence with a reason; "" for a reason that has no words. */
export const because = (reason: string | undefined) => (reason && reasons[reason]?.because) || "";

export const advice = (reason: string | undefined) => (reason && reasons[reason]?.advice) || "";
