import { expect, test } from "vitest";
import type { MemberView } from "$lib/core/generated";
import { byPerson, groupsOf, needsSite } from "./seats";

const member = (seat: string, person: string, paper = false): MemberView => ({
  seat, person, paper, mark: "", worker: `worker ${person}`, device: "", roles: [], role_labels: [], site: null, site_name: "", last: null, removed: null, me: false, lacks_keys: false,
});

test("the devices of a person stand together, and paper is nobody", () => {
  const persons = byPerson([member("1", "a"), member("2", "b"), member("3", "a"), member("4", "c", true)]);
  expect(persons.map((person) => [person.name, person.seats.map((seat) => seat.seat)])).toEqual([["worker a", ["1", "3"]], ["worker b", ["2"]]]);
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
