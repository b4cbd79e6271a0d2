// The last days by their names, for "on Thursday".
import { tr, weekday } from "$lib/i18n/index.svelte";

export interface Day {
  iso: string;
  label: string;
  today: boolean;
}

/** Seven days ending with the given one, newest first; none when the day is not known. */
export function recent(today: string): Day[] {
  const last = Date.parse(`${today}T00:00:00Z`);
  if (Number.isNaN(last)) return [];
  return [0, 1, 2, 3, 4, 5, 6].map((back) => {
    const iso = new Date(last - back * 86_400_000).toISOString().slice(0, 10);
    return { iso, today: back === 0, label: back === 0 ? tr("cell-day-today") : back === 1 ? tr("cell-day-yesterday") : weekday(iso) };
  });
}
