// The profile of children whose lives are told in a file: each tab on a phone and on a laptop, by hand and by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WORDS, accessible, fits, withCore } from "./bridge.mjs";

const PHONE = [390, 844];
const LAPTOP = [1366, 768];
const TABS = ["overview", "record", "family", "documents", "history"];
const stories = "tests/stories/eight.yaml";

/** The core itself, as the page calls it. */
const core = (page, command, args = {}) =>
  page.evaluate(async ([command, args]) => {
    const reply = await (await fetch("/ipc", { method: "POST", body: JSON.stringify({ command, args }) })).json();
    if (reply.error) throw new Error(JSON.stringify(reply.error));
    return reply.ok;
  }, [command, args]);

async function enter(page) {
  page.setDefaultTimeout(30_000);
  await core(page, "unlock", { words: WORDS });
  await page.getByRole("heading", { name: "Today" }).waitFor();
}

/** Answers to a question are held back from now on; what it gives lets them go. */
async function late(page, command) {
  let free;
  const freed = new Promise((done) => (free = done));
  await page.route("**/ipc", async (route) => {
    if (route.request().postDataJSON().command === command) await freed;
    await route.continue();
  });
  return free;
}

async function open(page, story, tab = "overview") {
  const { hits } = await core(page, "find", { text: story, limit: 1 });
  const { id } = hits[0].child;
  await page.evaluate((to) => (location.hash = to), `#/child/${id}/${tab}`);
  await page.locator(`[data-testid=tab-${tab}][aria-current=page]`).waitFor();
  await page.getByTestId("child-name").waitFor();
  return id;
}

/** Types a day into the three boxes of "Show as of". */
async function asOf(page, day) {
  const [year, month, date] = day.split("-");
  await page.locator("#as-of").fill(date);
  await page.locator("#as-of-month").fill(month);
  await page.locator("#as-of-year").fill(year);
}

for (const size of [PHONE, LAPTOP]) {
  test(`each tab of four lives fits and is read aloud at ${size.join(" x ")}`, async () => {
    await withCore(size, async (page) => {
      await enter(page);
      for (const story of ["S02", "S03", "S04", "S07"]) {
        for (const tab of TABS) {
          await open(page, story, tab);
          await page.waitForTimeout(150);
          await fits(page, `${story} ${tab}`);
          if (story !== "S04") await accessible(page, `${story} ${tab}`);
        }
      }
    }, { stories });
  });
}

test("no tab is there before it is known which there are", async () => {
  await withCore(LAPTOP, async (page) => {
    await enter(page);
    const { hits } = await core(page, "find", { text: "S02", limit: 1 });
    const form = await late(page, "form");
    const told = page.waitForResponse((reply) => reply.url().endsWith("/ipc") && reply.request().postDataJSON().command === "child");
    await page.evaluate((to) => (location.hash = to), `#/child/${hits[0].child.id}/overview`);
    await (await told).finished();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const first = page.getByRole("navigation", { name: "Parts of the record" }).getByRole("link");
    assert.equal(await first.count(), 0);
    form();
    await page.getByTestId("tab-history").waitFor();
    assert.equal(await first.count(), TABS.length);
  }, { stories });
});

test("Alt and a digit open the tabs; a need is told by number keys, and taken back", async () => {
  await withCore(LAPTOP, async (page) => {
    await enter(page);
    await open(page, "S02");
    for (const [at, tab] of [...TABS.entries(), [0, "overview"]]) {
      await page.keyboard.press(`Alt+Digit${at + 1}`);
      await page.locator(`[data-testid=tab-${tab}][aria-current=page]`).waitFor();
    }
    const need = page.getByTestId("need-mhpss");
    const before = await page.getByTestId("needed-count").textContent();
    await need.focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("outcome-screened").waitFor();
    await page.keyboard.press("1");
    await page.getByTestId("cell-menu").waitFor({ state: "detached" });
    await page.getByTestId("needed-count").getByText(before, { exact: true }).waitFor({ state: "detached" });
    await page.getByTestId("timeline").getByText("First talk about how the child feels").waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByTestId("needed-count").getByText(before, { exact: true }).waitFor();
  }, { stories });
});

