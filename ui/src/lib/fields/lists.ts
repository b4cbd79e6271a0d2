// Words of code lists that no field offers by itself: levels of a language, calendars.
import { core } from "$lib/core/client";
import type { OptionView } from "$lib/core/generated";

const known = new Map<string, Promise<OptionView[]>>();

export function codes(list: string): Promise<OptionView[]> {
  const found = known.get(list) ?? core.codes(list);
  known.set(list, found);
  return found;
}

/** Letters without case and marks, to compare what is typed with a label. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** Options whose label has every word typed; those that begin with the text come first. */
export function narrowed(options: readonly OptionView[], typed: string): OptionView[] {
  const whole = plain(typed.trim());
  if (!whole) return [...options];
  const words = whole.split(/\s+/);
  const fits = options.filter((option) => words.every((word) => plain(option.label).includes(word)));
  return fits.sort((a, b) => Number(plain(b.label).startsWith(whole)) - Number(plain(a.label).startsWith(whole)));
}
