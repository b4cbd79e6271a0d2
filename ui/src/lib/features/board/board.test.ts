import { describe, expect, test } from "vitest";
import type { BoardView, CellView, RowView } from "$lib/core/generated";
import { NO_FILTER, caption, fitting, gaps, items, keeps, look, order } from "./board";

const cell = (state: string, days: number | null = null, late = false): CellView => ({ state, days, late, open: !["in_place", "not_needed"].includes(state), why: null, due_at: null });
const row = (id: string, group: RowView["group"], cells: Record<string, CellView>, more: Partial<RowView> = {}): RowView => ({
  line: { id, short_id: id, name: id, names: [], initials: id, sex: "F", age: { years: 7, estimated: false }, band: null, changed: { at_ms: 0, offset_min: 0, unsure: false } },
  group, circle: "", longest: 0, here: 3, mine: false, tasks: 0, cells, ...more,
});
const view = (rows: RowView[]): BoardView => ({
  columns: ["shelter", "education", "guardian"].map((need) => ({ need, label: need, open: 0, late: 0, target: 0 })),
  rows, circles: [], today: "2026-11-26",
});

describe("signs", () => {
  test("asking, referring and refusing never make late less late", () => {
    for (const state of ["waiting", "asked", "referred", "refused", "not_asked", "not_possible", "said", "not_assessed"]) expect(look(cell(state, 40, true))).toBe("over");
  });
  test("what the sign does not say stands below", () => {
    expect(caption(cell("referred", 3))).toBe("");
    expect(caption(cell("referred", 30, true))).toBe("cell-referred");
    expect(caption(cell("waiting", 30, true))).toBe("");
    expect(caption(cell("in_place"))).toBe("");
  });
});

describe("order", () => {
  const rows = [row("a", "no_safe_place", {}), row("b", "late", {}), row("c", "waiting", {}), row("d", "in_place", {})];
  test("late and waiting stand under one heading, in the order of the core", () => {
    const made = items(order(rows, "urgent", ""), true).map((item) => (item.kind === "heading" ? `${item.heading} ${item.count}` : item.row.line.id));
    expect(made).toEqual(["no_safe_place 1", "a", "wait 2", "b", "c", "in_place 1", "d"]);
  });
  test("by one need, late comes before longer and not late", () => {
    const two = [row("long", "waiting", { education: cell("waiting", 80) }), row("late", "late", { education: cell("asked", 20, true) })];
    expect(order(two, "urgent", "education").map((one) => one.line.id)).toEqual(["late", "long"]);
  });
});

test("a night without a bed is the worst gap, and one gap at least is told", () => {
  const one = row("a", "no_safe_place", { shelter: cell("waiting", 1, true), education: cell("asked", 300, true), guardian: cell("in_place") });
  const found = gaps(one, view([one]));
  expect(found.map((gap) => gap.need)).toEqual(["shelter", "education"]);
  expect(fitting(found)).toHaveLength(1);
  expect(fitting([])).toHaveLength(0);
});

test("filters leave out who does not fit, and an unknown age fits no band", () => {
  const girl = row("a", "late", { shelter: cell("waiting", 1) }, { circle: "Blue", mine: true });
  expect(keeps(girl, { ...NO_FILTER, sex: "F", age: "6-11", circle: "Blue", mine: true, need: "shelter" })).toBe(true);
  for (const other of [{ sex: "M" }, { age: "0-5" }, { circle: "Red" }, { need: "guardian" }]) expect(keeps(girl, { ...NO_FILTER, ...other })).toBe(false);
  expect(keeps({ ...girl, line: { ...girl.line, age: null } }, { ...NO_FILTER, age: "6-11" })).toBe(false);
});
