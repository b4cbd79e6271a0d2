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

test("months and days are those of the calendar; its own figures are read", () => {
  const date = (day: string, month: string, year: string, calendar: string) => fromParts({ day, month, year }, calendar);
  expect(date("6", "13", "2011", "ethiopic")).toEqual({ value: { date: "2011-13-06" } });
  expect(date("7", "13", "2011", "ethiopic")).toEqual({ error: "day" });
  expect(date("1", "13", "1382", "persian")).toEqual({ error: "month" });
  expect(date("31", "6", "1382", "persian")).toEqual({ value: { date: "1382-06-31" } });
  expect(date("31", "9", "1440", "islamic_civil")).toEqual({ error: "day" });
  expect(date("", "", "۱۳۸۲", "persian")).toEqual({ value: { year: 1382 } });
  expect(date("٣", "٤", "٢٠١٥", "gregorian")).toEqual({ value: { date: "2015-04-03" } });
});

test("what was typed in another calendar comes back in it", () => {
  const held = { earliest: "2003-07-02", precision: "day", calendar_entered: "persian", entered: { year: 1382, month: 4, day: 11 } };
  expect(toParts(held)).toEqual({ day: "11", month: "4", year: "1382" });
});
