// Words, dates and numbers. All text comes from the core as Fluent source, so a new field brings its own words.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { core } from "$lib/core/client";
import type { MomentView } from "$lib/core/generated";

let bundle = $state.raw(new FluentBundle("en"));
let language = $state("en");

export async function loadMessages(wanted: string): Promise<void> {
  const messages = await core.messages(wanted);
  const fresh = new FluentBundle(messages.language, { useIsolating: false });
  fresh.addResource(new FluentResource(messages.source));
  bundle = fresh;
  language = messages.language;
  document.documentElement.lang = messages.language;
  document.documentElement.dir = messages.direction;
}

/** A message. Its id shows when it is missing, so that a gap is seen. */
export function tr(id: string, args?: Record<string, FluentVariable>): string {
  const message = bundle.getMessage(id);
  return message?.value ? bundle.formatPattern(message.value, args ?? null) : id;
}

/** English dates have the day first, as in the rest of the texts. */
const dates = () => (language === "en" ? "en-GB" : language);

/** Wall-clock time where it was typed: the offset travels with the moment. */
function local(moment: MomentView): Date {
  return new Date(moment.at_ms + moment.offset_min * 60_000);
}

export function time(moment: MomentView): string {
  return new Intl.DateTimeFormat(dates(), { timeStyle: "short", timeZone: "UTC", hourCycle: "h23" }).format(local(moment));
}

/** The moment is past. */
export const overdue = (moment: MomentView): boolean => moment.at_ms < Date.now();

export function day(moment: MomentView): string {
  return new Intl.DateTimeFormat(dates(), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(local(moment));
}

/** A day without a time, `2026-10-22`: "22 Oct 2026", without the year in the one that runs. */
export function plainDay(iso: string): string {
  const year = iso.slice(0, 4) === String(new Date().getFullYear()) ? undefined : "numeric";
  return new Intl.DateTimeFormat(dates(), { day: "numeric", month: "short", year, timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
}

/** "14:32" today, "15 Oct 2026, 14:32" otherwise. */
export function when(moment: MomentView): string {
  const today = new Date(Date.now() + moment.offset_min * 60_000).toISOString().slice(0, 10);
  return local(moment).toISOString().slice(0, 10) === today ? time(moment) : `${day(moment)}, ${time(moment)}`;
}

/** "Thu 19 Nov" of a plain day like 2026-11-19. */
export function weekday(iso: string): string {
  return new Intl.DateTimeFormat(dates(), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
}

/** "Thursday 19 November" of a plain day. */
export function longDay(iso: string): string {
  return new Intl.DateTimeFormat(dates(), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
}
