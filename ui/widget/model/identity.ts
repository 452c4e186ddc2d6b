// Who is here. The host page names the person, or nobody; the server says what becomes of that. Until it has, nothing of anybody
// is on the screen.

import { signal } from "@preact/signals";
import { Backoff } from "../../shared/backoff";
import type { Identity as Claim, Identified, Identify } from "../../shared/chat";
import { secret } from "../net/api";
import { Later, Refused } from "../net/http";
import { claimOf, markOf } from "./claim";
import type { Settings } from "./config";
import type { Key, Sessions } from "./sessions";

/**
 * Stage is how far the page's claim has come.
 *
 *   working     the server has not answered yet
 *   asking      the page was asked for an identity token
 *   anonymous   nobody is named
 *   known       the own key is a login of the person
 *   new         the person is believed and has no profile yet: their first message makes it
 *   refused     the server does not believe the page
 *   expired     the page has no identity token, or another tab has changed the person
 */
export type Stage = "working" | "asking" | "anonymous" | "known" | "new" | "refused" | "expired";

/** Server is the part of the chat API that this needs. Both throw Refused or Later. */
export interface Server {
  identify(token: string, body: Identify): Promise<Identified>;
  logout(token: string): Promise<unknown>;
}

export interface IdentityOptions {
  platform: string;
  server: Server;
  sessions: Sessions;
  sleep(ms: number): Promise<void>;
  /** Takes everything off the screen, and stops sending; resolves when nothing is on its way any more. */
  clear(): Promise<unknown>;
  /** Forgets what the person has written and not sent. */
  forget(): void;
  /** The server cannot be reached. */
  trouble(): void;
  /** It is settled; sessions holds the key. */
  settled(stage: Stage): void;
  event(name: string, data: unknown): void;
}

const TOKEN_WITHIN = 5000; // reference §3.3
const CALM = 30_000; // a login that the server takes back so soon may be taken back again and again

/** Wanted is what the page says. */
interface Wanted {
  /** A mark of the person, without name and signature: two pages with the same are about the same person. */
  who: string;
  claim: Claim;
  jwt: boolean;
  clear: boolean;
}

