import type { PresenceIn } from "../../shared/chat";
import { goodbye } from "../net/api";

/** Presence tells the server what this tab does, one report at a time and always the newest. */
export class Presence {
  private told = "";
  private busy = false;
  private left = false;

  /** token returns the session's token, or "" while the server knows of none. */
  constructor(
    private readonly tab: string,
    private readonly token: () => string,
    private readonly state: () => string,
    private readonly report: (body: PresenceIn) => Promise<unknown>,
  ) {}

  /** changed reports if there is something new to report. A report that fails is made up for by the next hello. */
  async changed(): Promise<void> {
    const [token, state] = [this.token(), this.state()];
    if (this.left || this.busy || !token || this.told === token + state) return;
    this.busy = true;
    this.told = token + state;
    try {
      await this.report({ token, tab: this.tab, state });
    } catch {
      this.told = "";
      return;
    } finally {
      this.busy = false;
    }
    await this.changed();
  }

  /** again reports once more: what was said before somebody touched a page that was opened by a link did not count. */
  again(): void {
    this.told = "";
    void this.changed();
  }

  /** assume notes that the server knows the state already, by a hello. */
  assume(): void {
    this.told = this.token() + this.state();
  }

  /** leave says goodbye. Nothing follows it: a page that ends is also hidden, and a later report would bring its tab back. */
  leave(): void {
    const token = this.token();
    if (token) goodbye({ token, tab: this.tab, state: "page_closed" });
    this.told = "";
    this.left = true;
  }

  /** back is for a page that the browser has kept and shows again. */
  back(): void {
    this.left = false;
  }
}
