import { expect, test } from "vitest";
import type { FieldView, GroupView, HeldView } from "$lib/core/generated";
import { count, isSensitive, ordered, type Rows, said } from "./rows";

const field = (id: string, kind: string, tier: number): FieldView => ({
  id, kind, tier, lock: "open", fixed: false, label: id, hint: null, needed: false, options: [], missing_codes: false, to: null, future: false, append: false, why: [], lines: 1, shown_when: [],
});
const held = (value: unknown, at_ms: number): HeldView => ({
  state: "settled", value, text: String(value), said: { change: "", by: "", device: "", at: { at_ms, offset_min: 0, unsure: false } },
});
const list = { item: "list" as const, id: "visits", label: "", add_label: "", of: null, fields: [field("on", "date", 2), field("note", "note", 4)] };
const group: GroupView = { id: "g", label: "", items: [list, { item: "field", ...field("sex", "code", 2) }, { item: "field", ...field("secret", "text", 4) }] };
const rows = (fields: Record<string, HeldView>, removed: string[] = []): Rows => ({ fields: () => fields, removed: () => removed });

test("rows stand by their date, those without one by when they were written down, and none that was taken out", () => {
  const fields = {
    "visits/a/on": held("2026-11-03", 1), "visits/b/on": held("2026-10-01", 2), "visits/c/note": held("x", 9), "visits/d/note": held("y", 3),
    "visits/e/on": held("2020-01-01", 4),
  };
  expect(ordered(rows(fields, ["visits/e"]), list)).toEqual(["d", "c", "b", "a"]);
});

test("what is behind the lock changes no count and no mark", () => {
  const open = { sex: held("F", 1), "visits/a/on": held("2026-11-03", 1) };
  const more = { ...open, secret: held("s", 1), "visits/b/note": held("n", 1) };
  expect(count(rows(open), group)).toBe(2);
  expect(count(rows(more), group)).toBe(2);
  expect(isSensitive(group)).toBe(true);
  expect(isSensitive({ id: "r", label: "", items: [{ item: "field", ...field("plain", "text", 3) }] })).toBe(false);
});

test("a yes, a number and one day among others are told with their question", () => {
  const kinds = (...all: string[]) => all.map((kind) => ({ kind, label: `The ${kind}?` }));
  const tell = (fields: { kind: string; label: string }[]) => fields.map((one) => said(one, "x", fields));
  expect(tell(kinds("code", "bool3", "int", "date"))).toEqual(["x", "The bool3: x", "The int: x", "x"]);
  expect(tell(kinds("date", "fuzzy_date"))).toEqual(["The date: x", "The fuzzy_date: x"]);
});
