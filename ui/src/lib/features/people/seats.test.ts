import { expect, test } from "vitest";
import type { MemberView } from "$lib/core/generated";
import { beside, byPerson, groupsOf, lastOf, mayTakeOut, needsSite } from "./seats";

const member = (seat: string, person: string, paper = false): MemberView => ({
  seat, person, paper, on: "", mark: "", worker: `worker ${person}`, device: "", roles: [], role_labels: [], site: null, site_name: "", last: null, removed: null, me: false, lacks_keys: false,
});

test("the devices of a person stand together, and paper is nobody", () => {
  const persons = byPerson([member("1", "a"), member("2", "b"), member("3", "a"), member("4", "c", true)]);
  expect(persons.map((person) => [person.name, person.seats.map((seat) => seat.seat)])).toEqual([["worker a", ["1", "3"]], ["worker b", ["2"]]]);
});

test("everybody else on a device is beside a seat, but for the device at hand, paper, and who is out", () => {
  const on = (seat: string, device: string, more: Partial<MemberView> = {}): MemberView => ({ ...member(seat, seat), on: device, ...more });
  const members = [on("1", "x"), on("2", "x"), on("3", "x", { removed: "Lost" }), on("4", "y"), on("5", "y", { me: true }), on("6", "0", { paper: true }), on("7", "0", { paper: true })];
  const names = (at: number): string[] => beside(members, members[at] as MemberView).map((member) => member.seat);
  expect([names(0), names(3), names(5)]).toEqual([["2"], [], []]);
});

test("the newest work of a device is that of the last who worked", () => {
  const at = (at_ms: number): MemberView["last"] => ({ at_ms, offset_min: 0, unsure: false });
  const seats = [{ ...member("1", "a"), last: at(5) }, member("2", "b"), { ...member("3", "c"), last: at(9) }];
  expect(lastOf(seats)?.at_ms).toBe(9);
  expect(lastOf([member("1", "a")])).toBeNull();
});

test("a site is asked for when any of the roles works at one", () => {
  expect(needsSite(["coordinator"])).toBe(false);
  expect(needsSite(["coordinator", "case_supervisor"])).toBe(true);
  expect(needsSite([])).toBe(false);
});

test("groups are counted however a page was typed", () => {
  expect(groupsOf("ABCD efgh-1234\n")).toBe(3);
  expect(groupsOf("AB C")).toBe(0);
});

test("an administrator takes no coordinator out, nor the tablet that one works on", () => {
  const on = (seat: string, device: string, roles: string[]): MemberView => ({ ...member(seat, seat), on: device, roles });
  const members = [on("1", "x", ["coordinator"]), on("2", "x", ["registrar"]), on("3", "y", ["registrar"])];
  const may = (may_admit: boolean): boolean[] => members.map((seat) => mayTakeOut({ may_remove: true, may_admit, members }, seat));
  expect([may(false), may(true)]).toEqual([[false, false, true], [true, true, true]]);
});
