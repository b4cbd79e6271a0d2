// Devices side by side: one invites and the other joins, one is lost and says so, words are forgotten and come back by two
// coordinators, a device travels. Pieces go by text, and as pictures off the other screen.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ask, begin, register, typeWords, withCore } from "./bridge.mjs";
import { LAPTOP, TABLET, PHONE, look, go, pieceOf, give, pictures, film, wordsOf, compare, draw, admit, share } from "./people.mjs";

test("a device is invited by pictures, joins, is lost, and says that it is out", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await go(boss, "people");
    await boss.getByTestId("nag-one").waitFor();
    await look(boss, "people-alone");
    await withCore(PHONE, async (fresh, { home }) => {
      const { words } = await admit(boss, fresh, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_worker"], by: "pictures", looks: true });
      await fresh.getByRole("heading", { name: "Today" }).waitFor();
      await go(fresh, "people");
      await fresh.getByTestId("person").first().waitFor();
      assert.equal(await fresh.getByTestId("people-add").count(), 0, "a case worker admits nobody");
      await look(fresh, "people-worker-sees");
      await go(boss, "people");
      await boss.getByTestId("person").nth(1).waitFor();
      await look(boss, "people");
      await boss.locator("[data-testid=seat]", { hasText: "Velmar tablet 2" }).click();
      await boss.getByTestId("seat-change").click();
      await look(boss, "seat-change");
      await boss.getByTestId("role-health").click();
      await boss.getByTestId("seat-keep").click();
      await boss.getByTestId("seat-out-go").waitFor();
      await look(boss, "seat");
      await boss.getByTestId("seat-out-go").click();
      await boss.getByTestId("reason-stolen").click();
      await look(boss, "take-out");
      await boss.getByTestId("out-do").click();
      await boss.getByTestId("taken-out").waitFor();
      await look(boss, "taken-out");
      await boss.getByTestId("out-tell").click();
      await boss.getByTestId("piece").waitFor();
      await look(boss, "members");
      const list = await pieceOf(boss);
      // The last child is registered before the tablet hears of it.
      await go(fresh, "today");
      await register(fresh, { name: "Samira Haidari" });
      await fresh.getByTestId("next").click();
      await fresh.getByTestId("number").waitFor();
      await go(fresh, "people/members");
      await fresh.getByTestId("piece").waitFor();
      await give(fresh, list);
      await fresh.getByTestId("removed").waitFor();
      await look(fresh, "removed");
      assert.equal(await fresh.getByText("Velmar").count(), 0, "a device that is out shows nothing");
      await fresh.getByTestId("removed-mistake").click();
      await give(fresh, list);
      await fresh.getByText("Read another file").waitFor();
      await look(fresh, "removed-mistake");
      await fresh.getByText("Another worker of this device").click();
      await typeWords(fresh, words);
      await fresh.getByTestId("last-work").click();
      await look(fresh, "last-work-words");
      await typeWords(fresh, words);
      await fresh.getByTestId("last-work-here").waitFor();
      await fresh.getByText("about 1 child").waitFor();
      assert.equal(await fresh.getByText("Samira").count(), 0, "a number is told, and nobody's name");
      await look(fresh, "last-work");
      await fresh.getByTestId("last-work-write").click();
      await fresh.getByTestId("last-work-written").waitFor();
      await look(fresh, "last-work-written");
      await fresh.setViewportSize({ width: LAPTOP[0], height: LAPTOP[1] });
      await look(fresh, "last-work-written");
      await fresh.setViewportSize({ width: PHONE[0], height: PHONE[1] });
      await fresh.getByTestId("last-work-leave").click();
      await fresh.getByTestId("last-work").waitFor();
      const [file] = readdirSync(home).filter((name) => name.startsWith("tern-last-work"));
      await go(boss, "sync");
      await boss.getByTestId("work-file").setInputFiles(join(home, file));
      await boss.getByTestId("work-look").scrollIntoViewIfNeeded();
      await look(boss, "sync-last-work");
      await boss.getByTestId("work-look").click();
      await boss.getByTestId("review").first().waitFor();
      await look(boss, "review-last-work");
      for (let left = await boss.getByTestId("review").count(); left > 0; left -= 1) {
        await boss.getByTestId("review-take").first().click();
        await boss.getByTestId("review").nth(left - 1).waitFor({ state: "detached" });
      }
      await go(boss, "find");
      await boss.getByTestId("find").fill("samira");
      await boss.getByTestId("child-line").first().waitFor();
    });
  });
});

