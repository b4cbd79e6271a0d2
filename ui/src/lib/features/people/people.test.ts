import { beforeEach, expect, test, vi } from "vitest";

const refreshed = vi.fn(async () => {});
vi.mock("$lib/i18n/index.svelte", () => ({ tr: () => "", when: () => "" }));
vi.mock("$lib/session.svelte", () => ({ session: { isOut: (failure: { code: string }) => failure.code === "seat-removed", refresh: refreshed } }));
vi.mock("$lib/core/client", () => {
  class Failure extends Error {
    constructor(readonly view: { code: string }) {
      super(view.code);
    }
  }
  return { Failure, core: {} };
});

beforeEach(() => refreshed.mockClear());

test("what is refused is kept, and a device that hears that it is out looks where it stands", async () => {
  const { Failure } = await import("$lib/core/client");
  const { people } = await import("./people.svelte");
  const refused = (code: string) => people.run(() => Promise.reject(new Failure({ code, message: "", hints: [] } as never)));
  expect(await refused("unknown-seat")).toBe(false);
  expect([people.failure?.code, people.busy, refreshed.mock.calls.length]).toEqual(["unknown-seat", false, 0]);
  expect(await refused("seat-removed")).toBe(false);
  expect([people.failure?.code, people.busy, refreshed.mock.calls.length]).toEqual(["seat-removed", false, 1]);
  expect(await people.run(async () => expect([people.busy, people.failure]).toEqual([true, null]))).toBe(true);
  expect([people.failure, people.busy]).toEqual([null, false]);
});
