// Two devices that worked apart answer differently; files bring them together, and a person says which answer holds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, begin, register, settled, withCore } from "./bridge.mjs";
import { LAPTOP, PHONE, admit, go, look, read, write } from "./people.mjs";

/** Work goes from one screen to the other by a file. */
async function carry(from, home, to) {
  await go(from, "sync");
  await from.getByTestId("work-write").waitFor();
  const file = await write(from, home);
  await go(to, "sync");
  await to.getByTestId("work-file").waitFor({ state: "attached" });
  await read(to, file, "Read.");
  await settled(to);
}

const child = async (page) => (await ask(page, "find", { text: "Samira", limit: 5 })).hits[0].child.id;
const edit = (page, id, puts) => ask(page, "edit_child", { ask: { id, heads: [], puts } });

test("answers that differ are settled one by one, by keys, and taken back whole", async () => {
  await withCore(LAPTOP, async (boss, { home }) => {
    await begin(boss);
    await register(boss, { name: "Samira" });
    const id = await child(boss);
    await withCore(PHONE, async (tablet, { home: there }) => {
      await admit(boss, tablet, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_supervisor"] });
      await tablet.getByRole("heading", { name: "Today" }).waitFor();
      await carry(boss, home, tablet);
      await go(tablet, "conflicts");
      await tablet.getByTestId("conflicts-none").waitFor();
      await look(tablet, "conflicts-none");
      const name = Object.keys((await ask(boss, "child", { id })).fields).find((path) => /^names\/.*\/name$/.test(path));
      await edit(boss, id, { [name]: { text: "Samira Haidari" }, sex: "M", birth_country: "QME", dob: { year: 2015 } });
      await edit(tablet, id, { [name]: { text: "Samira Heydari", source: "document" }, sex: "X", birth_country: "QMV", dob: { date: "2014-02-03" } });
      await carry(tablet, there, boss);
      await carry(boss, home, tablet);

      // At the laptop, by keys: nothing is chosen before, and L locks nothing here.
      await go(boss, "more");
      await boss.getByTestId("more-conflicts").waitFor();
      await boss.keyboard.press("g");
      await boss.keyboard.press("c");
      await boss.getByTestId("conflict").first().waitFor();
      await settled(boss);
      assert.equal(await boss.getByTestId("conflict").count(), 3);
      assert.equal(await boss.locator("[role=radio][aria-checked=true]").count(), 0);
      assert.equal(await boss.getByTestId("conflict-use").textContent(), "Choose one first");
      assert.ok(await boss.getByTestId("conflict-use").isDisabled());
      assert.equal(await boss.getByTestId("claims").locator("li").count(), 2);
      // Whoever gave the other answer is named, with where to ask; nobody is told to ask themselves.
      assert.equal(await boss.getByTestId("conflict-ask").count(), 3);
      assert.match(await boss.getByTestId("conflict-ask").first().textContent(), /Ask Karim Daud on Velmar tablet 2 first: last heard from /);
      await look(boss, "conflicts");
      await boss.getByTestId("conflict").filter({ hasText: "Samira Heydari" }).getByTestId("conflict-both").click();
      await boss.locator("[data-path=sex]").getByTestId("voice").first().focus();
      await boss.keyboard.press("2");
      await look(boss, "conflicts-chosen");
      await boss.keyboard.press("Control+Enter");
      await boss.getByTestId("conflict").nth(1).waitFor({ state: "detached" });
      const shown = (await ask(boss, "child", { id })).fields;
      assert.equal(Object.keys(shown).filter((path) => /^names\/.*\/name$/.test(path)).length, 2);
      assert.equal(shown.sex.state, "settled");
      await boss.keyboard.press("Control+z");
      await boss.getByTestId("conflict").nth(2).waitFor();
      const again = (await ask(boss, "child", { id })).fields;
      assert.deepEqual([again.sex.state, again[name].state], ["disputed", "disputed"]);
      await boss.keyboard.press("l");
      await boss.getByRole("heading", { name: "Today" }).waitFor();

      // On the tablet one field at a time, until nothing is left.
      await carry(boss, home, tablet);
      // The record says so before anything is read in it.
      await go(tablet, `child/${id}/overview`);
      const top = async (part) => (await tablet.getByTestId(part).boundingBox()).y;
      await tablet.getByTestId("need-shelter").waitFor();
      assert.ok((await top("to-conflicts")) < (await top("need-shelter")), "two answers are told first");
      await look(tablet, "child-disputed");
      await go(tablet, "conflicts");
      await tablet.getByTestId("conflict").waitFor();
      await look(tablet, "conflicts-phone");
      for (let left = 3; left > 0; left -= 1) {
        await tablet.getByTestId("voice").first().click();
        if (left === 3) await look(tablet, "conflicts-phone-chosen");
        await tablet.getByTestId("conflict-use").click();
        if (left > 1) await tablet.getByText(left === 3 ? "Field 1 of 2" : "1 field to settle").waitFor();
      }
      await tablet.getByTestId("conflicts-none").waitFor();
      await carry(tablet, there, boss);
      await go(boss, "conflicts");
      await boss.getByTestId("conflicts-none").waitFor();
    });
  }, { theme: "dark" });
});

test("a pair that may be one child is linked where it is shown, another worker confirms it, and each record leads to the other", async () => {
  await withCore(PHONE, async (boss, { home }) => {
    await begin(boss);
    for (let times = 0; times < 2; times += 1) {
      await register(boss, { name: "Samira Haidari" });
      await boss.getByTestId("next").click();
      await boss.getByTestId("number").waitFor();
      await go(boss, "today");
    }
    const [one, other] = (await ask(boss, "find", { text: "Samira", limit: 5 })).hits.map((hit) => hit.child.id);
    await withCore(LAPTOP, async (tablet) => {
      await admit(boss, tablet, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_supervisor"] });
      await tablet.getByRole("heading", { name: "Today" }).waitFor();
      await go(boss, `child/${one}/overview`);
      await boss.getByRole("button", { name: "I am alone with the screen" }).click();
      await look(boss, "same-open");
      await boss.getByTestId("same-link").click();
      await boss.getByTestId("same-proposed").waitFor();
      await carry(boss, home, tablet);
      await go(tablet, `child/${one}/overview`);
      await tablet.getByRole("button", { name: "Confirm" }).click();
      await tablet.getByTestId("linked-record").waitFor();
      await look(tablet, "linked-record");
      await tablet.getByTestId("linked-record").click();
      await tablet.waitForFunction((id) => location.hash.includes(id), other);
      await tablet.locator(`[data-testid=linked-record][href="#/child/${one}"]`).waitFor();
      await look(tablet, "linked-back");
    });
  });
});
