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

test("many are chosen by keys, told at once, and taken back after the bar has gone", async () => {
  await withCore(LAPTOP, async (page) => {
    await begin(page);
    await children(page, ["Samira Haidari", "Yonas Tesfay", "Awa Diallo"]);
    await page.locator('[data-at="0 0"]').focus();
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByTestId("bulk").getByText("2 children").waitFor();
    await accessible(page, "bulk bar");
    await fits(page, "bulk bar");
    await page.getByTestId("bulk-enrolled").click();
    await page.getByTestId("bulk").waitFor({ state: "detached" });
    const states = async () => (await ask(page, "board")).rows.map((row) => row.cells.education.state);
    assert.equal((await states()).filter((state) => state === "referred").length, 2);
    await page.waitForFunction(() => !document.querySelector(".undo"), null, { timeout: 15_000 });
    await page.keyboard.press("Control+z");
    await page.getByText(/^Taken back/).waitFor();
    assert.deepEqual(await states(), ["not_asked", "not_asked", "not_asked"]);
    await page.keyboard.press("Control+z");
    await page.getByText("There is nothing to take back.").waitFor();

    await page.keyboard.press("Control+h");
    await page.getByText("Samira Haidari").first().waitFor({ state: "detached" });
    assert.match(await page.getByTestId("board-row").first().textContent(), /[0-9A-Z]{4}-[0-9A-Z]{4}/, "a number in the place of the name");
    await accessible(page, "discreet board");
    await page.getByTestId("discreet").click();
    await page.getByText("Samira Haidari").first().waitFor();

    await page.getByTestId("head-education").click();
    assert.equal(await page.getByTestId("board-row").count(), 3);
    await page.getByTestId("filter").click();
    await accessible(page, "filter");
    await page.getByRole("radio", { name: "Boys" }).click();
    await page.keyboard.press("Escape");
    await page.getByText("No child fits what you chose.").waitFor();
    await page.getByRole("button", { name: "Show all", exact: true }).click();
    await page.getByTestId("to-tasks").click();
    await page.getByTestId("task").first().waitFor();
    await accessible(page, "tasks");
    await fits(page, "tasks");
  });
});

test("a roll-call starts empty; who was not ticked is looked for and stands in the hand-over", async () => {
  await withCore(PHONE, async (page) => {
    await begin(page);
    await children(page, ["Samira Haidari", "Yonas Tesfay"]);
    await at(page, "today/roll-call");
    await page.getByTestId("roll-row").nth(1).waitFor();
    assert.equal(await page.locator("[data-testid=roll-row][aria-checked=true]").count(), 0, "nobody is here before somebody saw them");
    await page.getByTestId("roll-count").getByText("0 of 2 seen").waitFor();
    await accessible(page, "roll-call");
    await fits(page, "roll-call");
    await page.getByTestId("roll-row").filter({ hasText: "Samira" }).click();
    await page.getByTestId("roll-finish").click();
    await page.getByTestId("away").waitFor();
    assert.equal(await page.getByTestId("away").count(), 1);
    await page.getByTestId("away-last").fill("The cook, at supper");
    await page.getByTestId("away-last").blur();
    await page.getByRole("radio", { name: "Yes, now" }).click();
    await page.getByText(/^Told /).waitFor();
    await accessible(page, "not accounted for");
    await fits(page, "not accounted for");
    const [away] = await ask(page, "away");
    assert.deepEqual([away.last_seen_by, away.guardian_told], ["The cook, at supper", true]);
    assert.ok((await ask(page, "tasks", { id: null })).some((task) => task.kind === "search"));
    await at(page, "today/hand-over");
    await page.getByText("guardian told").waitFor();
    await accessible(page, "hand-over");
    await fits(page, "hand-over");
    await page.getByTestId("take-shift").click();
    await page.getByTestId("shift-taken").getByText("Leila Noori").waitFor();
    assert.equal((await ask(page, "hand_over")).taken.by, "Leila Noori");
    await at(page, "today/away");
    await page.getByTestId("away-here").click();
    await page.getByText("Everybody is accounted for.").waitFor();
  });
});
