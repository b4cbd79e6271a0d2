import { expect, test } from "vitest";
import { narrowed, plain } from "./lists";

const options = ["Türkiye", "Côte d’Ivoire", "Iran", "Ireland", "Northern Ireland"].map((label) => ({ code: label, label }));
const labels = (typed: string) => narrowed(options, typed).map((option) => option.label);

test("letters are found without their marks and in any case", () => {
  expect(plain("CÔTE")).toBe("cote");
  expect(labels("turk")).toEqual(["Türkiye"]);
  expect(labels("cote ivoire")).toEqual(["Côte d’Ivoire"]);
});

test("what begins with the text comes first, and no text leaves all", () => {
  expect(labels("ireland")).toEqual(["Ireland", "Northern Ireland"]);
  expect(labels("  ")).toHaveLength(5);
  expect(labels("xyz")).toEqual([]);
});
