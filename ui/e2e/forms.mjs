// Forms are data: fields of each kind, added to a copy of the schema and nowhere else, typed into the real
// interface, seen after a reload, in the history and by Find.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { begin, register, withCore } from "./bridge.mjs";

async function day(box, ...parts) {
  for (const [at, part] of parts.entries()) {
    await box.locator("input").nth(at).fill(part);
    await box.locator("input").nth(at).blur();
  }
}

const own = new URL("../../schema", import.meta.url).pathname;

/** Kind, more about the field, how it is answered, how the record then reads it. */
const fields = [
  ["text", { search: "text" }, (box) => box.locator("input").fill("Blue kite"), /Blue kite/],
  ["note", { tier: "T3" }, (box) => box.locator("textarea").fill("Two lanterns"), /Two lanterns/],
  ["code", { codes: "sex" }, (box) => box.locator("select").selectOption("M"), /Boy/],
  ["set", { codes: "help_asked" }, (box) => box.getByRole("button", { name: "Food" }).click(), /Food/],
  ["bool3", {}, (box) => box.getByRole("radio", { name: "Yes" }).click(), /Yes/],
  ["int", {}, (box) => box.locator("input").fill("7"), /7/],
  ["date", {}, (box) => day(box, "1", "11", "2026"), /1 November 2026/],
  ["fuzzy_date", { tier: "T4" }, (box) => day(box, "", "", "2020"), /2020/],
  ["name", { search: "name" }, (box) => box.locator("input").fill("Leyla Ostari"), /Leyla Ostari/],
  ["place", { search: "text" }, (box) => box.locator("input").fill("Ostmere"), /Ostmere/],
  ["language", { codes: "language" }, (box) => box.locator("select").selectOption("prs"), /Dari/],
  ["instant", {}, (box) => box.locator("input").fill("2026-11-24T09:30"), /2026-11-24|24 November 2026/],
];

function grown() {
  const folder = mkdtempSync(join(tmpdir(), "tern-forms-"));
  for (const part of ["forms", "codelists", "locales"]) cpSync(join(own, part), join(folder, part), { recursive: true });
  const file = join(folder, "forms/child.v1.json");
  const form = JSON.parse(readFileSync(file, "utf8"));
  for (const [kind, more] of fields) form.sections[0].items.push({ id: `own_${kind}`, kind, tier: "T2", ...more });
  writeFileSync(file, JSON.stringify(form));
  const words = join(folder, "locales/en/forms.ftl");
  const labels = fields.map(([kind]) => `field-child-own_${kind} = Our question of kind ${kind}`).join("\n");
  writeFileSync(words, `${readFileSync(words, "utf8")}\n${labels}\n`);
  return folder;
}

test("a field of each kind appears, is answered, kept, found and remembered, with no code touched", async () => {
  const schema = grown();
  try {
    await withCore(
      [390, 844],
      async (page) => {
        page.setDefaultTimeout(10_000);
        await begin(page);
        await register(page, { name: "Samira Haidari" });
        await page.getByTestId("next").click();
        await page.getByTestId("open-profile").click();
        await page.getByTestId("tab-record").click();
        for (const [kind, , answer, reads] of fields) {
          await page.getByTestId(`edit-own_${kind}`).click();
          const box = page.locator(`[data-field=own_${kind}]`);
          await box.getByText(`Our question of kind ${kind}`).first().waitFor();
          await answer(box);
          await box.getByTestId("keep").click();
          await page.getByTestId(`edit-own_${kind}`).getByText(reads).waitFor();
        }
        await page.reload();
        await page.getByTestId("hold").dispatchEvent("pointerdown");
        await page.getByTestId("tab-record").click();
        for (const [kind, , , reads] of fields) await page.getByTestId(`edit-own_${kind}`).getByText(reads).waitFor();
        await page.getByTestId("tab-history").click();
        await page.getByTestId("change").nth(fields.length).waitFor();
        const told = await page.getByTestId("change").allTextContents();
        for (const [kind, , , reads] of fields) {
          assert.ok(told.some((text) => text.includes(`kind ${kind}`) && reads.test(text)), `${kind} stands in the history`);
        }
        for (const word of ["kite", "Ostmere", "Leyla"]) {
          await page.goto(page.url().replace(/#.*/, "#/find"));
          await page.getByTestId("find").fill(word);
          await page.getByTestId("child-line").first().waitFor();
        }
      },
      { schema },
    );
  } finally {
    rmSync(schema, { recursive: true, force: true });
  }
});
