// Forms are data: a field of each kind, added to a copy of `schema/` and nowhere else, is asked in the window, answered
// twice through the real controls, there after a reload, in the history with before and after, and found.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { begin, register, withCore } from "./bridge.mjs";

const PHONE = [390, 844];
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
  } else if (kind === "code" || kind === "language") {
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
  await list.getByText(String(fixture.row.how_many), { exact: true }).waitFor();

  await page.getByTestId("tab-history").click();
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
