import { expect, test } from "vitest";
import type { ConflictRecordView, ConflictView, DeviceLineView } from "$lib/core/generated";
import { after, chosenBy, settles, toAsk, toKnow, toSettle } from "./choices";

const voice = (change: string) => ({ change, text: change, source: "", said: { change, by: "", device: "", at: { at_ms: 0, offset_min: 0, unsure: false } } });
const field = (path: string, more: Partial<ConflictView> = {}) =>
  ({ path, claims: false, age_doubt: false, safer: false, both: false, left: false, protection: false, may: true, voices: [voice("a"), voice("b")], ...more }) as ConflictView;
const record = (id: string, fields: ConflictView[]) => ({ line: { id }, heads: [], fields }) as unknown as ConflictRecordView;

test("nothing is settled that nobody chose, and nothing half written", () => {
  const fields = [field("sex"), field("birth_country"), field("where_from")];
  expect(settles(fields, {})).toEqual([]);
  expect(settles(fields, { sex: { way: "keep", change: "a" }, where_from: { way: "write", value: "" } })).toEqual([
    { path: "sex", by: { way: "keep", change: "a" } },
  ]);
});

test("a key chooses only what may be chosen", () => {
  expect(chosenBy("2", field("sex"))).toEqual({ way: "keep", change: "b" });
  expect(chosenBy("3", field("sex"))).toBeUndefined();
  expect(chosenBy("b", field("sex"))).toBeUndefined();
  expect(chosenBy("b", field("names/n/name", { both: true }))).toEqual({ way: "both" });
  expect(chosenBy("1", field("sex", { may: false }))).toBeUndefined();
});

test("who can be asked is who gave an answer on another device and is still at work there", () => {
  const said = (by: string, device: string) => ({ ...voice(by), said: { ...voice(by).said, by, device } });
  const voices = [said("Leila", "Laptop"), said("Karim", "Tablet 2"), said("Omar", "Tablet 3"), said("Karim", "Tablet 2")] as unknown as ConflictView["voices"];
  const devices = [{ seat: "k", worker: "Karim", device: "Tablet 2" }, { seat: "s", worker: "Sana", device: "Tablet 2" }] as unknown as DeviceLineView[];
  expect(toAsk(field("sex", { voices }), devices).map((one) => one.seat)).toEqual(["k"]);
});

test("birth dates are to know and not to settle; later leads to another record", () => {
  const one = record("one", [field("sex"), field("dob", { claims: true })]);
  expect([toSettle(one).length, toKnow(one).length]).toEqual([1, 1]);
  const records = [one, record("two", []), record("three", [])];
  expect([after(records, "one"), after(records, "three"), after([one], "one")]).toEqual(["two", "one", undefined]);
});
