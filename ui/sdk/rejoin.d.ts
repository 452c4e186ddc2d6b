// Types of the chat widget's public API. Download this file next to your sources, or refer to it:
// /// <reference path="./rejoin.d.ts" />
// The same API answers under the names Helpshift and helpshiftConfig.

/** RejoinConfig is what window.rejoinConfig (or window.helpshiftConfig) may hold. After a change call Rejoin("updateRejoinConfig"). */
export interface RejoinConfig {
  /** Which app; from the embed code. */
  platformId: string;
  domain?: string;
  /** A language code, or the browser's language. Default: "en". */
  language?: string;
  /** Your own id of the person who is logged in, at most 750 characters; no e-mail address, no spaces around it. */
  userId?: string;
  userEmail?: string;
  /** At most 255 characters. */
  userName?: string;
  /** Base64 of HMAC-SHA256 over userId followed by userEmail, made by your server. */
  userAuthToken?: string;
  /** Log people in by identity tokens (JWT): listen to onLoginRequest, and call login within five seconds. */
  authenticateWith?: "identities";
  /** Forget what was written anonymously when somebody logs in, rather than taking it along. */
  clearAnonymousUserOnLogin?: boolean;
  /** Tags for new conversations. They must exist in the dashboard. */
  tags?: string[];
  /** Custom issue fields for new conversations, by key. */
  cifs?: CustomIssueFields;
  /** Neither name nor address is asked for or used, and users send no files. */
  fullPrivacy?: boolean;
  /** Begin with a new conversation if the last one is over. */
  initiateChatOnLoad?: boolean;
  /** Sent on the person's behalf when they open the chat and have no active conversation. */
  initialUserMessage?: string;
  /** What later conversations on the same page begin with; "" for nothing. */
  subsequentIssuesInSameSessionConfig?: { initialUserMessage?: string };
  /** What the field of a new conversation begins with: the first 1,000 characters. */
  conversationPrefillText?: string;
  widgetOptions?: {
    fullScreen?: boolean;
    /** False: bring a button of your own, and call open. */
    showLauncher?: boolean;
    position?: "bottom-right" | "bottom-left" | "top-right" | "top-left";
    zIndex?: number;
  };
}

/** CustomIssueField is one value. A number is written as a string; a date is in Unix milliseconds. */
export type CustomIssueField =
  | { type: "singleline" | "multiline" | "number" | "dropdown"; value: string }
  | { type: "date"; value: number }
  | { type: "checkbox"; value: boolean };

export type CustomIssueFields = Record<string, CustomIssueField>;

/** UserData is what updateGlobalUserData and updateAppUserData take: at most 100 keys. */
export type UserData = Record<string, unknown>;

/** RejoinAttachment is a file of an agent's message. Its address works for a day. */
export interface RejoinAttachment {
  url: string;
  /** Bytes. */
  size: number;
  contentType: string;
  fileName: string;
}

/** RejoinEvents is what each event hands to its listeners. */
export interface RejoinEvents {
  newUnreadMessages: { unreadCount: number };
  /** Somebody came by an e-mail's link whose conversation another person began, or nobody who was logged in. */
  userChanged: { originalState: "anonymous" | "logged-in"; pageUrl: string };
  widgetToggle: { visible: boolean };
  conversationStart: { message: string };
  /** The body of an attachment is the file's name. */
  messageAdd: { type: "text" | "attachment"; body: string };
  csatSubmit: { rating: number; additionalFeedback: string };
  conversationResolved: undefined;
  conversationRejected: undefined;
  conversationEnd: undefined;
  conversationReopened: undefined;
  /** The person has read an agent's message. */
  agentMessageReceived: {
    body: string;
    publishId: string;
    createdTs: number;
    attachments?: RejoinAttachment[];
  };
  userAuthFailure: { message: "missing user auth token" | "invalid user auth token" };
  onLoginRequest: { userId?: string; userEmail?: string };
  onWebChatRuntimeError: { error: string; reason?: string; details?: unknown };
  /** The panel was closed by its own button. */
  chatEnd: undefined;
}

export type RejoinListener<E extends keyof RejoinEvents> = (data: RejoinEvents[E]) => void;

/** Rejoin takes a command's name and what the command needs. Calls made before the script has loaded are kept. */
export interface RejoinApi {
  (command: "init" | "update" | "updateRejoinConfig" | "updateHelpshiftConfig"): void;
  (command: "open" | "close" | "hide" | "show" | "logout"): void;
  <E extends keyof RejoinEvents>(
    command: "addEventListener" | "removeEventListener",
    event: E,
    listener: RejoinListener<E>,
  ): void;
  (command: "login", login: { identity_token: string; full_privacy_enabled?: boolean }): void;
  (command: "addUserIdentities", identities: string | { identity_token: string }): void;
  (command: "updateGlobalUserData" | "updateAppUserData", data: UserData): void;
  /** setCustomIssueFields adds to those that are set; replaceCustomIssueFields puts these in place of all others. */
  (command: "setCustomIssueFields" | "replaceCustomIssueFields", fields: CustomIssueFields): void;
  (command: "setInitialUserMessage", text: string): void;
  /** @deprecated Set language in the configuration and call updateRejoinConfig. */
  (command: "setLanguage", language: string): void;
}

declare global {
  interface Window {
    Rejoin?: RejoinApi;
    Helpshift?: RejoinApi;
    rejoinConfig?: RejoinConfig;
    helpshiftConfig?: RejoinConfig;
  }
  var Rejoin: RejoinApi;
  var Helpshift: RejoinApi;
  var rejoinConfig: RejoinConfig | undefined;
  var helpshiftConfig: RejoinConfig | undefined;
}
