// A roll-call that is under way. It begins empty and outlives a covered screen, never a locked one.
import { SvelteSet } from "svelte/reactivity";

class Rolling {
  /** Long ids of all who should be there; empty while nothing is under way. */
  expected = $state.raw<string[]>([]);
  seen = new SvelteSet<string>();

  begin(ids: string[]): void {
    this.expected = ids;
    this.seen.clear();
  }

  end(): void {
    this.begin([]);
  }

  tick(id: string): void {
    if (!this.seen.delete(id)) this.seen.add(id);
  }
}

export const rolling = new Rolling();
