// What goes on over networks: asked often while something does, seldom otherwise, by one screen at a time.
import { Failure, core } from "$lib/core/client";
import type { FailureView, RoutesView } from "$lib/core/generated";
import { session } from "$lib/session.svelte";

const OFTEN_MS = 400;
const SELDOM_MS = 3_000;

class Routes {
  view = $state<RoutesView | null>(null);
  failure = $state<FailureView | null>(null);
  /** Which part of the screen was refused. */
  at = $state<"nearby" | "hub">("nearby");
  stopped = $state(false);
  /** How often work came or went: what is on the screen by then reads itself again. */
  changed = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = "";

  /** Begins to look; gives what ends it. */
  look(): () => void {
    let over = false;
    const again = async () => {
      try {
        this.#take(await core.routes());
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
      }
      if (over) return;
      const { nearby, line } = this.view ?? {};
      const busy = (line && !line.done) || nearby?.open || nearby?.looking;
      this.#timer = setTimeout(() => void again(), busy ? OFTEN_MS : SELDOM_MS);
    };
    void again();
    return () => {
      over = true;
      clearTimeout(this.#timer);
      this.failure = null;
      this.stopped = false;
    };
  }

  /** Does something, and shows how it is then, or why it was refused. */
  async run(at: "nearby" | "hub", work: () => Promise<RoutesView>): Promise<boolean> {
    this.at = at;
    this.failure = null;
    this.stopped = false;
    try {
      this.#take(await work());
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.failure = error.view;
      return false;
    }
  }

  async stop(): Promise<void> {
    if (await this.run(this.view?.line?.hub ? "hub" : "nearby", () => core.stopExchange())) this.stopped = true;
    this.changed += 1;
  }

  #take(view: RoutesView): void {
    this.view = view;
    const told = JSON.stringify([view.line?.done, view.line?.new, view.nearby.open?.guests.map((guest) => [guest.equal, guest.received])]);
    if (this.#told && told !== this.#told) {
      this.changed += 1;
      void session.refresh();
    }
    this.#told = told;
  }
}

export const routes = new Routes();