test("an invitation is read by a camera from the other screen", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tern-film-"));
  try {
    await withCore(LAPTOP, async (boss) => {
      await begin(boss);
      await go(boss, "people/add");
      await boss.getByTestId("add-invite").click();
      await boss.getByTestId("piece-code").waitFor();
      const path = join(folder, "screen.y4m");
      await film(boss, path);
      await withCore(PHONE, async (fresh) => {
        await fresh.getByTestId("way-join").click();
        await fresh.getByTestId("piece-camera").click();
        await fresh.getByTestId("join-device").waitFor();
      }, { film: path });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("words that were forgotten come back by two coordinators; a border checker sees cards alone", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await withCore(TABLET, async (second) => {
      await admit(boss, second, { worker: "Amina Saleh", device: "Amina's laptop", roles: ["coordinator"], site: true });
      await second.getByRole("heading", { name: "Today" }).waitFor();
      await withCore(PHONE, async (third) => {
        await admit(boss, third, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["border_checker"], site: true });
        await third.getByRole("heading", { name: "Card check" }).waitFor();
        await look(third, "cards");
        assert.equal(await third.getByRole("link", { name: "Today" }).count(), 0);
        await go(third, "people");
        await third.getByRole("heading", { name: "Card check" }).waitFor();
        await share(boss, second);
        await share(second, boss);
        // Halves are laid in the coordinators' hands at the next unlock.
        await share(boss, third);
        await third.getByRole("button", { name: "Lock" }).first().click();
        await third.getByTestId("forgot").click();
        await third.getByTestId("recover").waitFor();
        await look(third, "recover");
        await third.getByTestId("recover-two").click();
        await third.getByTestId("recover-ask").waitFor();
        await look(third, "recover-ask");
        const check = await wordsOf(third);
        for (const [at, helper] of [boss, second].entries()) {
          await go(helper, "people/approve");
          if (at === 0) await look(helper, "approve");
          await give(helper, await pieceOf(third));
          await helper.getByTestId("approve-whose").waitFor();
          await compare(helper, check);
          if (at === 0) await look(helper, "approve-whose");
          await helper.getByTestId("approve-do").click();
          await helper.getByTestId("approved").waitFor();
          if (at === 0) await look(helper, "approved");
          await give(third, await pieceOf(helper));
          if (at === 0) await third.getByText("1 of 2 coordinators").waitFor();
        }
        const words = await draw(third, false);
        await third.getByTestId("recovered").waitFor();
        await look(third, "recovered");
        await typeWords(third, words);
        await third.getByRole("heading", { name: "Card check" }).waitFor();
      });
    });
  });
});

