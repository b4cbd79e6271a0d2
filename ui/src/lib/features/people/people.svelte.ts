// People and devices: one state for its screens, read again whenever something was signed.
import { Failure, core } from "$lib/core/client";
import type { FailureView, MemberView, PeopleView, SheetView } from "$lib/core/generated";
import { tr, when } from "$lib/i18n/index.svelte";
import { session } from "$lib/session.svelte";

class People {
  view = $state.raw<PeopleView | null>(null);
  failure = $state<FailureView | null>(null);
  busy = $state(false);

  async load(): Promise<void> {
    await this.run(async () => {
      this.view = await core.people();
    });
  }

  /** Runs what changes something; tells whether it was done. A device that hears that it is out closes. */
  async run(work: () => Promise<void>): Promise<boolean> {
    this.failure = null;
    this.busy = true;
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.failure = error.view;
      if (session.isOut(error.view)) await session.refresh();
      return false;
    } finally {
      this.busy = false;
    }
  }

  seat(id: string): MemberView | undefined {
    return this.view?.members.find((member) => member.seat === id);
  }
}

export const people = new People();

/** What is known of a recovery sheet: that it was used comes before when it was tried. */
export const sheetSays = (sheet: SheetView): string =>
  sheet.used ? tr("sheet-used") : sheet.drilled ? tr("sheet-tried", { when: when(sheet.drilled) }) : tr("sheet-untried");
