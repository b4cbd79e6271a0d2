import { expect, test } from "vitest";
import { fromParts, moment, toParts } from "./dates";

test("a day, a month and a year are dates; the rest says which part is wrong", () => {
  expect(fromParts({ day: "9", month: "3", year: "2015" })).toEqual({ value: { date: "2015-03-09" } });
  expect(fromParts({ day: "", month: "3", year: "2015" })).toEqual({ value: { year: 2015, month: 3 } });
  expect(fromParts({ day: "", month: "", year: "2015" })).toEqual({ value: { year: 2015 } });
  expect(fromParts({ day: "", month: "", year: "" })).toEqual({ value: null });
  expect(fromParts({ day: "31", month: "2", year: "2015" })).toEqual({ error: "day" });
  expect(fromParts({ day: "1", month: "", year: "2015" })).toEqual({ error: "month" });
  expect(fromParts({ day: "", month: "", year: "15" })).toEqual({ error: "year" });
});

test("what the core holds comes back as parts, and an age as none", () => {
  expect(toParts({ earliest: "2015-03-09", precision: "day" })).toEqual({ day: "9", month: "3", year: "2015" });
  expect(toParts({ earliest: "2015-03-01", precision: "month" })).toEqual({ day: "", month: "3", year: "2015" });
  expect(toParts({ earliest: "2015-01-01", precision: "range" }).year).toBe("");
});

test("a moment says where the clock hangs", () => {
  expect(moment("2026-11-24T09:30", 60)).toBe("2026-11-24T09:30:00+01:00");
  expect(moment("2026-11-24T09:30:20", -210)).toBe("2026-11-24T09:30:00-03:30");
  expect(moment("2026-11-24T09:30", 0)).toBe("2026-11-24T09:30:00+00:00");
});
