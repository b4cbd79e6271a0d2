import { Failure } from "$lib/core/client";
import type { FailureView } from "$lib/core/generated";

/** What a screen tries, one thing at a time: whether it is at it, and what was refused last. */
export class Attempt {
  busy = $state(false);
  failure = $state<FailureView | null>(null);

  /** Does it; what the core refuses is kept for the screen. Says whether it was done. */
  async run(work: () => Promise<void>): Promise<boolean> {
    this.failure = null;
    this.busy = true;
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.failure = error.view;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
