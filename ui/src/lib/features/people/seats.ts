// Seats as people think of them.
import type { MemberView, PeopleView } from "$lib/core/generated";

export interface Person {
  id: string;
  name: string;
  seats: MemberView[];
}

/** Who is to be admitted; no site chosen yet is empty, no single site is `none`. */
export interface Chosen {
  worker: string;
  same: string | null;
  roles: string[];
  site: string;
}

export const nobody = (): Chosen => ({ worker: "", same: null, roles: [], site: "" });
export const isWhole = (who: Chosen): boolean => who.worker.trim() !== "" && who.roles.length > 0 && who.site !== "";
export const siteOf = (who: Pick<Chosen, "site">): string | null => (who.site === "none" || who.site === "" ? null : who.site);

/** Seats by the person who sits on them; paper is nobody. */
export function byPerson(members: readonly MemberView[]): Person[] {
  const persons = new Map<string, Person>();
  for (const member of members) {
    if (member.paper) continue;
    const person = persons.get(member.person) ?? { id: member.person, name: member.worker, seats: [] };
    person.seats.push(member);
    persons.set(member.person, person);
  }
  return [...persons.values()];
}

/** Others who work on the device of a seat. None on the device at hand: that is taken out from another one. */
export function beside(members: readonly MemberView[], seat: MemberView): MemberView[] {
  const on = members.filter((member) => member.on === seat.on && member.removed === null && !member.paper);
  return on.some((member) => member.me) ? [] : on.filter((member) => member.seat !== seat.seat);
}

/** Who takes tablets out takes no coordinator out, on a shared tablet neither; nobody takes out the own seat here. */
export function mayTakeOut(view: Pick<PeopleView, "may_remove" | "may_admit" | "members">, seat: MemberView): boolean {
  const coordinates = [seat, ...beside(view.members, seat)].some((at) => at.roles.includes("coordinator"));
  return view.may_remove && !seat.me && (view.may_admit || !coordinates);
}

/** A device that is gone is gone for everybody who worked on it. */
export const isGone = (reason: string): boolean => reason === "lost" || reason === "stolen";

/** The newest work of some seats. */
export function lastOf(seats: readonly MemberView[]): MemberView["last"] {
  return seats.map((seat) => seat.last).reduce((newest, last) => (last && (!newest || last.at_ms > newest.at_ms) ? last : newest), null);
}

/** Roles that work at one site, or may: all but those who look after the programme as a whole. */
const WHOLE = ["coordinator", "auditor", "administrator", "border_checker", "monitor"];
export const needsSite = (roles: readonly string[]): boolean => roles.some((role) => !WHOLE.includes(role));

/** Groups of a page of the recovery sheet. */
export const GROUPS = 14;

/** How a recovery page counts: groups of four, however they are parted. */
export const groupsOf = (typed: string): number => Math.floor(typed.replace(/[^0-9a-z]/gi, "").length / 4);
