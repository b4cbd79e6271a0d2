import { beforeEach, expect, test, vi } from "vitest";

const sent: { path: string; value: unknown; typing: boolean }[] = [];
vi.mock("$lib/core/client", () => {
  class Failure extends Error {}
  const view = { id: "d", answers: {}, remarks: [], open: [], child: null };
  return {
    Failure,
    core: {
      beginDraft: async () => view,
      putDraft: async (ask: { path: string; value: unknown; typing: boolean }) => {
        // The first reply is the slowest.
        await new Promise((done) => setTimeout(done, sent.length === 0 ? 30 : 1));
        sent.push({ path: ask.path, value: ask.value, typing: ask.typing });
        return view;
      },
      finishDraft: async () => view,
    },
  };
});

beforeEach(() => sent.splice(0));

test("puts arrive in the order typed, however slow the replies, and none is lost at the end", async () => {
  const { Draft } = await import("./draft.svelte");
  const draft = new Draft();
  await draft.open("");
  draft.put("sex", "F", false);
  draft.put("names/+1/name", "S", true);
  draft.put("names/+1/name", "Sa", true);
  draft.put("where_from", "Tarrin", false);
  await draft.finish();
  expect(sent.map((put) => [put.path, put.value])).toEqual([
    ["sex", "F"],
    ["where_from", "Tarrin"],
    ["names/+1/name", "Sa"],
  ]);
  expect(sent.at(-1)?.typing).toBe(false);
});
