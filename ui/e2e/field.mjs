// A field day in Chromium on the real core: a bus is counted by keyboard alone and by thumb, and completed later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, begin, withCore } from "./bridge.mjs";
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

for (const size of [PHONE, LAPTOP]) {
  test(`at ${size[0]} a wristband that stands in two lines counts once and is told at both`, async () => {
    await withCore(size, async (page) => {
      page.setDefaultTimeout(10_000);
      await begin(page);
      await bus(page, 2);
      for (const band of ["7", "8"]) {
        await page.getByTestId("wristband").fill(band);
        await page.getByTestId("pick-F").click();
        await page.getByTestId("count").click();
        await page.getByTestId("tally-line").nth(band - 7).waitFor();
      }
      // As two who counted apart leave it.
      const [{ id }] = await ask(page, "arrivals");
      const { lines } = await ask(page, "arrival", { id });
      await ask(page, "edit_child", { ask: { id: lines[0].child, heads: [], puts: { "tally.wristband": lines[1].wristband } } });
      await door(page, "today");
      await door(page, `tally/${id}`);
      await page.getByText("1 to find").waitFor();
      assert.match(await sum(page), /1 of 2/);
      assert.equal(await page.getByText(/a wristband of its own/).count(), 2);
      await fits(page, "a band in two lines");
      await accessible(page, "a band in two lines");
      await shot(page, "tally-twice");
    });
  });
}

for (const size of [PHONE, LAPTOP]) {
  test(`a bundle of paper is typed at ${size[0]}, and the next in a family follows`, async () => {
    await withCore(size, async (page) => {
      page.setDefaultTimeout(10_000);
      await begin(page);
      await door(page, "paper");
      await page.getByTestId("begin-batch").waitFor();
      await page.locator("[data-path='batch.name'] input").fill("Forms of 9 November");
      await page.locator("[data-path='batch.forms'] input").fill("2");
      await page.locator("[data-path='batch.forms'] input").blur();
      for (const [part, typed] of [["Day", "9"], ["Month", "11"], ["Year", "2026"]]) await page.locator("[data-path='batch.interviewed_on']").getByLabel(part, { exact: true }).fill(typed);
      await page.locator("[data-path='batch.interviewed_by_name'] input").fill("H. Omari");
      await page.locator("[data-path='batch.consent']").getByRole("radio", { name: "One answer for all" }).click();
      await accessible(page, "a new bundle");
      await fits(page, "a new bundle");
      await shot(page, "paper-new");
      await page.getByTestId("begin-batch").click();
      await page.getByText("0 of 2 typed").waitFor();
      await page.getByText("counts for no child").waitFor();
      await page.getByText("9 November 2026").waitFor();
      await page.getByLabel("Number on the next form").fill("k7q2-0001");
      await page.getByTestId("next-form").click();
      await page.getByTestId("name").waitFor();
      await page.getByRole("radio", { name: /Will ask later/ }).click();
      await page.getByTestId("name").fill("Yonas Tesfa");
      await page.getByTestId("name").blur();
      await page.getByRole("radio", { name: "Boy", exact: true }).click();
      await page.getByTestId("age").fill("12");
      await page.getByTestId("age").blur();
      await page.getByRole("button", { name: "Add person" }).click();
      await page.getByRole("button", { name: "Another relative" }).click();
      await page.getByLabel("Like: man, about 35").fill("man, about 30");
      await page.getByLabel("Like: man, about 35").blur();
      await page.locator("[data-path=where_from] input").fill("Tarrin");
      await page.locator("[data-path=where_from] input").blur();
      await accessible(page, "typing from paper");
      await shot(page, "paper-form");
      await page.getByTestId("next").click();
      await page.getByTestId("number").waitFor();
      await page.getByTestId("next-in-family").click();
      await page.getByTestId("next-sibling").waitFor();
      await accessible(page, "next in this family");
      await shot(page, "family");
      await page.getByRole("checkbox", { name: /Another relative/ }).check();
      await page.getByTestId("next-sibling").click();
      await page.getByText("Copied from a child of the same family").first().waitFor();
      await page.locator("summary").click();
      await page.getByRole("combobox").first().waitFor();
      await fits(page, "interpreter");
      await accessible(page, "interpreter");
      await shot(page, "interpreter");
      await door(page, "paper");
      await page.getByText("1 of 2 typed").click();
      await page.getByTestId("paper-line").getByText("Yonas Tesfa").waitFor();
      await fits(page, "bundle");
      await accessible(page, "bundle");
      await shot(page, "paper");
    });
  });

  test(`papers and complaints at ${size[0]}`, async () => {
    await withCore(size, async (page) => {
      page.setDefaultTimeout(10_000);
      await begin(page);
      await door(page, "print/child");
      const number = await page.getByTestId("blank-number").textContent();
      assert.match(number, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
      await page.getByText("May we write this down here?").waitFor();
      await fits(page, "a blank form");
      await accessible(page, "a blank form");
      await shot(page, "blank");
      await page.getByRole("button", { name: "Another number" }).locator("visible=true").click();
      await page.waitForFunction((before) => document.querySelector("[data-testid=blank-number]")?.textContent !== before, number);
      // On the printer the sheet stands by itself.
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.getByText("May we write this down here?").isVisible(), true);
      assert.equal(await page.getByTestId("print").isVisible(), false);
      await page.emulateMedia({ media: "screen" });

      await door(page, "feedback");
      await page.getByText("It is not anonymous").waitFor();
      await page.locator("[data-path='feedback.kind'] select").selectOption({ label: "Complaint" });
      await page.locator("[data-path='feedback.about'] select").selectOption({ label: "Staff" });
      await page.getByTestId("staff").waitFor();
      assert.equal(await page.locator("[data-path='feedback.text']").count(), 0, "no place for words about staff");
      await fits(page, "feedback");
      await accessible(page, "feedback");
      await shot(page, "feedback");
      await page.getByTestId("keep-feedback").click();
      await page.getByText("Saved.").first().waitFor();

      await door(page, "register");
      await page.getByRole("radio", { name: /^Agreed/ }).click();
      await page.getByRole("radio", { name: "The child", exact: true }).click();
      await page.getByTestId("next").click();
      await page.getByTestId("name").fill("Samira Haidari");
      await page.getByTestId("name").blur();
      await page.getByRole("radio", { name: "Girl", exact: true }).click();
      await page.getByTestId("age").fill("9");
      await page.getByTestId("age").blur();
      if (size === PHONE) await page.getByTestId("next").click();
      await page.getByRole("button", { name: "No one to add" }).click();
      await page.getByTestId("next").click();
      await page.getByTestId("open-profile").click();
      await page.waitForFunction(() => location.hash.startsWith("#/child/"));
      const child = (await page.evaluate(() => location.hash)).split("/")[2];
      await door(page, `copy/${child}`);
      await page.getByTestId("copy-child").click();
      await page.getByText("This is your own copy").waitFor();
      await page.getByTestId("sheet").getByText("Samira Haidari").waitFor();
      await fits(page, "own copy");
      await accessible(page, "own copy");
      await shot(page, "copy");
    });
  });
}
