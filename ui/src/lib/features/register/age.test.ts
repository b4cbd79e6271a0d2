import { expect, test } from "vitest";
import { stepped } from "./age";

test("the stepper starts empty and goes back to empty", () => {
  expect(stepped("", 1)).toBe("1");
  expect(stepped("", -1)).toBe("");
  expect(stepped("0", -1)).toBe("");
  expect(stepped("11", 1)).toBe("12");
  expect(stepped("25", 1)).toBe("25");
});
