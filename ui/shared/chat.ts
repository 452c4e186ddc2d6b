// Made by cmd/wiregen from package chatapi. Do not edit: run "make generate".

export interface AddIdentities {
  identity_token: string;
}

export interface Ask {
  when: string;
  name: boolean;
  email: boolean;
  skip: boolean;
  nickname: string;
  ask_name: string;
  ask_email: string;
  thanks: string;
}

export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  url: string;
  preview_url?: string;
  width?: number;
  height?: number;
}

export interface Closed {
  title: string;
  text: string;
}

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

export interface Faults {
  missingFields?: string[];
  invalidFields?: string[];
  invalidIdentities?: string[];
  invalidIdentityTokens?: string[];
}

export interface Feedback {
  rating: number;
  comment: string;
}

export interface Field {
  type: string;
  value: unknown;
}

export interface Frame {
  type: string;
  user?: User;
  updates?: Update[];
  issue?: Issue;
  messages?: Message[];
  changed?: Message[];
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

export interface Hours {
  open: boolean;
  back_at?: number;
  change_at?: number;
}

export interface Identified {
  result: string;
  reason?: string;
  details?: Faults;
  kept?: boolean;
  known?: boolean;
  user: User;
  revision?: string;
}

export interface Identify {
  platform_id: string;
  session: string;
  identity: Identity;
  clear_anonymous?: boolean;
}

export interface Identity {
  user_id?: string;
  email?: string;
  name?: string;
  auth_token?: string;
  identity_token?: string;
  full_privacy?: boolean;
}

export interface Input {
  type: string;
  options?: InputOption[];
  skip?: boolean;
}

export interface InputOption {
  id: string;
  text: string;
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
  closing?: string;
  rating?: number;
  full_privacy?: boolean;
  created_at: number;
}

export interface Launcher {
  title: string;
  open: string;
  unread: string;
  close: string;
}

export interface Message {
  id: string;
  seq: number;
  client_id?: string;
  origin: string;
  author_name: string;
  body: string;
  ask?: string;
  input?: Input;
  kind?: string;
  attachments?: Attachment[];
  edited_at?: number;
  deleted_at?: number;
  created_at: number;
}

export interface MetaApp {
  id?: string;
  name?: string;
  version?: string;
}

export interface MetaHardware {
  model?: string;
  battery?: number;
  free_space?: number;
  network?: string;
  carrier?: string;
}

export interface MetaIn {
  language?: string;
  timezone?: string;
  screen?: string;
  url?: string;
  title?: string;
  referrer?: string;
  device?: string;
  country?: string;
  os?: NameVersion;
  app?: MetaApp;
  hardware?: MetaHardware;
  custom?: Record<string, string>;
}

export interface NameVersion {
  name: string;
  version: string;
}

export interface NewIssue {
  platform_id: string;
  client_id: string;
  body: string;
  meta: MetaIn;
  language?: string;
  identity?: Identity;
  full_privacy?: boolean;
  tags?: string[];
  fields?: Record<string, Field>;
  attachments?: string[];
  name?: string;
  email?: string;
  skipped?: string[];
}

export interface Outcome {
  reason?: string;
  details?: Faults;
}

export interface Platform {
  id: string;
  app_name: string;
  color: string;
  text: string;
  greeting: string;
  launcher: Launcher;
  hide?: boolean;
  closed?: Closed;
  hours?: Hours;
  identity?: Ask;
  auth?: string;
  known?: boolean;
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
  logged_in?: boolean;
}

export interface Redeemed {
  result: string;
  issue_id?: string;
  visit_id?: string;
  own?: boolean;
  original_state?: string;
  page_url?: string;
}

export interface Resolution {
  client_id: string;
  accepted: boolean;
}

export interface Returned {
  visit_id: string;
}

export interface Send {
  client_id: string;
  body: string;
  attachments?: string[];
  answers?: number;
  skip?: boolean;
  after?: number;
}

export interface Update {
  type: string;
  issue: Issue;
  messages: Message[];
  changed?: Message[];
  more?: boolean;
  dropped?: string[];
}

export interface User {
  name: string;
  email: string;
  logged_in?: boolean;
}

export interface UserData {
  scope: string;
  data: Record<string, unknown>;
}
