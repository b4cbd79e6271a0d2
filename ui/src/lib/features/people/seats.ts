// Seats as people think of them.
import type { MemberView } from "$lib/core/generated";

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

/** Roles that work at one site, or may: all but those who look after the programme as a whole. */
const WHOLE = ["coordinator", "auditor", "administrator", "border_checker", "monitor"];
export const needsSite = (roles: readonly string[]): boolean => roles.some((role) => !WHOLE.includes(role));

/** Groups of a page of the recovery sheet. */
export const GROUPS = 14;

/** How a recovery page counts: groups of four, however they are parted. */
export const groupsOf = (typed: string): number => Math.floor(typed.replace(/[^0-9a-z]/gi, "").length / 4);
