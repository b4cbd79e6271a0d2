// The first screen of the day in Chromium, on the real core: keyboard alone, a phone, many at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, begin, fits, register, withCore } from "./bridge.mjs";

const LAPTOP = [1366, 768];
const PHONE = [390, 844];

/** Asks the core as the page does. */
async function ask(page, command, args = {}) {
  return page.evaluate(async ([command, args]) => (await (await fetch("/ipc", { method: "POST", body: JSON.stringify({ command, args }) })).json()).ok, [command, args]);
}

/** Another screen, without loading the page anew: that would cover it. */
const at = (page, hash) => page.evaluate((hash) => (location.hash = `#/${hash}`), hash);

/** Children registered through the screens, one after another. */
async function children(page, names) {
  for (const name of names) {
    await at(page, "today");
    await register(page, { name });
    await page.getByTestId("next").click();
    await page.getByTestId("number").waitFor();
  }
  await at(page, "today");
  await page.getByTestId("board-row").nth(names.length - 1).waitFor();
}

const stateOf = async (page, at, need) => (await ask(page, "board")).rows[at].cells[need].state;

test("a cell is found, told and taken back by keys alone", async () => {
  await withCore(LAPTOP, async (page) => {
    await begin(page);
    await children(page, ["Samira Haidari", "Yonas Tesfay", "Awa Diallo"]);
    await accessible(page, "board");
    await fits(page, "board");

    const focused = () => page.evaluate(() => document.activeElement?.dataset?.at ?? "");
    for (let step = 0; step < 40 && (await focused()) === ""; step += 1) await page.keyboard.press("Tab");
    assert.equal(await focused(), "0 0", "Tab reaches the grid at its first child");
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    assert.equal(await focused(), "1 4");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByTestId("cell-menu").waitFor();
    await page.getByTestId("outcome-attending").waitFor();
    await accessible(page, "cell menu");
    await fits(page, "cell menu");
    await page.keyboard.press("Escape");
    await page.getByTestId("cell-menu").waitFor({ state: "detached" });
    assert.equal(await focused(), "0 4", "Esc gives the cell back");

    await page.keyboard.press(" ");
    await page.getByTestId("outcome-attending").waitFor();
    await page.keyboard.press("1");
    await page.getByTestId("cell-menu").waitFor({ state: "detached" });
    assert.equal(await stateOf(page, 0, "education"), "in_place");
    assert.equal(await focused(), "0 4");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForFunction(() => !document.querySelector(".undo"));
    assert.equal(await stateOf(page, 0, "education"), "not_asked");
  });
});

test("a refusal asks who and why before it is kept", async () => {
  await withCore(PHONE, async (page) => {
    await begin(page);
    await children(page, ["Samira Haidari"]);
    await fits(page, "board on a phone");
    await accessible(page, "board on a phone");
    await page.locator("[data-need=shelter]").first().click();
    await page.getByTestId("outcome-refused").click();
    assert.ok(await page.getByTestId("menu-keep").isDisabled(), "nothing is kept without who and why");
    await fits(page, "refusal on a phone");
    await accessible(page, "refusal on a phone");
    await page.getByTestId("menu-who").fill("The night shift");
    await page.getByTestId("menu-reason").selectOption({ index: 1 });
    await page.getByTestId("menu-keep").click();
    await page.getByTestId("cell-menu").waitFor({ state: "detached" });
    assert.equal(await stateOf(page, 0, "shelter"), "refused");
    assert.equal((await ask(page, "board")).rows[0].group, "no_safe_place", "a refusal leaves the child where it was");
  });
});