test("a device travels without keys and has them back from a coordinator", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await withCore(TABLET, async (other) => {
      const { words } = await admit(boss, other, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_worker"] });
      await other.getByRole("heading", { name: "Today" }).waitFor();
      // Nobody could give the only coordinator's device its keys back: said before anything is asked.
      await go(boss, "travel");
      await boss.getByTestId("travel-alone").waitFor();
      assert.equal(await boss.getByTestId("travel-go").count(), 0);
      await look(boss, "travel-alone");
      await go(other, "travel");
      await other.getByTestId("travel-unsent").waitFor();
      await look(other, "travel");
      await other.getByTestId("travel-known").click();
      await other.getByTestId("travel-go").click();
      await other.getByTestId("travel-yes").waitFor();
      await look(other, "travel-asked");
      await other.getByTestId("travel-yes").click();
      await other.getByTestId("travelling").waitFor();
      await look(other, "travelling");
      await other.getByTestId("travel-arrived").click();
      await other.getByTestId("travel-ask").waitFor();
      await look(other, "travel-ask");
      await go(boss, "people/approve");
      await give(boss, await pieceOf(other));
      await boss.getByTestId("approve-whose").waitFor();
      await look(boss, "approve-travelled");
      await compare(boss, await wordsOf(other));
      await boss.getByTestId("approve-do").click();
      await boss.getByTestId("approved").waitFor();
      await give(other, await pieceOf(boss));
      await other.getByTestId("word").waitFor();
      await typeWords(other, words);
      await other.getByRole("heading", { name: "Today" }).waitFor();
    });
  });
});

test("a lost tablet goes whole, and the screen says who is affected", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await withCore(PHONE, async (fresh) => {
      await admit(boss, fresh, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["coordinator", "case_worker"], site: true });
      await fresh.getByRole("heading", { name: "Today" }).waitFor();
      await go(fresh, "people/worker");
      await fresh.getByTestId("who-name").fill("Olena Savchuk");
      await fresh.getByTestId("role-registrar").click();
      await fresh.getByTestId("where").selectOption({ index: 1 });
      await fresh.getByTestId("worker-next").click();
      await fresh.getByTestId("worker-here").click();
      await draw(fresh);
      await fresh.getByTestId("worker-done").waitFor();
      await share(fresh, boss);
      for (const [page, name] of [[boss, "laptop"], [fresh, "phone"]]) {
        await go(page, "people");
        await page.locator("[data-testid=person]", { hasText: page === boss ? "Olena" : "Leila" }).getByTestId("seat").click();
        await page.getByTestId("seat-out-go").click();
        await page.getByTestId("reason-left").click();
        if (page === fresh) assert.equal(await page.getByTestId("out-device").count(), 0, "nobody else works on that one");
        else {
          assert.equal(await page.getByTestId("out-seat").getAttribute("aria-checked"), "true");
          await look(page, "take-out-one");
        }
        await page.getByTestId("reason-lost").click();
        await look(page, `take-out-${name}`);
      }
      assert.equal(await boss.getByTestId("out-device").getAttribute("aria-checked"), "true");
      assert.equal(await boss.getByTestId("out-affected").locator("li").count(), 2);
      await boss.setViewportSize({ width: PHONE[0], height: PHONE[1] });
      await look(boss, "take-out-device");
      await boss.getByTestId("out-do").click();
      await boss.getByTestId("taken-out").waitFor();
      await look(boss, "taken-out-device");
      const people = await ask(boss, "people");
      const out = people.members.filter((member) => member.removed !== null).map((member) => member.worker);
      assert.deepEqual(out.sort(), ["Karim Daud", "Olena Savchuk"]);
    });
  });
});