export class Identity {
  readonly stage = signal<Stage>("working");
  private wanted: Wanted | null = null;
  private jwt = ""; // the newest identity token
  private privacy = false; // as login wants it
  private who = ""; // the server's mark of the person who is known
  private left = false; // the page has called logout
  private run = 0;
  private settledAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: IdentityOptions) {}

  /** follow takes what the page says now. It does nothing unless that is about another person, or a better proof of the same. */
  follow(s: Settings): void {
    const claim = claimOf(s);
    const who = markOf(claim, s);
    const before = this.wanted;
    const leaving = this.names();
    this.wanted = { who, claim, jwt: s.identities, clear: s.clearAnonymous };
    const same = before?.who === who;
    if (same && (this.stage.peek() !== "refused" || before.claim.auth_token === claim.auth_token)) return;
    if (!same) {
      this.jwt = "";
      this.left = false;
    }
    // Whoever keeps their id is no other person with another address: what they are writing stays theirs.
    const stays = !!claim.user_id && before?.claim.user_id === claim.user_id;
    void this.work(leaving && !same && !stays);
  }

  /** names reports whether the page names somebody. */
  names(): boolean {
    return !this.left && (this.wanted?.claim.user_id ?? this.wanted?.claim.email ?? this.jwt) !== "";
  }

  /** open reports whether conversations may be shown. */
  open(): boolean {
    return ["anonymous", "known", "new"].includes(this.stage.peek());
  }

  /** claim is what the first message carries: the person, if no profile is made yet. */
  claim(): Pick<Identify, "identity"> | null {
    if (this.stage.peek() !== "new" || !this.wanted) return null;
    return { identity: this.wanted.claim };
  }

  /** born is called when the first message has made the profile. */
  born(): void {
    if (this.stage.peek() === "new") this.stage.value = "known";
  }

  /** login takes an identity token. It returns false if the page has not said that it uses them. */
  login(token: string, fullPrivacy: boolean): boolean {
    if (!this.wanted?.jwt) return false;
    this.jwt = token;
    this.privacy = fullPrivacy;
    this.left = false;
    void this.work(false);
    return true;
  }

  /** logout makes the person anonymous until the page names somebody else or calls login. */
  logout(): void {
    this.left = true;
    this.jwt = "";
    void this.work(true);
  }

  /** again identifies anew when the server has taken a login back. It returns false if that would be of no use. */
  again(): boolean {
    if (this.stage.peek() !== "known" || !this.names()) return false;
    this.jwt = "";
    void this.work(false, Math.abs(Date.now() - this.settledAt) < CALM);
    return true;
  }

  /**
   * moved is called when another tab has changed the keys, and reports whether this page may show what they open. If they are another
   * person's than the page's, the page is out of date.
   */
  moved(): boolean {
    const stage = this.stage.peek();
    const own = this.options.sessions.of("own");
    if (["working", "asking", "refused"].includes(stage)) return false;
    if ((stage === "anonymous" || stage === "new") && !own?.login) return true;
    if (own?.login && this.mine(own, this.who)) {
      this.who ||= own.who ?? "";
      this.stage.value = "known";
      return true;
    }
    void this.options.clear();
    this.settle("expired");
    return false;
  }

  /** work settles the claim anew. Leaving: whoever was here has gone. Hasty: it was settled only just now. */
  private async work(leaving: boolean, hasty = false): Promise<void> {
    const run = ++this.run;
    const { sessions, clear } = this.options;
    const named = this.names();
    clearTimeout(this.timer);
    this.stage.value = "working";
    this.who = "";
    sessions.mark = "";
    const quiet = clear();
    if (leaving) await this.part();
    if (sessions.of("own")?.login && (!named || (leaving && this.wanted?.jwt))) await this.leave();
    if (run !== this.run) return;
    if (!named) this.settle("anonymous");
    else if (this.wanted?.jwt && !this.jwt) this.ask();
    else {
      await quiet;
      if (hasty) {
        this.options.trouble();
        await this.options.sleep(CALM);
      }
      const session = secret();
      const answer = await this.identify(run, session);
      if (answer) await this.take(run, session, answer);
    }
  }

  /** part forgets what the person who was here has written, and their key if no message has gone out with it. */
  private async part(): Promise<void> {
    const { sessions, forget } = this.options;
    forget();
    if (sessions.of("own")?.live === false) await sessions.enter(undefined);
  }

  /** ask lets the page give an identity token. */
  private ask(): void {
    const { user_id: userId, email: userEmail } = this.wanted?.claim ?? {};
    this.stage.value = "asking";
    this.options.event("onLoginRequest", { userId, userEmail });
    this.timer = setTimeout(() => this.settle("expired"), TOKEN_WITHIN);
  }

  /** identify asks until the server has answered. It returns null if the answer is no longer wanted. */
  private async identify(run: number, session: string): Promise<Identified | null> {
    const { server, sessions, platform, sleep, trouble } = this.options;
    const backoff = new Backoff(700, 15_000);
    for (let failures = 1; run === this.run && this.wanted; failures++) {
      const { claim, jwt, clear } = this.wanted;
      try {
        const answer = await server.identify(sessions.of("own")?.token ?? "", {
          platform_id: platform,
          session,
          identity: jwt ? this.signed(claim) : claim,
          clear_anonymous: clear || undefined,
        });
        if (run === this.run) return answer;
      } catch (e) {
        if (run !== this.run) return null;
        if (e instanceof Refused && e.code === "unauthenticated") await sessions.drop("own");
        if (failures > 1) trouble();
        await sleep(Math.max(e instanceof Later ? e.retryAfter : 0, backoff.next()));
      }
    }
    return null;
  }

  private signed(claim: Claim): Claim {
    const signed = { ...claim, identity_token: this.jwt };
    return this.privacy ? { ...signed, full_privacy: true } : signed;
  }

  private async take(run: number, session: string, answer: Identified): Promise<void> {
    const { sessions, forget } = this.options;
    const own = sessions.of("own");
    const { result, kept, known, revision: who = "" } = answer;
    if (result === "refused" || result === "anonymous") {
      if (result === "refused") this.deny(answer);
      if (own?.login) await this.leave();
      if (run === this.run) this.settle(result === "anonymous" ? result : this.jwt ? "expired" : "refused");
      return;
    }
    const mark = this.wanted?.who ?? "";
    if (own && !kept && !this.mine(own, who)) forget();
    this.who = who;
    sessions.mark = mark;
    if (own && kept) await sessions.enter({ ...own, live: true, login: true, who, mark });
    else if (known) await sessions.enter({ token: session, live: true, login: true, who, mark });
    else await sessions.enter(own && !own.live ? { ...own, mark } : undefined); // a token that nobody has used is as good as a fresh one
    if (run === this.run) this.settle(known || kept ? "known" : "new");
  }

  /** mine reports whether a key is the page's person's, whose mark from the server is who, if it is known. An anonymous one is. */
  private mine(key: Key, who: string): boolean {
    if (!key.login && key.mark === undefined) return true;
    return key.who && who ? key.who === who : key.mark === this.wanted?.who;
  }

  private deny({ reason, details }: Identified): void {
    if (this.wanted?.jwt)
      this.options.event("onWebChatRuntimeError", { error: "LOGIN_FAILED", reason, details });
    else this.options.event("userAuthFailure", { message: reason });
  }

  /** leave forgets the person here at once, and lets the server know as soon as it can be reached. */
  private async leave(): Promise<void> {
    const { sessions, server, sleep, forget } = this.options;
    const token = sessions.of("own")?.token ?? "";
    forget();
    await sessions.enter(undefined);
    const tell = async () => {
      const backoff = new Backoff(1000);
      for (;;) {
        try {
          await server.logout(token);
          return;
        } catch (e) {
          if (e instanceof Refused) return; // it has ended already
          await sleep(Math.max(e instanceof Later ? e.retryAfter : 0, backoff.next()));
        }
      }
    };
    void tell();
  }

  /** rest resolves with the next stage at which nothing is under way. */
  rest(): Promise<Stage> {
    return new Promise((done) => {
      const stop = this.stage.subscribe((stage) => {
        if (stage === "working" || stage === "asking") return;
        done(stage);
        queueMicrotask(() => stop());
      });
    });
  }

  private settle(stage: Stage): void {
    this.settledAt = Date.now();
    this.stage.value = stage;
    this.options.settled(stage);
  }
}
