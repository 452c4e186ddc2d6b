// Made by cmd/wiregen from package agentapi. Do not edit: run "make generate".

export interface Actor {
  kind: string;
  id: string;
  name: string;
}

export interface Agent {
  id: string;
  name: string;
  email: string;
  role: string;
}

export interface App {
  id: string;
  name: string;
  platform_id: string;
  allowed_origins: string[];
  web_chat: WebChatSettings;
  embed_code: string;
  hosted_url: string;
  presets: number[];
}

export interface Apps {
  apps: App[];
}

export interface Assign {
  agent_id: string;
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

export interface AuditEntry {
  id: string;
  act: string;
  agent_name: string;
  target: string;
  created_at: number;
}

export interface AuditLog {
  entries: AuditEntry[];
  next?: string;
}

export interface Counts {
  open: number;
  mine: number;
  unread: number;
}

export interface CustomField {
  id: string;
  key: string;
  label: string;
  type: string;
  options?: string[];
  archived: boolean;
}

export interface CustomFields {
  fields: CustomField[];
}

export interface DeadJob {
  kind: string;
  key: string;
  attempt: number;
  error: string;
  died_at: number;
}

export interface DeadJobs {
  jobs: DeadJob[];
}

export interface Decision {
  action: string;
  reason: string;
  until?: number;
}

export interface Detail {
  start_url: string;
  meta: Meta;
  last_seq: number;
  user_read_seq: number;
  agent_read_seq: number;
  decision: Decision;
  window: number;
  follow_ups_on: boolean;
  full_privacy?: boolean;
  comment?: string;
  fields?: Field[];
  attributes?: Record<string, Record<string, unknown>>;
  identities?: NamedIdentity[];
  verification_on: boolean;
}

export interface Event {
  n: number;
  kind: string;
  actor: Actor;
  data: EventData;
  created_at: number;
}

export interface EventData {
  state?: string;
  assignee?: string;
  name?: string;
  email?: string;
  kind?: string;
  follow_up?: FollowUpStep;
  accepted?: boolean;
  rating?: number;
  comment?: string;
}

export interface Field {
  key: string;
  label: string;
  type: string;
  value: string;
}

export interface FollowUp {
  id: string;
  state: string;
  reason: string;
  from_seq: number;
  to_seq: number;
  due_at?: number;
  address?: string;
  held?: boolean;
  response?: string;
  sent_at?: number;
  opened_at?: number;
  returned_at?: number;
  replied_at?: number;
}

export interface FollowUpSettings {
  enabled: boolean;
  window: number;
  online_window: number;
  max_postponement: number;
  min_interval: number;
  issue_daily_cap: number;
  address_daily_cap: number;
  typed_daily_cap: number;
  destination: string;
  custom_url: string;
}

export interface FollowUpStep {
  id: string;
  step: string;
  reason?: string;
  from_seq: number;
  to_seq: number;
  due_at?: number;
  address?: string;
  response?: string;
}

export interface Frame {
  type: string;
  server_time?: number;
  row?: Row;
  thread?: Thread;
  issue_id?: string;
  name?: string;
  origin?: string;
  after_ms?: number;
  code?: string;
  text?: string;
}

export interface Inbox {
  issues: Row[];
  next?: string;
  counts: Counts;
}

export interface Me {
  agent: Agent;
  domain: string;
  features: string[];
  agents: Agent[];
  demo?: boolean;
}

export interface Message {
  id: string;
  seq: number;
  client_id?: string;
  origin: string;
  author_id: string;
  author_name: string;
  body: string;
  ask?: string;
  kind?: string;
  attachments?: Attachment[];
  created_at: number;
}

export interface Meta {
  browser: NameVersion;
  os: NameVersion;
  device: string;
  language: string;
  timezone: string;
  screen: string;
  page: MetaPage;
}

export interface MetaPage {
  url: string;
  title: string;
  referrer: string;
}

export interface NameVersion {
  name: string;
  version: string;
}

export interface NamedIdentity {
  identifier: string;
  value: string;
}

export interface NewCustomField {
  key: string;
  label: string;
  type: string;
  options?: string[];
}

export interface NewTag {
  name: string;
}

export interface Older {
  messages: Message[];
  events: Event[];
  more?: boolean;
}

export interface Preview {
  subject: string;
  from: string;
  html: string;
  text: string;
  link_to: string;
}

export interface Read {
  seq: number;
}

export interface Revealed {
  value: string;
}

export interface Row {
  id: string;
  number: number;
  version: number;
  app_id: string;
  title: string;
  state: string;
  assignee_id?: string;
  assignee_name?: string;
  user: User;
  preview: string;
  preview_origin: string;
  unread: number;
  closing?: string;
  rating?: number;
  tags?: string[];
  follow_up?: FollowUp;
  created_at: number;
  updated_at: number;
}

export interface Secret {
  id: string;
  hint: string;
  created_at: number;
  created_by: string;
}

export interface Send {
  client_id: string;
  body: string;
  attachments?: string[];
  after?: number;
  after_event?: number;
}

export interface SetArchived {
  archived: boolean;
}

export interface SetFollowUp {
  action: string;
}

export interface SetState {
  state: string;
}

export interface SetVerification {
  required: boolean;
}

export interface SetWebChat {
  web_chat: WebChatSettings;
  allowed_origins: string[];
}

export interface SignIn {
  email: string;
  password: string;
}

export interface Tag {
  id: string;
  name: string;
  archived: boolean;
}

export interface Tags {
  tags: Tag[];
}

export interface TestIdentity {
  user_id: string;
  email: string;
  full_privacy: boolean;
  token: string;
}

export interface Tested {
  valid: boolean;
  finding: string;
  text: string;
}

export interface Thread {
  type: string;
  issue: Row;
  detail: Detail;
  messages: Message[];
  events: Event[];
  more?: boolean;
}

export interface User {
  id: string;
  name: string;
  email: string;
  email_source: string;
  language: string;
  timezone: string;
  presence: string;
  presence_since: number;
  external_id?: string;
  logged_in: boolean;
  verified: boolean;
}

export interface UserSession {
  id: string;
  kind: string;
  verified: boolean;
  device: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
}

export interface UserSessions {
  sessions: UserSession[];
}

export interface Verification {
  required: boolean;
  secrets: Secret[];
}

export interface Watch {
  type: string;
  issue_id: string;
  seq: number;
  event_n: number;
}

export interface WebChatSettings {
  greeting: string;
  color: string;
  identity_bot: boolean;
  follow_up: FollowUpSettings;
  resolution_question: boolean;
  csat: boolean;
}
