// A date in three parts, any of which may stay empty.

export interface Parts {
  day: string;
  month: string;
  year: string;
}

/** JSON for the core, nothing when it is cleared, or an error when the parts make no date. */
export function fromParts(parts: Parts): { value: unknown } | { error: "year" | "month" | "day" } {
  const [day, month, year] = [parts.day, parts.month, parts.year].map((part) => part.trim()) as [string, string, string];
  if (!day && !month && !year) return { value: null };
  if (!/^\d{4}$/.test(year)) return { error: "year" };
  if (!month) return day ? { error: "month" } : { value: { year: Number(year) } };
  if (!/^\d{1,2}$/.test(month) || Number(month) < 1 || Number(month) > 12) return { error: "month" };
  if (!day) return { value: { year: Number(year), month: Number(month) } };
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (!/^\d{1,2}$/.test(day) || Number(day) < 1 || Number(day) > last) return { error: "day" };
  return { value: { date: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` } };
}

/** A moment by the clock on the wall here, with this place's offset from UTC: a time without one means nothing elsewhere. */
export function moment(local: string, offset = -new Date(local).getTimezoneOffset()): string {
  const two = (number: number) => String(Math.trunc(number)).padStart(2, "0");
  const away = Math.abs(offset);
  return `${local.slice(0, 16)}:00${offset < 0 ? "-" : "+"}${two(away / 60)}:${two(away % 60)}`;
}

/** The parts of what the core holds. */
export function toParts(value: unknown): Parts {
  const none = { day: "", month: "", year: "" };
  const date = typeof value === "string" ? value : read(value, "earliest");
  const precision = typeof value === "string" ? "day" : read(value, "precision");
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match || precision === "range") return none;
  const [, year, month, day] = match as unknown as [string, string, string, string];
  if (precision === "year") return { ...none, year };
  if (precision === "month") return { ...none, month: String(Number(month)), year };
  return { day: String(Number(day)), month: String(Number(month)), year };
}

function read(value: unknown, key: string): string {
  return value && typeof value === "object" ? String((value as Record<string, unknown>)[key] ?? "") : "";
}
