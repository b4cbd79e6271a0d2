// People and devices: one state for its screens, read again whenever something was signed.
import { Attempt } from "$lib/attempt.svelte";
import { core } from "$lib/core/client";
import type { MemberView, PeopleView, SheetView } from "$lib/core/generated";
import { tr, when } from "$lib/i18n/index.svelte";
import { session } from "$lib/session.svelte";

class People extends Attempt {
  view = $state.raw<PeopleView | null>(null);

  async load(): Promise<void> {
    await this.run(async () => {
      this.view = await core.people();
    });
  }

  /** Runs what changes something; tells whether it was done. A device that hears that it is out closes. */
  override async run(work: () => Promise<void>): Promise<boolean> {
    const done = await super.run(work);
    if (this.failure && session.isOut(this.failure)) await session.refresh();
    return done;
  }

  seat(id: string): MemberView | undefined {
    return this.view?.members.find((member) => member.seat === id);
  }
}

export const people = new People();

/** What is known of a recovery sheet: that it was used comes before when it was tried. */
export const sheetSays = (sheet: SheetView): string =>
  sheet.used ? tr("sheet-used") : sheet.drilled ? tr("sheet-tried", { when: when(sheet.drilled) }) : tr("sheet-untried");
