// A date in three parts, any of which may stay empty, in the calendar that it was said in.

export interface Parts {
  day: string;
  month: string;
  year: string;
}

/** Calendars that a date can be typed in: codes of list `calendar`. */
export const CALENDARS = ["gregorian", "ethiopic", "coptic", "persian", "islamic_civil", "islamic_umalqura"] as const;

/** Months of a year. */
export const monthsOf = (calendar: string): number => (calendar === "ethiopic" || calendar === "coptic" ? 13 : 12);

/** The calendar whose months have names of their own: both Islamic ones share them. */
export const familyOf = (calendar: string): string => calendar.split("_")[0] ?? calendar;

/** Days of a month, as far as the screen knows: the core knows each calendar's months. */
function daysOf(calendar: string, year: number, month: number): number {
  if (calendar === "gregorian") return new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (familyOf(calendar) === "islamic") return 30;
  if (calendar === "persian") return month <= 6 ? 31 : 30;
  return month === 13 ? 6 : 30;
}

/** JSON for the core, nothing when it is cleared, or an error when the parts make no date. */
export function fromParts(parts: Parts, calendar = "gregorian"): { value: unknown } | { error: "year" | "month" | "day" } {
  const [day, month, year] = [parts.day, parts.month, parts.year].map((part) => latin(part.trim())) as [string, string, string];
  if (!day && !month && !year) return { value: null };
  if (!/^\d{4}$/.test(year)) return { error: "year" };
  if (!month) return day ? { error: "month" } : { value: { year: Number(year) } };
  if (!/^\d{1,2}$/.test(month) || Number(month) < 1 || Number(month) > monthsOf(calendar)) return { error: "month" };
  if (!day) return { value: { year: Number(year), month: Number(month) } };
  if (!/^\d{1,2}$/.test(day) || Number(day) < 1 || Number(day) > daysOf(calendar, Number(year), Number(month))) return { error: "day" };
  return { value: { date: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` } };
}

/** Arabic-Indic and Persian figures are typed where their keyboards are. */
function latin(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (figure) => String((figure.codePointAt(0) ?? 0) & 0xf));
}

/** A moment by the clock on the wall here, with this place's offset from UTC: a time without one means nothing elsewhere. */
export function moment(local: string, offset = -new Date(local).getTimezoneOffset()): string {
  const two = (number: number) => String(Math.trunc(number)).padStart(2, "0");
  const away = Math.abs(offset);
  return `${local.slice(0, 16)}:00${offset < 0 ? "-" : "+"}${two(away / 60)}:${two(away % 60)}`;
}

/** The parts of what the core holds, in the calendar that it was typed in. */
export function toParts(value: unknown): Parts {
  const none = { day: "", month: "", year: "" };
  const entered = value && typeof value === "object" ? (value as Record<string, unknown>)["entered"] : undefined;
  if (entered && typeof entered === "object") {
    const part = (key: string) => String((entered as Record<string, unknown>)[key] ?? "");
    return { day: part("day"), month: part("month"), year: part("year") };
  }
  const date = typeof value === "string" ? value : read(value, "earliest");
  const precision = typeof value === "string" ? "day" : read(value, "precision");
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match || precision === "range") return none;
  const [, year, month, day] = match as unknown as [string, string, string, string];
  if (precision === "year") return { ...none, year };
  if (precision === "month") return { ...none, month: String(Number(month)), year };
  return { day: String(Number(day)), month: String(Number(month)), year };
}

/** A text of a composite value; empty where there is none. */
export function read(value: unknown, key: string): string {
  return value && typeof value === "object" ? String((value as Record<string, unknown>)[key] ?? "") : "";
}
