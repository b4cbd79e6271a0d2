import { expect, test } from "vitest";
import { meaning } from "./shortcuts";

test("one key leads to a door, two keys to another", () => {
  expect(meaning("n", "")).toBe("register");
  expect(meaning("t", "")).toBe("");
  expect(meaning("t", "g")).toBe("today");
  expect(meaning("c", "g")).toBe("conflicts");
  expect(meaning("n", "g")).toBe("");
});
