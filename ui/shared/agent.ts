// Made by cmd/wiregen from package agentapi. Do not edit: run "make generate".

export interface APIKey {
  id: string;
  name: string;
  access: string;
  hint: string;
  created_by: string;
  created_at: number;
  used_at?: number;
  revoked_at?: number;
}

export interface APIKeys {
  keys: APIKey[];
  key?: string;
  base: string;
  per_minute: number;
}

export interface Accept {
  token: string;
  name: string;
  password: string;
}

export interface Action {
  kind: string;
  agent_id?: string;
  queue_id?: string;
  bot_id?: string;
  tags?: string[];
  field?: string;
  value?: string;
  text?: LocalText;
  note?: string;
  url?: string;
}

export interface Actor {
  kind: string;
  id: string;
  name: string;
}

export interface Advice {
  kind: string;
  text: string;
}

export interface Agent {
  id: string;
  name: string;
  nickname?: string;
  email: string;
  role: string;
  available: boolean;
}

export interface AgentReport {
  id: string;
  name: string;
  messages: number;
  conversations: number;
  first_response: Timing;
  resolved: number;
  ratings: number[];
}

export interface AgentSession {
  id: string;
  device: string;
  current: boolean;
  created_at: number;
  seen_at: number;
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
  seen_at?: number;
  seen_url?: string;
  written: boolean;
  created_at: number;
}

export interface AppPlatform {
  id: string;
  kind: string;
  off?: boolean;
  hosted_url: string;
  seen_at?: number;
  issues: number;
  created_at: number;
}

export interface AppPlatforms {
  platforms: AppPlatform[];
}

export interface Apps {
  apps: App[];
}