test("a further worker joins a shared tablet on which nobody may admit", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await withCore(PHONE, async (tablet) => {
      await admit(boss, tablet, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_worker"], site: true });
      await tablet.getByRole("heading", { name: "Today" }).waitFor();
      await go(tablet, "people");
      await tablet.getByTestId("people-worker").click();
      await tablet.getByTestId("piece-in").waitFor();
      await look(tablet, "beside-invitation");
      const invitation = (await ask(boss, "invite", { hours: 2 })).text;
      await give(tablet, invitation);
      await tablet.getByTestId("beside-here").waitFor();
      await look(tablet, "beside-hand");
      await tablet.getByTestId("beside-here").click();
      const words = await draw(tablet);
      await tablet.getByTestId("beside-waiting").waitFor();
      await look(tablet, "beside-waiting");
      const check = await wordsOf(tablet);
      // Work goes on, and what waits is found again.
      await go(tablet, "today");
      await tablet.getByRole("heading", { name: "Today" }).waitFor();
      await go(tablet, "people/worker");
      await tablet.getByTestId("beside-waiting").waitFor();
      await go(boss, "people");
      await boss.getByTestId("people-add").click();
      await boss.getByTestId("add-have-request").click();
      await give(boss, await pieceOf(tablet));
      await boss.getByTestId("add-beside").waitFor();
      await boss.getByTestId("who-name").fill("Olena Savchuk");
      await boss.getByTestId("role-registrar").click();
      await boss.getByTestId("where").selectOption({ index: 1 });
      await look(boss, "add-who-beside");
      await boss.getByTestId("add-next").click();
      await compare(boss, check);
      await boss.getByTestId("add-admit").click();
      await boss.getByTestId("add-admitted").waitFor();
      await tablet.getByTestId("beside-open").click();
      await give(tablet, await pieceOf(boss));
      await tablet.getByTestId("beside-done").waitFor();
      await look(tablet, "beside-done");
      await tablet.getByTestId("beside-lock").click();
      await tablet.getByTestId("word").waitFor();
      await typeWords(tablet, words);
      await tablet.getByRole("heading", { name: "Today" }).waitFor();
      const people = await ask(tablet, "people");
      const here = people.members.filter((member) => member.device === "Velmar tablet 2");
      assert.deepEqual(here.map((member) => [member.worker, member.me]), [["Karim Daud", false], ["Olena Savchuk", true]]);
      // What came to nothing is given up.
      await go(tablet, "people/worker");
      await give(tablet, (await ask(boss, "invite", { hours: 2 })).text);
      await tablet.getByTestId("beside-here").click();
      await draw(tablet);
      await tablet.getByTestId("beside-give-up").click();
      await tablet.getByTestId("beside-give-up-yes").click();
      await tablet.getByTestId("piece-in").waitFor();
      assert.deepEqual(await ask(tablet, "besides"), []);
    });
  });
});

