import { expect, test } from "vitest";
import type { MayView } from "$lib/core/generated";
import { home, mayOpen, onlyCards } from "./doors";

const role = (code: string) => ({ code, label: code });
const nothing: MayView = {
  roles: [], children: false, overdue: false, names: false, ages: false, registers: false, rolls: false, needs: [], takes_on: false, arrivals: false, papers: false, feedback: false, kinds: [], writes_kinds: [],
  copies: false, restricted: false, confirms: false, settles: false, moves: false, audits: false, admits: false, removes: false, reviews: false, cards: false,
};

test("a border checker has the card check and nothing of children or people", () => {
  const border = { ...nothing, roles: [role("border_checker")], cards: true };
  expect(onlyCards(border)).toBe(true);
  expect(home(border)).toBe("cards");
  for (const door of ["today", "find", "child", "register", "people", "sync", "travel", "audit"]) expect(mayOpen(border, door), door).toBe(false);
  for (const door of ["settings", "help", "more"]) expect(mayOpen(border, door), door).toBe(true);
});

test("an auditor begins with what was done, an administrator with people", () => {
  expect(home({ ...nothing, audits: true })).toBe("audit");
  expect(home({ ...nothing, removes: true })).toBe("people");
  expect(mayOpen({ ...nothing, audits: true }, "today")).toBe(false);
});

test("a card checker who also registers has the doors of both", () => {
  const both = { ...nothing, roles: [role("border_checker"), role("registrar")], cards: true, children: true, registers: true };
  expect(onlyCards(both)).toBe(false);
  expect(home(both)).toBe("today");
  expect(mayOpen(both, "people")).toBe(true);
});

test("nobody at work has no door", () => {
  expect(mayOpen(null, "settings")).toBe(false);
});
