import { expect, test } from "vitest";
import { complete, following } from "./words";

const list = ["lamp", "land", "lane", "language", "otter", "ox"];

test("at most three words are offered, and none before the first letter", () => {
  expect(complete(list, "la")).toEqual(["lamp", "land", "lane"]);
  expect(complete(list, "OT")).toEqual(["otter"]);
  expect(complete(list, "")).toEqual([]);
  expect(complete(list, "z")).toEqual([]);
});

test("letters that cannot come next are told", () => {
  expect([...following(list, "la")].sort()).toEqual(["m", "n"]);
  expect([...following(list, "o")].sort()).toEqual(["t", "x"]);
});
