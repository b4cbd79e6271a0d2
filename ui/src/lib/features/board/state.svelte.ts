// The board of today as this window shows it: rows, what narrows them, who is chosen, and which cell is open.
import { SvelteSet } from "svelte/reactivity";
import { Failure, core } from "$lib/core/client";
import type { BoardView, CellView, ColumnView, FailureView, RowView, TaskView, TodayView, UpdatedView } from "$lib/core/generated";
import { session } from "$lib/session.svelte";
import { NO_FILTER, items, keeps, order, type Filter, type Sort } from "./board";

/** A cell, or a need of several children, that is being updated. */
export interface Open {
  ids: string[];
  column: ColumnView;
  row: RowView | null;
  cell: CellView | null;
  at: DOMRect | null;
}

class Board {
  view = $state.raw<BoardView | null>(null);
  today = $state.raw<TodayView | null>(null);
  tasks = $state.raw<TaskView[]>([]);
  sort = $state<Sort>("urgent");
  filter = $state<Filter>({ ...NO_FILTER });
  chosen = new SvelteSet<string>();
  choosing = $state(false);
  open = $state.raw<Open | null>(null);
  failure = $state<FailureView | null>(null);

  get rows(): RowView[] {
    return this.#rows;
  }
  get items() {
    return this.#items;
  }
  get filtered(): boolean {
    return Object.values(this.filter).some(Boolean);
  }

  #rows = $derived.by(() => {
    const kept = (this.view?.rows ?? []).filter((row) => keeps(row, this.filter));
    return order(kept, this.sort, this.filter.need);
  });
  #items = $derived(items(this.#rows, this.sort === "urgent" && !this.filter.need));

  async load(): Promise<void> {
    // A seat that has nothing to do with children has an empty day.
    if (!session.may?.children) {
      [this.view, this.today, this.tasks] = [{ columns: [], rows: [], circles: [], today: "" }, await core.today(), []];
      return;
    }
    [this.view, this.today, this.tasks] = await Promise.all([core.board(), core.today(), core.tasks()]);
    const here = new Set(this.view.rows.map((row) => row.line.id));
    for (const id of this.chosen) if (!here.has(id)) this.chosen.delete(id);
  }

  narrow(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
  }

  /** Something can be said of several children at once. */
  get acts(): boolean {
    const may = session.may;
    return may !== null && (may.rolls || may.takes_on || may.needs.length > 0);
  }

  choose(id: string): void {
    if (!this.acts) return;
    if (!this.chosen.delete(id)) this.chosen.add(id);
  }

  /** Runs a change, shows what came of it, and offers to take it back. */
  async change(work: () => Promise<UpdatedView>): Promise<boolean> {
    this.failure = null;
    try {
      const done = await work();
      await this.load();
      if (done.changes.length > 0) {
        session.offer(done.text, async () => {
          await core.undo(done.changes);
          await this.load();
        });
      }
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.failure = error.view;
      return false;
    }
  }
}

export const board = new Board();