export interface Assign {
  agent_id: string;
  from?: string;
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

export interface Attempt {
  at: number;
  took_ms: number;
  status?: number;
  answer?: string;
  problem?: string;
}

export interface AuditEntry {
  id: string;
  act: string;
  agent_id: string;
  agent_name: string;
  target: string;
  details?: string[];
  created_at: number;
}

export interface AuditLog {
  entries: AuditEntry[];
  next?: string;
}

export interface Bot {
  id: string;
  name: string;
  kind: string;
  draft: Script;
  problems: BotProblem[];
  version: number;
  revision: number;
  changed: boolean;
  published_at?: number;
  published_by?: string;
  archived?: boolean;
  running: number;
  used_by: string[];
  updated_at: number;
}

export interface BotLine {
  id: string;
  name: string;
  kind: string;
  steps: number;
  version: number;
  changed: boolean;
  archived?: boolean;
  running: number;
  published_at?: number;
  published_by?: string;
}

export interface BotNote {
  id: string;
  name: string;
  version?: number;
  state: string;
  text?: string;
}

export interface BotProblem {
  step_id?: string;
  field?: string;
  text: string;
}

export interface BotVersion {
  version: number;
  script: Script;
  published_at: number;
  published_by: string;
  running: number;
}

export interface BotVersions {
  versions: BotVersion[];
}

export interface BotWords {
  nickname: string;
  ask_name: string;
  ask_email: string;
  thanks: string;
}

export interface Bots {
  bots: BotLine[];
}

export interface BulkEdit {
  client_id: string;
  issue_ids: string[];
  state?: string;
  assignee_id?: string;
  queue_id?: string;
  add_tags?: string[];
  remove_tags?: string[];
}

export interface BulkFailure {
  issue_id: string;
  number?: number;
  text: string;
}

export interface BulkResult {
  changed: number;
  failed: BulkFailure[];
}

export interface BusinessHours {
  on: boolean;
  zone: string;
  week: Span[][];
  holidays: Holiday[];
  outside: string;
}

export interface ChangePassword {
  old: string;
  new: string;
}

export interface CheckSetup {
  token: string;
}

export interface Colleague {
  agent_id: string;
  name: string;
  typing?: boolean;
  gone?: boolean;
}

export interface Colors {
  header: string;
  launcher: string;
  user_bubble: string;
  support_bubble: string;
  accent: string;
}

export interface Condition {
  subject: string;
  key?: string;
  op: string;
  values?: string[];
  for?: number;
}

export interface Counts {
  open: number;
  mine: number;
  unassigned: number;
  waiting: number;
  left: number;
  unread: number;
  smart: Record<string, number>;
}

export interface CustomField {
  id: string;
  key: string;
  label: string;
  type: string;
  options?: string[];
  retired?: string[];
  platforms: string[];
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

export interface Deliveries {
  deliveries: Delivery[];
  next?: string;
}

export interface Delivery {
  id: string;
  state: string;
  event: string;
  what?: string[];
  issue_id: string;
  number: number;
  attempts: number;
  next_at?: number;
  status?: number;
  problem?: string;
  created_at: number;
  done_at?: number;
}

export interface DeliveryDetail {
  delivery: Delivery;
  url: string;
  headers: Record<string, string>;
  body: string;
  log: Attempt[];
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
  form: FormField[];
  outlook: Outlook;
  attributes?: Record<string, Record<string, unknown>>;
  identities?: NamedIdentity[];
  verification_on: boolean;
  bot?: RunningBot;
}

export interface Difference {
  issue_id: string;
  number: number;
  title: string;
  user: string;
  mailed: PastMail[];
  would: PastMail[];
}

export interface EditMessage {
  body: string;
  was: string;
}

export interface EraseUser {
  confirm: string;
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
  note?: string;
  note_id?: string;
  added?: string[];
  removed?: string[];
  key?: string;
  label?: string;
  queue?: string;
  bot?: BotNote;
  rule?: RuleNote;
  value?: string;
}

export interface FieldFilter {
  key: string;
  op: string;
  value?: string[];
}

export interface FieldValue {
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
  cause?: string;
  postponed?: number;
}

export interface ForgotPassword {
  email: string;
}

export interface FormField {
  key: string;
  label: string;
  type: string;
  options?: string[];
  value: string;
  archived?: boolean;
}

export interface Frame {
  type: string;
  server_time?: number;
  row?: Row;
  thread?: Thread;
  issue_id?: string;
  name?: string;
  origin?: string;
  colleague?: Colleague;
  after_ms?: number;
  code?: string;
  text?: string;
}

export interface Header {
  name: string;
  value: string;
  secret?: boolean;
}

export interface Holiday {
  date: string;
  name: string;
  hours?: Span[];
}

export interface Hours {
  hours: BusinessHours;
  zones?: string[];
  open: boolean;
  change_at?: number;
  advice: Advice[];
}

export interface IdentityBot {
  when: string;
  name: boolean;
  email: boolean;
  skip: boolean;
  nickname?: LocalText;
  ask_name?: LocalText;
  ask_email?: LocalText;
  thanks?: LocalText;
}

export interface IdentityBotPage {
  on: boolean;
  identity_bot: IdentityBot;
  feedback_bot_id: string;
  words?: Record<string, BotWords>;
}

export interface Inbox {
  issues: Row[];
  hits?: string[];
  next?: string;
  total: number;
}

export interface InboxOptions {
  apps: NamedApp[];
  languages: string[];
  queues: NamedQueue[];
  tags: string[];
  fields: CustomField[];
}

export interface InboxQuery {
  view?: string;
  filter: IssueFilter;
  sort?: string;
  cursor?: string;
  limit?: number;
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

export interface Invitation {
  id: string;
  email: string;
  role: string;
  invited_by: string;
  mail: string;
  created_at: number;
  expires_at: number;
}

export interface Invite {
  email: string;
  role: string;
}

export interface Invited {
  kind: string;
  domain: string;
  email: string;
  invited_by?: string;
}

export interface IssueFilter {
  states?: string[];
  assignees?: string[];
  queues?: string[];
  apps?: string[];
  platforms?: string[];
  languages?: string[];
  tags_any?: string[];
  tags_all?: string[];
  tags_none?: string[];
  fields?: FieldFilter[];
  follow_ups?: string[];
  ratings?: number[];
  unread?: boolean;
  left?: boolean;
  created_from?: number;
  created_to?: number;
  updated_from?: number;
  updated_to?: number;
  created_days?: number;
  updated_days?: number;
  text?: string;
}

export interface Journey {
  replied: number;
  unread: number;
  mailed: number;
  opened: number;
  returned: number;
  answered: number;
  resolved: number;
}

export interface LocalText {
  text: string;
  in?: Record<string, string>;
}

export interface Look {
  sheet: string;
  tints: Tint[];
}

export interface LookToken {
  token: string;
}

export interface MailRow {
  issue_id: string;
  number: number;
  title: string;
  app_id: string;
  user_name: string;
  user_email: string;
  follow_up: FollowUp;
  created_at: number;
  updated_at: number;
}

export interface Mails {
  mails: MailRow[];
  next?: string;
}

export interface Me {
  agent: Agent;
  domain: string;
  features: string[];
  agents: Agent[];
  apps: NamedApp[];
  demo?: boolean;
}

export interface Member {
  id: string;
  name: string;
  nickname?: string;
  email: string;
  role: string;
  available: boolean;
  two_factor: boolean;
  seen_at?: number;
  deactivated_at?: number;
  open_issues: number;
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
  input?: Input;
  kind?: string;
  attachments?: Attachment[];
  edited_at?: number;
  edited_by?: string;
  deleted_at?: number;
  redacted?: boolean;
  created_at: number;
}

export interface Meta {
  browser: NameVersion;
  os: NameVersion;
  device: string;
  language: string;
  timezone: string;
  country?: string;
  screen: string;
  page: MetaPage;
  app?: MetaApp;
  hardware?: MetaHardware;
  custom?: Record<string, string>;
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

export interface MetaPage {
  url: string;
  title: string;
  referrer: string;
}

export interface MoveToQueue {
  queue_id: string;
  from?: string;
}

export interface NameVersion {
  name: string;
  version: string;
}

export interface NamedApp {
  id: string;
  name: string;
}

export interface NamedBot {
  id: string;
  name: string;
  kind: string;
}

export interface NamedIdentity {
  identifier: string;
  value: string;
}

export interface NamedQueue {
  id: string;
  name: string;
}

export interface NewAPIKey {
  name: string;
  access: string;
}

export interface NewApp {
  name: string;
  allowed_origins?: string[];
}

export interface NewBot {
  name: string;
  kind: string;
  from?: string;
}

export interface NewCustomField {
  key: string;
  label: string;
  type: string;
  options?: string[];
  platforms?: string[];
}

export interface NewPassword {
  token: string;
  password: string;
}

export interface NewPlatform {
  kind: string;
}

export interface NewTag {
  name: string;
}

export interface Note {
  client_id: string;
  body: string;
}

export interface Older {
  messages: Message[];
  events: Event[];
  more?: boolean;
}

export interface Option {
  id: string;
  text: LocalText;
  next?: string;
}

export interface OrderFields {
  ids: string[];
}

export interface OrderRules {
  ids: string[];
}

export interface Outcome {
  state: string;
  reason: string;
  count: number;
}

export interface Outlook {
  action: string;
  reason: string;
  seconds?: number;
  address?: string;
  bounced?: boolean;
  can_ask?: boolean;
}

export interface PastMail {
  at: number;
  from_seq: number;
  to_seq: number;
  reason: string;
  postponed?: number;
}

export interface Preview {
  subject: string;
  from: string;
  html: string;
  text: string;
  link_to: string;
}

export interface Previous {
  id: string;
  number: number;
  title: string;
  state: string;
  preview: string;
  rating?: number;
  created_at: number;
  updated_at: number;
}

export interface Previouses {
  issues: Previous[];
}

export interface Profile {
  name: string;
  nickname: string;
  email: string;
  has_password: boolean;
  two_factor: boolean;
  recovery_codes: number;
  sessions: AgentSession[];
}

export interface PublishBot {
  revision: number;
}

export interface Queue {
  id: string;
  name: string;
  agents: string[];
  auto_assign: boolean;
  limit: number;
  message?: LocalText;
  fallback_id?: string;
  archived?: boolean;
  waiting: number;
  oldest?: number;
  free: number;
}

export interface Queues {
  queues: Queue[];
}

export interface Read {
  seq: number;
}

export interface RecoveryCodes {
  codes: string[];
}

export interface RenameApp {
  name: string;
}

export interface Replay {
  delivery_id?: string;
  from?: number;
  to?: number;
  failed?: boolean;
}

export interface Replayed {
  count: number;
}

export interface Report {
  from: number;
  to: number;
  begun: number;
  unanswered: number;
  journey: Journey;
  first_response: Timing;
  resolution: Timing;
  bounds: number[];
  ratings: number[];
  volume: number[][];
  days: ReportDay[];
  agents: AgentReport[];
  outcomes: Outcome[];
}

export interface ReportDay {
  day: string;
  begun: number;
  resolved: number;
  mails: number;
}

export interface Request {
  method: string;
  url: string;
  headers?: Header[];
  user?: string;
  secret?: string;
  form?: boolean;
  body?: Header[];
  sample?: string;
  list?: string;
  list_for?: string;
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
  queue_id?: string;
  queue_name?: string;
  platform: string;
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
  waiting_since?: number;
}

export interface Rule {
  id: string;
  name: string;
  trigger: string;
  on: boolean;
  all: Condition[];
  any: Condition[];
  actions: Action[];
  repeat: boolean;
  problem?: string;
  runs: number;
  last_run_at?: number;
  updated_at: number;
}

export interface RuleNote {
  id: string;
  name: string;
  done?: string[];
  failed?: string[];
}

export interface RuleOptions {
  apps: NamedApp[];
  agents: Agent[];
  queues: NamedQueue[];
  bots: NamedBot[];
  tags: string[];
  fields: CustomField[];
  languages: string[];
  meta: string[];
}

export interface Rules {
  rules: Rule[];
}

export interface RunningBot {
  id: string;
  name: string;
  state: string;
}

export interface SavedReplies {
  replies: SavedReply[];
}

export interface SavedReply {
  id: string;
  title: string;
  body: string;
  shared: boolean;
}

export interface Script {
  nickname: LocalText;
  steps: Step[];
}

export interface Secret {
  id: string;
  hint: string;
  created_at: number;
  created_by: string;
}

export interface SecretValue {
  value: string;
}

export interface Send {
  client_id: string;
  body: string;
  attachments?: string[];
  seen?: number;
  after?: number;
  after_event?: number;
  version?: number;
}

export interface SetAPILimit {
  per_minute: number;
}

export interface SetArchived {
  archived: boolean;
}

export interface SetAvailable {
  available: boolean;
}

export interface SetBot {
  name: string;
  draft: Script;
  revision: number;
}

export interface SetCustomField {
  label: string;
  options?: string[];
  platforms: string[];
}

export interface SetField {
  key: string;
  value: string;
  was: string;
}

export interface SetFollowUp {
  action: string;
}

export interface SetHours {
  hours: BusinessHours;
}

export interface SetMember {
  name: string;
  nickname: string;
  role: string;
}

export interface SetPaused {
  paused: boolean;
  drop?: boolean;
}

export interface SetPlatform {
  off: boolean;
}

export interface SetProfile {
  name: string;
  nickname: string;
}

export interface SetQueue {
  name: string;
  agents: string[];
  auto_assign: boolean;
  limit: number;
  message?: LocalText;
  fallback_id?: string;
}

export interface SetRule {
  name: string;
  trigger: string;
  on: boolean;
  all: Condition[];
  any: Condition[];
  actions: Action[];
  repeat: boolean;
}

export interface SetSavedReply {
  title: string;
  body: string;
  shared: boolean;
}

export interface SetSmartView {
  name: string;
  shared: boolean;
  filter: IssueFilter;
}

export interface SetState {
  state: string;
  from?: string;
}

export interface SetTags {
  add?: string[];
  remove?: string[];
}

export interface SetVerification {
  required: boolean;
}

export interface SetWebChat {
  web_chat: WebChatSettings;
  allowed_origins: string[];
}

export interface SetWebhook {
  title: string;
  url: string;
  event: string;
  all?: Condition[];
  any?: Condition[];
}

export interface Setup {
  token: string;
  domain: string;
  app: string;
  allowed_origins?: string[];
  name: string;
  email: string;
  password: string;
}

export interface SignIn {
  email: string;
  password: string;
  code?: string;
}

export interface SignInOptions {
  sso?: string;
  first_run: boolean;
  reset: boolean;
}

export interface SimulatedDay {
  day: string;
  mailed: number;
  would: number;
}

export interface Simulation {
  from: number;
  to: number;
  conversations: number;
  older: number;
  left: number;
  mailed: number;
  would: number;
  days: SimulatedDay[];
  more: number;
  fewer: number;
  moved: number;
  differences: Difference[];
}

export interface SmartView {
  id: string;
  name: string;
  shared: boolean;
  filter: IssueFilter;
}

export interface SmartViews {
  views: SmartView[];
}

export interface Span {
  from: number;
  to: number;
}

export interface StartBot {
  bot_id: string;
}

export interface Step {
  id: string;
  kind: string;
  text?: LocalText;
  name?: string;
  input?: string;
  options?: Option[];
  skip?: boolean;
  save_to?: string;
  ways?: Way[];
  action?: Action;
  request?: Request;
  next?: string;
  failed?: string;
  bot_id?: string;
  queue_id?: string;
}

export interface Tag {
  id: string;
  name: string;
  archived: boolean;
}

export interface Tags {
  tags: Tag[];
}

export interface Team {
  members: Member[];
  invitations: Invitation[];
}

export interface TestIdentity {
  user_id: string;
  email: string;
  full_privacy: boolean;
  token: string;
}

export interface TestRequest {
  step_id: string;
  request: Request;
  values: Record<string, string>;
}

export interface Tested {
  valid: boolean;
  finding: string;
  text: string;
}

export interface TestedRequest {
  ok: boolean;
  status?: number;
  problem?: string;
  body?: string;
  paths?: string[];
  duration: number;
}

export interface Thread {
  type: string;
  issue: Row;
  detail: Detail;
  messages: Message[];
  changed?: Message[];
  events: Event[];
  more?: boolean;
}

export interface Timing {
  count: number;
  median: number;
  p90: number;
  buckets: number[];
}

export interface Tint {
  area: string;
  dark: boolean;
  fill: string;
  text: string;
  contrast: number;
  changed: boolean;
}

export interface Tried {
  state: TryState;
  said: TriedLine[];
  ended?: string;
  error?: string;
}

export interface TriedCondition {
  holds: boolean;
  found: string;
  at?: number;
}

export interface TriedLine {
  step_id: string;
  text: string;
  does?: boolean;
  input?: Input;
}

export interface TriedRule {
  issue_id: string;
  number: number;
  title: string;
  runs: boolean;
  text: string;
  all: TriedCondition[];
  any: TriedCondition[];
  at?: number;
}

export interface TryBot {
  draft: Script;
  state?: TryState;
  answer?: string;
  skip?: boolean;
  platform: string;
  language: string;
  open: boolean;
}

export interface TryFollowUp {
  follow_up: FollowUpSettings;
  days: number;
  zone: string;
}

export interface TryHours {
  hours?: BusinessHours;
  web_chat?: WebChatSettings;
}

export interface TryRule {
  rule: SetRule;
  rule_id?: string;
  issue: string;
}

export interface TryState {
  step: string;
  answers: Record<string, string>;
  tries: number;
  fields: Record<string, FieldValue>;
  tags: string[];
  name: string;
  email: string;
}

export interface TryWebhook {
  url: string;
  event: string;
  webhook_id?: string;
  number?: number;
}

export interface TwoFactorProof {
  password?: string;
  code?: string;
}

export interface TwoFactorSetup {
  secret: string;
  url: string;
  qr: string;
}

export interface Typing {
  note?: boolean;
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

export interface UserData {
  user_id: string;
  name: string;
  email: string;
  confirm: string;
  conversations: number;
  messages: number;
  notes: number;
  files: number;
  file_bytes: number;
  emails: number;
  browsers: number;
  suppressed?: boolean;
  erased_at?: number;
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
  version?: number;
}

export interface Way {
  all: Condition[];
  next: string;
}

export interface WebChatSettings {
  show_widget: boolean;
  title: string;
  greeting: string;
  color: string;
  colors: Colors;
  identity_bot: boolean;
  follow_up: FollowUpSettings;
  presence_detection: boolean;
  agent_typing_indicator: boolean;
  resolution_question: boolean;
  csat: boolean;
  personalize_nickname: boolean;
}

export interface Webhook {
  id: string;
  title: string;
  url: string;
  event: string;
  all?: Condition[];
  any?: Condition[];
  secrets: WebhookSecret[];
  paused?: WebhookPause;
  waiting: number;
  failing?: number;
  last_at?: number;
  last_words?: string;
  delivered: number;
  failed: number;
  created_by: string;
  created_at: number;
}

export interface WebhookPause {
  by: string;
  reason?: string;
  since: number;
}

export interface WebhookSecret {
  id: string;
  created_at: number;
}

export interface Webhooks {
  webhooks: Webhook[];
}
