// Which screens a seat has a door to. The core refuses the rest anyway; here nobody is led to what would be refused.
import type { MayView } from "$lib/core/generated";

const DOORS: Record<string, (may: MayView) => boolean> = {
  today: (may) => may.children,
  find: (may) => may.children,
  child: (may) => may.children,
  copy: (may) => may.copies,
  register: (may) => may.registers,
  tally: (may) => may.arrivals,
  paper: (may) => may.papers,
  print: (may) => may.registers || may.feedback,
  things: (may) => may.kinds.length > 0,
  feedback: (may) => may.feedback,
  conflicts: (may) => may.settles,
  sync: (may) => !onlyCards(may),
  people: (may) => !onlyCards(may),
  travel: (may) => !onlyCards(may),
  review: (may) => may.reviews,
  audit: (may) => may.audits,
  cards: (may) => may.cards,
};

/** A border checker sees the card check, and nothing else. */
export const onlyCards = (may: MayView): boolean => may.cards && may.roles.length === 1;

/** Nobody at work has no door. */
export const mayOpen = (may: MayView | null, door: string): boolean => may !== null && (DOORS[door]?.(may) ?? true);

/** Where the day begins. */
export function home(may: MayView | null): string {
  return ["today", "cards", "audit", "things", "people"].find((door) => mayOpen(may, door)) ?? "more";
}