test("a relative is added, told apart by its line, kept with the child in both records; the family's death is silent", async () => {
  await withCore(LAPTOP, async (page) => {
    await enter(page);
    const other = await open(page, "S04");
    const id = await open(page, "S02", "family");
    await page.getByTestId("add-relative").click();
    await page.locator("[data-path='relations/+1/name'] input").first().fill("Fatima");
    await accessible(page, "a relative in a dialog");
    await page.getByTestId("row-keep").click();
    await page.getByTestId("person").getByText("Fatima").waitFor();
    await core(page, "edit_child", { ask: { id, heads: [], puts: { "relations/+1/kind": "brother", "relations/+1/child": other, "relations/+2/kind": "father", "relations/+2/life_status": "deceased" } } });
    await page.getByTestId("tab-overview").click();
    await page.reload();
    await page.getByTestId("hold").dispatchEvent("pointerdown");
    await page.getByTestId("tab-family").click();
    const people = page.getByTestId("person");
    await people.nth(2).waitFor();
    assert.equal(await page.getByTestId("graph").getByText(/died|deceased/i).count(), 0);
    await people.first().focus();
    await page.keyboard.press("ArrowDown");
    await page.getByTestId("who").waitFor();
    await page.getByTestId("together").click();
    await page.getByText(/It stands in both records/).waitFor();
    await fits(page, "family with a person");
    await accessible(page, "family with a person");
    await open(page, "S04");
    await page.getByRole("link", { name: "Not to be separated from" }).waitFor();
    await open(page, "S02", "family");
    assert.equal(await page.getByTestId("match").count(), 0, "closed for every child");
    await page.getByTestId("tracing-alone").click();
    await page.getByTestId("add-sought_persons").first().waitFor();
    await accessible(page, "looking for family");
    await people.first().click();
    await page.getByTestId("check-documents").click();
    await page.getByTestId("proposal").getByText("Another worker confirms it.").waitFor();
    assert.equal(await page.getByTestId("proposal-confirm").count(), 0, "nobody confirms what they proposed");
  }, { stories });
});

test("the record is read as it stood, a whole change is undone, and a search begins and ends", async () => {
  await withCore(PHONE, async (page) => {
    await enter(page);
    const id = await open(page, "S07");
    await core(page, "edit_child", { ask: { id, heads: [], puts: { where_from: "Ostra", birth_place: "Ostra" } } });
    await open(page, "S07", "history");
    await page.reload();
    await page.getByTestId("hold").dispatchEvent("pointerdown");
    await page.getByTestId("undo-change").first().click();
    await page.getByTestId("change").filter({ hasText: "put back" }).first().waitFor();
    const { fields } = await core(page, "child", { id });
    assert.ok(!fields.where_from && !fields.birth_place, "both answers are gone again");
    const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
    await asOf(page, today);
    await page.getByTestId("as-of-banner").waitFor();
    await fits(page, "as of a day");
    await accessible(page, "as of a day");
    await page.getByTestId("as-of-back").click();
    await page.getByTestId("change").first().waitFor();
    await asOf(page, "2001-01-01");
    await page.locator("[data-code=not-begun-then]").waitFor();

    await open(page, "S02");
    await page.getByTestId("child-menu").click();
    await page.getByTestId("act-missing").click();
    await accessible(page, "the menu");
    await page.getByTestId("act-words").fill("Karim, at supper");
    await page.getByTestId("act-keep").click();
    await page.getByTestId("notice-missing").getByText("Karim, at supper").waitFor();
    await page.getByTestId("child-menu").click();
    await page.getByTestId("act-found").click();
    await page.getByTestId("act-keep").click();
    await page.getByTestId("notice-missing").waitFor({ state: "detached" });
    await page.getByTestId("child-menu").click();
    await page.getByTestId("act-died").click();
    await page.getByTestId("act-words").fill("The hospital rang");
    await page.getByTestId("act-keep").click();
    await page.getByTestId("proposal").waitFor();
    assert.equal(await page.getByTestId("notice-death").count(), 0, "one worker's word ends no life");
    await page.getByTestId("need-guardian").waitFor();
    await fits(page, "a proposal on a phone");
  }, { stories });
});

