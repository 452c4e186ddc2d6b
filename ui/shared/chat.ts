// Made by cmd/wiregen from package chatapi. Do not edit: run "make generate".

export interface Conversations {
  user: User;
  issues: Issue[];
}

export interface Cursor {
  seq: number;
  version: number;
}

export interface Failure {
  error: string;
  code: string;
  field?: string;
}

export interface Frame {
  type: string;
  user?: User;
  updates?: Update[];
  issue?: Issue;
  messages?: Message[];
  more?: boolean;
  issue_id?: string;
  name?: string;
  after_ms?: number;
  code?: string;
  text?: string;
}

export interface Hello {
  type: string;
  token: string;
  tab: string;
  state: string;
  cursors: Record<string, Cursor>;
}

export interface Issue {
  id: string;
  number: number;
  version: number;
  state: string;
  last_seq: number;
  read_seq: number;
  agent_read_seq: number;
  unread: number;
  asking?: string;
  asked_seq?: number;
  created_at: number;
}

export interface Message {
  id: string;
  seq: number;
  client_id?: string;
  origin: string;
  author_name: string;
  body: string;
  ask?: string;
  created_at: number;
}

export interface MetaIn {
  language: string;
  timezone: string;
  screen: string;
  url: string;
  title: string;
  referrer: string;
}

export interface NewIssue {
  platform_id: string;
  client_id: string;
  body: string;
  meta: MetaIn;
}

export interface Platform {
  id: string;
  app_name: string;
  color: string;
  greeting: string;
}

export interface Poll {
  tab: string;
  state: string;
  cursors: Record<string, Cursor>;
}

export interface Polled {
  frames: Frame[];
}

export interface PresenceIn {
  token: string;
  tab: string;
  state: string;
}

export interface Read {
  seq: number;
}

export interface Redeem {
  platform_id: string;
  token: string;
  session: string;
}

export interface Redeemed {
  result: string;
  issue_id?: string;
  visit_id?: string;
  own?: boolean;
}

export interface Returned {
  visit_id: string;
}

export interface Send {
  client_id: string;
  body: string;
  answers?: number;
  after?: number;
}

export interface Update {
  type: string;
  issue: Issue;
  messages: Message[];
  more?: boolean;
}

export interface User {
  name: string;
  email: string;
}
