import { expect, test } from "vitest";
import { pieces } from "./marks";

test("marks cut a name in any script and never lose a letter", () => {
  expect(pieces("سمیرا حیدری", [[6, 11]])).toEqual([
    { text: "سمیرا ", marked: false },
    { text: "حیدری", marked: true },
  ]);
  for (const marks of [[], [[0, 3]], [[2, 4], [0, 1]], [[0, 99]]] as [number, number][][]) {
    expect(pieces("María José", marks).map((piece) => piece.text).join("")).toBe("María José");
  }
});
