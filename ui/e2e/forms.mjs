// Forms are data: a field of each kind, added to a copy of `schema/` and nowhere else, is asked in the window, answered
// twice through the real controls, there after a reload, in the history with before and after, and found.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { begin, register, withCore } from "./bridge.mjs";
import { fillRecord, registered } from "./fill.mjs";

const PHONE = [390, 844];
const LAPTOP = [1366, 768];
const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const at = (path) => new URL(`../../${path}`, import.meta.url).pathname;
const fixture = JSON.parse(readFileSync(at("tests/golden/forms/one-of-each.json"), "utf8"));
const words = readFileSync(at("tests/golden/forms/one-of-each.ftl"), "utf8");
const labels = Object.fromEntries(words.split("\n").filter((line) => line.includes(" = ")).map((line) => line.split(" = ")));
const label = (field) => labels[`field-child-${field.id.replaceAll(".", "_")}`];

/** A copy of the schema with the fields in it. Only JSON and Fluent are written. */
function grown() {
  const folder = mkdtempSync(join(tmpdir(), "tern-forms-"));
  for (const part of ["forms", "codelists", "locales"]) cpSync(join(at("schema"), part), join(folder, part), { recursive: true });
  const file = join(folder, "forms/child.v1.json");
  const form = JSON.parse(readFileSync(file, "utf8"));
  const items = [...fixture.fields.map(({ field }) => field), fixture.list, fixture.blob];
  form.sections.push({ id: fixture.section, items });
  form.pages.find((page) => page.id === fixture.page.id).items.push(...fixture.page.items);
  writeFileSync(file, JSON.stringify(form));
  writeFileSync(join(folder, `codelists/${fixture.codelist.list}.json`), JSON.stringify(fixture.codelist));
  writeFileSync(join(folder, "locales/en/one-of-each.ftl"), words);
  return folder;
}

/** Answers through the control of the kind. */
async function answer(box, kind, typed) {
  if (kind === "date" || kind === "fuzzy_date") {
    for (const part of ["Day", "Month", "Year"]) await box.getByLabel(part, { exact: true }).fill(typed[part] ?? "");
  } else if (kind === "set") {
    await box.getByRole("button", { name: typed, exact: true }).click();
  } else if (kind === "bool3" || (kind === "code" && (await box.getByRole("radio").count()) > 0)) {
    await box.getByRole("radio", { name: typed, exact: true }).click();
  } else if (kind === "ref") {
    await box.locator("input[role=combobox]").fill(typed);
    await box.getByRole("option", { name: typed }).click();
  } else if (kind === "language" || (kind === "code" && (await box.locator("input[role=combobox]").count()) > 0)) {
    await box.locator("input[role=combobox]").fill(typed);
    await box.getByRole("option", { name: typed, exact: true }).click();
  } else if (kind === "code") {
    await box.getByRole("combobox").selectOption({ label: typed });
  } else {
    await box.locator("input, textarea").fill(typed);
  }
}

/** How the record reads an answer: a member that was taken out is no longer there. */
const reads = (field, said) => (field.kind === "set" && said.json === false ? "Not asked yet" : said.reads);

