// The draft of one interview. Puts reach the core one after another, in the order typed, none left out.
import { Failure, core } from "$lib/core/client";
import type { DraftView, FailureView } from "$lib/core/generated";

const PAUSE_MS = 300;

/** A rule that stands in the way of a number, where the answers are kept all the same. */
function refused(view: DraftView): FailureView | null {
  const rule = view.remarks.find((remark) => remark.code.startsWith("rule-"));
  return rule ? { code: rule.code, message: rule.text, hints: [], paths: [rule.path], wait_s: null } : null;
}

export class Draft {
  view = $state<DraftView | null>(null);
  answers = $state<Record<string, unknown>>({});
  failure = $state<FailureView | null>(null);
  #queue: Promise<void> = Promise.resolve();
  #typed = new Map<string, { value: unknown; timer: ReturnType<typeof setTimeout> }>();

  /** Takes up a draft, or begins one; until then there is no view, and nothing to type into. */
  async open(id: string): Promise<void> {
    try {
      const view = id ? await core.draft(id) : await core.beginDraft();
      this.answers = view.answers;
      this.view = view;
      this.failure = refused(view);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.failure = error.view;
    }
  }

  /** Waits for what is on its way; a form into which nothing was typed is no child begun. */
  async close(): Promise<void> {
    await this.settle();
    const typed = Object.values(this.answers).some((value) => value !== null && value !== "");
    if (this.view && !this.view.child && !typed) await core.dropDraft(this.view.id);
  }

  get = (path: string): unknown => this.answers[path];

  /** Keeps an answer. While keys are pressed it waits for a pause; a finished one goes at once. */
  put = (path: string, value: unknown, typing: boolean): void => {
    this.answers[path] = value;
    const waiting = this.#typed.get(path);
    if (waiting) clearTimeout(waiting.timer);
    this.#typed.delete(path);
    if (typing) {
      const timer = setTimeout(() => {
        this.#typed.delete(path);
        this.#send(path, value, true);
      }, PAUSE_MS);
      this.#typed.set(path, { value, timer });
    } else {
      this.#send(path, value, false);
    }
  };

  /** Waits until everything typed is on the disk. */
  async settle(): Promise<void> {
    for (const [path, { value, timer }] of [...this.#typed]) {
      clearTimeout(timer);
      this.#typed.delete(path);
      this.#send(path, value, false);
    }
    await this.#queue;
  }

  /** Asks for the number and closes the draft. */
  async finish(): Promise<DraftView | null> {
    await this.settle();
    const id = this.view?.id;
    if (!id || this.failure) return null;
    try {
      const done = await core.finishDraft(id);
      this.view = done;
      return done;
    } catch (error) {
      if (error instanceof Failure) this.failure = error.view;
      return null;
    }
  }

  #send(path: string, value: unknown, typing: boolean): void {
    this.#queue = this.#queue.then(async () => {
      const id = this.view?.id;
      if (!id) return;
      try {
        this.view = await core.putDraft({ id, path, value: value ?? null, typing });
        this.failure = refused(this.view);
      } catch (error) {
        if (error instanceof Failure) this.failure = error.view;
      }
    });
  }
}
