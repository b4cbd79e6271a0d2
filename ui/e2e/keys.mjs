// Keys alone: a child is registered, its record corrected, a service told, an entry moved, with no pointer at all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, begin, fits as fitsIn, register, withCore } from "./bridge.mjs";

const LAPTOP = [1366, 768];

/** Presses Tab until what has the focus fits, and says so when it never does. */
async function tabTo(page, what, fits) {
  for (let step = 0; step < 90; step += 1) {
    if (await page.evaluate(fits)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reaches ${what}`);
}

const named = (text) => `document.activeElement?.textContent?.trim().startsWith(${JSON.stringify(text)}) || document.activeElement?.getAttribute("aria-label")?.startsWith(${JSON.stringify(text)})`;
const marked = (id) => `document.activeElement?.dataset?.testid === ${JSON.stringify(id)}`;

async function choose(page, text) {
  await tabTo(page, text, named(text));
  await page.keyboard.press("Space");
}

test("a child is registered and updated by keys alone", async () => {
  await withCore(LAPTOP, async (page) => {
    await begin(page);
    await page.keyboard.press("n");
    await page.getByRole("radio", { name: /^Agreed/ }).waitFor();
    await choose(page, "Bed tonight");
    await choose(page, "Agreed");
    await choose(page, "The child");
    await tabTo(page, "the next step", marked("next"));
    await page.keyboard.press("Enter");
    await page.getByTestId("name").waitFor();
    await tabTo(page, "the name", marked("name"));
    await page.keyboard.type("Samira Haidari");
    await choose(page, "Girl");
    await tabTo(page, "the age", marked("age"));
    await page.keyboard.type("11");
    await choose(page, "No one to add");
    await tabTo(page, "saving", marked("next"));
    await page.keyboard.press("Enter");
    await page.getByTestId("number").waitFor();
    await tabTo(page, "the profile", marked("open-profile"));
    await page.keyboard.press("Enter");
    await page.getByTestId("child-name").waitFor();
    await page.keyboard.press("Alt+2");
    await tabTo(page, "a field", marked("edit-sex"));
    await page.keyboard.press("Enter");
    await page.locator("[data-path=sex] select").waitFor();
    await tabTo(page, "its answers", "document.activeElement?.tagName === 'SELECT' && document.activeElement.closest('[data-path=sex]') !== null");
    await page.keyboard.type("Boy");
    await tabTo(page, "keeping it", marked("keep"));
    await page.keyboard.press("Enter");
    await page.getByText(/^Changed: Sex/).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByTestId("edit-sex").getByText("Girl").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.getByTestId("board-row").waitFor();
    await tabTo(page, "the board", "document.activeElement?.dataset?.at === '0 0'");
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByTestId("outcome-attending").waitFor();
    await page.keyboard.press("1");
    await page.getByTestId("cell-menu").waitFor({ state: "detached" });
    const board = await page.evaluate(async () => (await (await fetch("/ipc", { method: "POST", body: JSON.stringify({ command: "board", args: {} }) })).json()).ok);
    assert.equal(board.rows[0].cells.education.state, "in_place");
  });
});

test("an entry typed into the wrong child is moved to the right one, and moved back", async () => {
  await withCore(LAPTOP, async (page) => {
    await begin(page);
    for (const name of ["Samira Haidari", "Yonas Tesfay"]) {
      await page.evaluate(() => (location.hash = "#/today"));
      await register(page, { name });
      await page.getByTestId("next").click();
      await page.getByTestId("number").waitFor();
    }
    await page.getByTestId("open-profile").click();
    await page.getByTestId("child-name").getByText("Yonas").waitFor();
    await page.keyboard.press("Alt+2");
    await page.getByRole("button", { name: "Add another name" }).click();
    await page.locator("[data-field=names] input").first().fill("Parwana Q");
    await page.getByTestId("keep").click();
    await page.locator("[data-field=names]").getByText("Parwana Q").click();
    await tabTo(page, "moving it", marked("move-entry"));
    await page.keyboard.press("Enter");
    await page.keyboard.type("samira");
    await page.getByTestId("move-hit").waitFor();
    await accessible(page, "moving an entry");
    await fitsIn(page, "moving an entry");
    await page.keyboard.press("Enter");
    await page.getByTestId("move-now").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Moved to Samira Haidari").waitFor();
    await page.locator("[data-field=names]").getByText("Parwana Q").waitFor({ state: "detached" });
    await page.keyboard.press("Alt+5");
    await page.getByText("moved between records").waitFor();
    assert.equal(await page.getByText("Parwana Q").count(), 0, "the history of the first record does not say it");
    await page.keyboard.press("F10");
    await page.getByTestId("hold").waitFor();
    assert.equal(await page.locator(".undo").count(), 0, "a covered screen offers nothing that names a child");
    await page.getByTestId("hold").dispatchEvent("pointerdown");
    await page.getByTestId("child-name").waitFor();
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Alt+2");
    await page.locator("[data-field=names]").getByText("Parwana Q").waitFor();
    await page.keyboard.press("Control+h");
    await page.reload();
    await page.getByTestId("hold").dispatchEvent("pointerdown");
    await page.getByTestId("child-name").getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).waitFor();
  });
});
