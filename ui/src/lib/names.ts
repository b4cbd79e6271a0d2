// What a child is called on a screen.
import type { ChildLineView } from "$lib/core/generated";
import { tr } from "$lib/i18n/index.svelte";
import { session } from "$lib/session.svelte";

/** The chosen name; its number while names are hidden; that it has none yet otherwise. */
export function called(line: Pick<ChildLineView, "name" | "short_id">): string {
  return line.name ?? (session.status?.settings.discreet ? line.short_id : tr("no-name"));
}
