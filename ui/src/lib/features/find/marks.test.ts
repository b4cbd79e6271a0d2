import { expect, test } from "vitest";
import { begins, pieces } from "./marks";

test("marks cut a name in any script and never lose a letter", () => {
  expect(pieces("سمیرا حیدری", [[6, 11]])).toEqual([
    { text: "سمیرا ", marked: false },
    { text: "حیدری", marked: true },
  ]);
  for (const marks of [[], [[0, 3]], [[2, 4], [0, 1]], [[0, 99]]] as [number, number][][]) {
    expect(pieces("María José", marks).map((piece) => piece.text).join("")).toBe("María José");
  }
});

test("a number is marked as far as it was typed", () => {
  expect(begins("7K2M-4QX9", "7k2m4")).toBe(6);
  expect(begins("7K2M-4QX9", "7K2M")).toBe(4);
  expect(begins("1K20-4QX9", "lk2o")).toBe(4);
  expect(begins("7K2M-4QX9", "7K3")).toBe(0);
});
