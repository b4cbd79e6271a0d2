// What a child is called on a screen.
import type { ChildLineView } from "$lib/core/generated";
import { tr } from "$lib/i18n/index.svelte";
import { session } from "$lib/session.svelte";

/** The chosen name; its number while names are hidden or not for this seat; that it has none yet otherwise. */
export function called(line: Pick<ChildLineView, "name" | "short_id">): string {
  return line.name ?? (session.status?.settings.discreet || !session.may?.names ? line.short_id : tr("no-name"));
}

/** "11", "about 11", or as wide as this seat may know. Nothing where it may know nothing. */
export function aged(line: Pick<ChildLineView, "age" | "band">, exact: "age-exact" | "age-short" = "age-exact"): string {
  if (line.age) return tr(line.age.estimated ? "age-about" : exact, { years: line.age.years });
  return line.band ?? (session.may?.ages ? tr("age-not-known") : "");
}