async function door(page, name) {
  await page.goto(page.url().replace(/#.*/, `#/${name}`));
}

async function finds(page, word, number) {
  await door(page, "find");
  await page.getByTestId("find").fill(word);
  // What was opened last stands there until the answer comes.
  await page.getByRole("status").filter({ hasText: /\d/ }).waitFor();
  await page.getByTestId("child-line").first().waitFor();
  assert.equal(await page.getByTestId("child-line").count(), 1, word);
  await page.getByTestId("child-line").getByText(number).waitFor();
}

test("a field of each kind is asked, answered, kept, found and remembered, with no code touched", async () => {
  const schema = grown();
  try {
    await withCore(PHONE, (page) => story(page), { schema });
  } finally {
    rmSync(schema, { recursive: true, force: true });
  }
});

async function story(page) {
  page.setDefaultTimeout(20_000);
  await begin(page);
  // What points to a child is found and shown by the child's name.
  for (const { answers } of fixture.fields.filter(({ field }) => field.kind === "ref")) {
    for (const [at, name] of ["Mirwais Ahmadzai", "Olha Bondar"].entries()) Object.assign(answers[at], { type: name, reads: await registered(page, name) });
  }
  await register(page, { name: "Samira Haidari" });
  const [kite] = fixture.fields;
  const asked = page.locator(`[data-path="${kite.field.id}"]`);
  await asked.getByText(labels["hint-child-own_kite"]).waitFor();
  await answer(asked, kite.field.kind, kite.answers[0].type);
  await asked.locator("input").blur();
  await page.getByTestId("next").click();
  const number = await page.getByTestId("number").textContent();
  await page.getByTestId("open-profile").click();
  await page.getByTestId("tab-record").click();
  const open = () => page.getByRole("button", { name: labels[`section-child-${fixture.section}`] }).click();
  const unlock = async () => {
    await page.getByTestId("reason").fill("a test");
    await page.getByTestId("open-restricted").click();
    await page.getByTestId("reason").waitFor({ state: "detached" });
  };
  await unlock();
  await open();
  const line = (field) => page.getByTestId(`edit-${field.id}`);
  await line(kite.field).getByText(kite.answers[0].reads).waitFor();

  for (const { field, answers } of fixture.fields) {
    for (const said of field === kite.field ? answers.slice(1) : answers) {
      await line(field).click();
      const item = page.locator(`[data-field="${field.id}"]`);
      await item.getByText(label(field)).first().waitFor();
      await answer(item.locator(`[data-path="${field.id}"]`), field.kind, said.type);
      await item.getByTestId("keep").click();
      await line(field).getByText(reads(field, said), { exact: true }).waitFor();
    }
  }
  const list = page.locator(`[data-field="${fixture.list.list}"]`);
  const thing = async (typed) => {
    await list.locator("[data-path$='/thing'] input").fill(typed);
    await list.getByTestId("keep").click();
    // Kept is when the boxes are gone; before, the words found may be those that go with them.
    await list.locator("[data-path$='/thing'] input").waitFor({ state: "detached" });
    await list.getByText(typed).waitFor();
  };
  await list.getByRole("button", { name: "Add a thing" }).click();
  await list.locator("[data-path$='/how_many'] input").fill(String(fixture.row.how_many));
  await thing(fixture.row.thing);
  await list.getByText(fixture.row.thing).click();
  await thing(fixture.row.then);

  await page.reload();
  await page.getByTestId("hold").dispatchEvent("pointerdown");
  await unlock();
  await open();
  for (const { field, answers } of fixture.fields) await line(field).getByText(reads(field, answers[1]), { exact: true }).waitFor();
  await list.getByText(fixture.row.then).waitFor();
  await list.getByText(`${fixture.row.then} · ${labels["field-child-own_things-how_many"]}: ${fixture.row.how_many}`, { exact: true }).waitFor();

  await page.getByTestId("tab-history").click();
  await page.getByTestId("history-alone").click();
  // What is restricted is in no history that is open.
  for (const { field, answers } of fixture.fields.filter(({ field }) => field.tier !== "T4")) {
    const put = page.getByTestId("change").locator("li").filter({ hasText: label(field) }).first();
    const [before, after] = [put.locator(".was"), put.locator(".is")];
    await before.getByText(answers[0].reads).waitFor();
    await after.getByText(answers[1].reads).waitFor();
  }
  const row = page.getByTestId("change").locator("li").filter({ hasText: labels["field-child-own_things-thing"] });
  await row.filter({ hasText: fixture.row.thing }).filter({ hasText: fixture.row.then }).first().waitFor();

  for (const word of [...fixture.fields.map(({ find }) => find).filter(Boolean), fixture.row.find]) await finds(page, word, number);
}

/** The record of a child with every question answered that one worker may answer alone. */
async function filled(page) {
  page.setDefaultTimeout(20_000);
  await begin(page);
  await register(page, { name: "Selam Gebre" });
  await page.getByTestId("next").click();
  await page.getByTestId("open-profile").click();
  await page.getByTestId("tab-record").click();
  const id = /#\/child\/([^/]+)/.exec(page.url())[1];
  const { rows } = await fillRecord(page, id);
  await page.reload();
  await page.getByTestId("hold").dispatchEvent("pointerdown");
  await page.getByTestId("section-identity").waitFor();
  return rows;
}

/** Nothing is wider than the screen, and axe finds nothing serious. */
async function sound(page, where) {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll("section.panel *")].filter((el) => {
      const box = el.getBoundingClientRect();
      return box.width > 0 && box.right > innerWidth + 1 && !el.closest(".secs, .tabs, .sr");
    }).map((el) => `${el.tagName}.${el.className}`.slice(0, 60)));
  assert.deepEqual(wide.slice(0, 3), [], `${where}: wider than the screen`);
  const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"] })).violations
    .filter((violation) => ["serious", "critical"].includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.nodes[0].html.slice(0, 160)}`));
  assert.deepEqual(found, [], where);
}

for (const size of [PHONE, LAPTOP]) {
  test(`every section of a full record is sound at ${size.join(" by ")}, closed and while it is answered`, async () => {
    await withCore(size, async (page) => {
      const rows = await filled(page);
      assert.ok(Object.values(rows).filter(Boolean).length > 45, "most lists have a row");
      await page.evaluate(axe);
      const sections = await page.locator("[data-testid^=section-]").evaluateAll((all) => all.map((one) => one.dataset.testid));
      assert.equal(sections.length, 12);
      for (const section of sections) {
        await page.getByTestId(section).click();
        await sound(page, section);
        const line = page.locator("section.panel [data-row] > button.line").first();
        if ((await line.count()) === 0) continue;
        await line.click();
        await page.locator("form.editing").waitFor();
        await sound(page, `${section}, a row open`);
        await page.keyboard.press("Escape");
        await page.locator("form.editing").waitFor({ state: "detached" });
      }
    });
  });
}

test("what happened to a service is added inside it by keyboard alone, stands as it was said, and can be taken back", async () => {
  await withCore(LAPTOP, async (page) => {
    await filled(page);
    await page.getByTestId("section-services").click();
    const events = page.locator("[data-row^='service_events/']");
    assert.equal(await events.count(), 1);
    // One press adds; the first box has the focus.
    await page.getByTestId("add-service_events").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("ref");
    await page.getByRole("option", { name: "Referred" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    for (const part of ["1", "10", "2026"]) {
      await page.keyboard.type(part);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await events.nth(1).waitFor();
    // In the order of their days, not of their typing; the focus is back where it came from.
    assert.match(await events.first().textContent(), /Referred, no answer yet · 1 October 2026/);
    await page.waitForFunction(() => document.activeElement?.dataset.testid === "add-service_events");
    // It is added to, and not changed: an opened entry has no box, and can only be taken out.
    await events.first().locator("button.line").focus();
    await page.keyboard.press("Enter");
    await page.locator("form.editing").waitFor();
    assert.equal(await page.locator("form.editing :is(input, select, textarea)").count(), 0);
    await page.getByTestId("out-typed_by_mistake").click();
    await page.waitForFunction(() => document.querySelectorAll("[data-row^='service_events/']").length === 1);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await events.first().getByText("Referred, no answer yet · 1 October 2026").waitFor();
  });
});

test("a place is begun from the box that points to it, and shown by its name", async () => {
  await withCore(PHONE, async (page) => {
    page.setDefaultTimeout(20_000);
    await begin(page);
    const go = (to) => page.evaluate((to) => (location.hash = to), `#/${to}`);
    await go("things/visit/new");
    await page.getByRole("combobox").fill("Pier house");
    await page.getByRole("option", { name: /Pier house/ }).click();
    await page.getByTestId("begin").click();
    await page.getByTestId("thing-title").getByText("Pier house").waitFor();
    await go("things/facility");
    await page.getByTestId("thing-line").getByText("Pier house").click();
    await page.getByTestId("add-capacity").click();
    const count = async (field, number) => page.locator(`[data-path$='/${field}'] input`).fill(number);
    for (const part of [["Day", "3"], ["Month", "11"], ["Year", "2026"]]) await page.locator("[data-path$='/at']").getByLabel(part[0], { exact: true }).fill(part[1]);
    await count("places_children", "24");
    await count("occupied_children", "18");
    await page.getByTestId("keep").click();
    await page.getByText("18 of 24 places taken (75%)").waitFor();
  });
});