test("a sheet is made, tried, and begins again where every coordinator is lost; a further worker has own words", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await go(boss, "people/sheet");
    await boss.getByTestId("sheet-make").waitFor();
    await look(boss, "sheet");
    await boss.getByTestId("sheet-make").click();
    await boss.getByTestId("sheet-page-1").waitFor();
    await look(boss, "sheet-pages");
    const pages = [];
    for (const at of [0, 1]) pages.push((await boss.getByTestId(`sheet-page-${at}`).locator(".groups b").allTextContents()).join(" "));
    await boss.getByTestId("sheet-to-drill").click();
    await boss.getByTestId("page-0").fill(pages[0].toLowerCase());
    await boss.getByTestId("page-1").fill(pages[0]);
    await boss.getByTestId("drill-do").click();
    await boss.locator("[data-testid=refusal][data-code=other-sheet]").waitFor();
    await look(boss, "drill");
    await boss.getByTestId("page-1").fill(pages[1]);
    await boss.getByTestId("drill-do").click();
    await boss.getByTestId("drill-done").waitFor();
    await look(boss, "drill-done");
    // A new sheet whose printing fails: both count and the screens say so, and it is dropped.
    await go(boss, "people/sheet");
    await boss.getByTestId("sheets").waitFor();
    await look(boss, "sheet-one");
    await boss.getByTestId("sheet-make").click();
    await boss.getByTestId("sheet-both").waitFor();
    await look(boss, "sheet-pages-both");
    await go(boss, "people");
    await boss.getByTestId("nag-sheets").waitFor();
    await look(boss, "people-two-sheets");
    await go(boss, "people/sheet");
    await boss.getByTestId("sheet-both").waitFor();
    assert.equal(await boss.getByTestId("sheets").locator("li").count(), 2);
    await look(boss, "sheet-two");
    await boss.setViewportSize({ width: PHONE[0], height: PHONE[1] });
    await look(boss, "sheet-two");
    await boss.setViewportSize({ width: LAPTOP[0], height: LAPTOP[1] });
    await go(boss, "people/drill");
    for (const at of [0, 1]) await boss.getByTestId(`page-${at}`).fill(pages[at]);
    await boss.getByTestId("drill-do").click();
    await boss.getByTestId("drill-earlier").waitFor();
    await look(boss, "drill-earlier");
    await go(boss, "people/sheet");
    await boss.getByTestId("sheet-drop").click();
    await boss.getByTestId("sheet-make").waitFor();
    assert.equal(await boss.getByTestId("sheets").locator("li").count(), 1);
    await go(boss, "people/worker");
    await boss.getByTestId("who-name").fill("Olena Savchuk");
    await boss.getByTestId("role-auditor").click();
    await look(boss, "worker");
    await boss.getByTestId("worker-next").click();
    await look(boss, "worker-hand");
    await boss.getByTestId("worker-here").click();
    const words = await draw(boss);
    await boss.getByTestId("worker-done").waitFor();
    await look(boss, "worker-done");
    const members = (await ask(boss, "roster_piece")).text;
    await ask(boss, "lock");
    await boss.getByTestId("word").waitFor();
    await typeWords(boss, words);
    await boss.getByTestId("audit-search").waitFor();
    await boss.getByTestId("audit-line").first().waitFor();
    await look(boss, "audit");
    await boss.setViewportSize({ width: PHONE[0], height: PHONE[1] });
    await look(boss, "audit");
    await boss.setViewportSize({ width: LAPTOP[0], height: LAPTOP[1] });
    await boss.getByTestId("audit-search").fill("olena");
    await boss.getByTestId("audit-line").nth(1).waitFor({ state: "detached" });
    assert.match(await boss.getByTestId("audit-whom").textContent(), /^Olena Savchuk · ./);
    await boss.getByTestId("audit-search").fill("recovery sheet");
    await boss.getByTestId("audit-line").nth(4).waitFor();
    assert.match(await boss.getByTestId("audit-whom").first().textContent(), /^Recovery sheet [0-9A-F]{4}$/);
    await boss.getByTestId("audit-search").fill("tried");
    await boss.getByTestId("audit-line").nth(2).waitFor({ state: "detached" });
    await withCore(TABLET, async (fresh) => {
      await fresh.getByTestId("way-back").click();
      await give(fresh, members);
      await fresh.getByTestId("page-0").fill(pages[0]);
      await fresh.getByTestId("page-1").fill(pages[1]);
      await look(fresh, "back-pages");
      await fresh.getByTestId("back-next").click();
      await fresh.getByTestId("back-worker").fill("Leila Noori");
      await fresh.getByTestId("back-device").fill("Velmar laptop 9");
      await look(fresh, "back-who");
      await fresh.getByTestId("back-who-next").click();
      await draw(fresh);
      await fresh.getByRole("heading", { name: "Today" }).waitFor();
      await go(fresh, "people");
      await fresh.getByTestId("people-add").waitFor();
      const leila = fresh.locator("[data-testid=person]", { hasText: "Leila Noori" });
      assert.equal(await leila.getByTestId("seat").count(), 2, "the same person, on the lost device and on this one");
      await leila.getByText("Velmar laptop 9").waitFor();
      await fresh.getByTestId("nag-used").waitFor();
      await look(fresh, "back-people");
      assert.equal(await fresh.getByTestId("nag-auditor").count(), 0, "the lost device counts until somebody takes it out");
      const lost = (await ask(fresh, "people")).members.find((member) => member.device === "Velmar centre");
      await ask(fresh, "remove_seat", { seat: lost.seat, device: true, reason: "lost" });
      await go(fresh, "more");
      await go(fresh, "people");
      await fresh.getByTestId("nag-auditor").waitFor();
      await look(fresh, "people-no-auditor");
      await fresh.setViewportSize({ width: PHONE[0], height: PHONE[1] });
      await look(fresh, "people-no-auditor");
    });
  });
});
