// A field day in Chromium on the real core: a bus is counted by keyboard alone and by thumb, and completed later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, withCore } from "./bridge.mjs";
import { accessible, fits, shot } from "./looks.mjs";

const PHONE = [390, 844];
const TABLET = [1024, 768];
const LAPTOP = [1366, 768];

const door = (page, name) => page.evaluate((to) => (location.hash = `#/${to}`), name);

async function bus(page, heads) {
  await door(page, "tally");
  await page.getByLabel("What it is called").fill("Second bus");
  await page.getByLabel("Children, counted by head").fill(String(heads));
  await page.getByTestId("begin-tally").click();
  await page.getByTestId("wristband").waitFor();
}

const sum = (page) => page.getByTestId("sum").textContent();

test("five children are counted by keyboard alone, one is taken back, and the list says who is to be found", async () => {
  await withCore(LAPTOP, async (page) => {
    page.setDefaultTimeout(10_000);
    await begin(page);
    await door(page, "more");
    await page.getByRole("link", { name: "Count a bus" }).waitFor();
    await fits(page, "more");
    await page.getByRole("link", { name: "Count a bus" }).focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("begin-tally").waitFor();
    await accessible(page, "arrivals");
    await page.getByLabel("What it is called").focus();
    await page.keyboard.type("Second bus");
    await page.keyboard.press("Tab");
    await page.keyboard.type("5");
    await page.keyboard.press("Enter");
    await page.getByTestId("wristband").waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "band");
    // The band is typed once and counts on; then letters choose, and Enter counts.
    await page.keyboard.type("041");
    for (const keys of ["g3p", "b4", "x10d", "g2r", "b3ct"]) {
      await page.keyboard.press("Tab");
      for (const key of keys) await page.keyboard.press(key);
      const before = await page.getByTestId("tally-line").count();
      await page.keyboard.press("Enter");
      await page.waitForFunction((before) => document.querySelectorAll("[data-testid=tally-line]").length === before + 1, before);
      await page.waitForFunction(() => document.activeElement?.id === "band");
    }
    assert.match(await sum(page), /5 of 5/);
    await page.getByText("The list is as long as the count.").waitFor();
    assert.match(await page.getByTestId("tally-line").first().textContent(), /043.*Doctor/s, "a doctor first");
    await fits(page, "tally");
    await accessible(page, "tally");
    await shot(page, "tally");
    await page.getByTestId("undo-count").focus();
    await page.keyboard.press("Enter");
    await page.getByText("1 to find").waitFor();
    assert.equal(await page.getByTestId("tally-line").count(), 4);
  });
});

for (const size of [PHONE, TABLET]) {
  test(`a bus is counted by thumb at ${size[0]} and a child of it completed`, async () => {
    await withCore(size, async (page) => {
      page.setDefaultTimeout(10_000);
    await begin(page);
      await bus(page, 3);
      await shot(page, "tally-begun");
      await accessible(page, "an empty tally");
      await page.getByTestId("wristband").fill("7");
      for (const pick of ["F", "child", "none_to_add"]) await page.getByTestId(`pick-${pick}`).click();
      await page.getByRole("button", { name: "Bed tonight" }).click();
      await page.getByTestId("count").click();
      await page.getByTestId("tally-line").first().waitFor();
      assert.equal(await page.getByTestId("wristband").inputValue(), "8");
      await page.getByTestId("pick-M").click();
      await page.getByTestId("count").click();
      await page.getByTestId("tally-line").nth(1).waitFor();
      assert.match(await sum(page), /2 of 3.*1 to find/s);
      await fits(page, "tally");
      await accessible(page, "tally");
      await shot(page, "tally");

      await page.getByTestId("tally-line").first().getByRole("button", { name: "Complete" }).click();
      await page.getByRole("radio", { name: /^Agreed/ }).click();
      await page.getByRole("radio", { name: "The child", exact: true }).click();
      await page.getByTestId("next").click();
      await page.getByTestId("name").fill("Samira Haidari");
      await page.getByTestId("name").blur();
      assert.equal(await page.getByRole("radio", { name: "Girl", exact: true }).getAttribute("aria-checked"), "true", "what was counted stands");
      await page.getByTestId("age").fill("9");
      await page.getByTestId("age").blur();
      await page.getByTestId("next").click();
      if (size === PHONE) await page.getByTestId("next").click();
      await page.getByTestId("number").waitFor().catch(async () => page.getByTestId("next").click());
      await page.getByTestId("number").waitFor();
      await page.getByRole("button", { name: "Back to the list" }).click();
      await page.getByText("Samira Haidari").waitFor();
      await page.getByRole("radio", { name: /To complete, 1/ }).click();
      await page.getByText("Samira Haidari").waitFor({ state: "detached" });
      await page.getByRole("button", { name: /Take 8 out/ }).click();
      await page.getByText("2 to find").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("1 to find").waitFor();
    });
  });
}
