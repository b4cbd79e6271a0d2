import { expect, test } from "vitest";
import { after, BANDS, HELP, nobodyYet, pressed, SEXES, WITH } from "./keys";

test("no key means two things", () => {
  const keys = [...SEXES, ...BANDS, ...WITH, ...HELP].map((one) => one.key);
  expect(new Set(keys).size).toBe(keys.length);
});

test("a key chooses, and takes the choice back", () => {
  const girl = pressed(nobodyYet(), "g");
  expect(girl?.sex).toBe("F");
  expect(girl && pressed(girl, "g")?.sex).toBeNull();
  expect(pressed(nobodyYet(), "d")?.help).toEqual(["doctor"]);
  expect(pressed(nobodyYet(), "z")).toBeNull();
});

test("the next band follows the last", () => {
  expect(after("17")).toBe("18");
  expect(after("B-009")).toBe("B-010");
  expect(after("blue")).toBe("");
});