test("turning 18 and an age in dispute are written down in their panels, and taken back", async () => {
  await withCore(PHONE, async (page) => {
    await enter(page);
    const id = await open(page, "S04");
    await core(page, "edit_child", { ask: { id, heads: [], puts: { dob: "2009-01-10" } } });
    await open(page, "S02");
    await open(page, "S04");
    await page.getByTestId("open-turning_18").click();
    await page.locator("[data-path='majority.continues'] select").selectOption("adult_service");
    await page.getByTestId("passage-ask").click();
    await page.locator("[data-path='consents/+1/purpose'] select").selectOption("services_referral");
    await fits(page, "turning 18");
    await accessible(page, "turning 18");
    await page.getByTestId("passage-keep").click();
    await page.getByTestId("passage-turning_18").waitFor({ state: "detached" });
    const { fields } = await core(page, "child", { id });
    assert.equal(fields["majority.continues"].value, "adult_service");
    const given = Object.entries(fields).filter(([path, held]) => /^consents\/.*\/given_by$/.test(path) && held.value === "child");
    assert.equal(given.length, 1, "the young person is asked, and nobody for them");

    await page.getByTestId("child-menu").click();
    await page.getByTestId("menu-age_dispute").click();
    await page.locator("[data-path='age_disputes/+1/says'] input").fill("older than 18");
    await page.locator("[data-path='age_disputes/+1/child_says'] textarea").fill("My mother knows the year.");
    await fits(page, "an age in dispute");
    await accessible(page, "an age in dispute");
    await page.getByTestId("passage-keep").click();
    await page.getByTestId("notice-age_dispute").getByText("Protected as a child meanwhile").waitFor();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByTestId("notice-age_dispute").waitFor({ state: "detached" });
  }, { stories });
});

test("a child joins a household, another moves in, all move, and the last move is taken back", async () => {
  await withCore(LAPTOP, async (page) => {
    await enter(page);
    const other = await open(page, "S04");
    const id = await open(page, "S03", "family");
    const start = () => page.getByTestId("household-open").click();
    const done = () => page.getByTestId("household").waitFor({ state: "detached" });
    const home = async (child) => (await core(page, "family", { id: child })).household;
    await start();
    await page.getByTestId("household-join").click();
    await page.getByTestId("household-name").fill("Tent 14");
    await page.getByTestId("household-do").click();
    await done();
    await start();
    await page.getByTestId("household-in").click();
    await page.locator("#household-child").fill("S04");
    await page.getByRole("option").first().waitFor();
    await accessible(page, "choosing who moves in");
    await page.keyboard.press("Enter");
    await page.getByTestId("household-do").click();
    await done();
    assert.deepEqual([(await home(id)).name, (await home(other)).name], ["Tent 14", "Tent 14"]);
    await start();
    await fits(page, "a household");
    await accessible(page, "a household");
    await page.getByTestId("household-whole").click();
    await page.getByTestId("household-name").fill("Pier house");
    await page.getByTestId("household-do").click();
    await done();
    assert.deepEqual([(await home(id)).name, (await home(other)).name], ["Pier house", "Pier house"]);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText("Lives together: Tent 14").waitFor();
    assert.equal((await home(other)).name, "Tent 14");
    await start();
    await page.getByTestId("household-out").last().click();
    await done();
    assert.equal(await home(other), null, "who was taken out lives there no more");
  }, { stories });
});
