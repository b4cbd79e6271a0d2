// A device that was taken out hands over what only it has, over the hub that was set there: what it says when nobody answers,
// when it is sent, and what a coordinator does with it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ask, begin, register, typeWords, withCore } from "./bridge.mjs";
import { hubOf } from "./hub.mjs";
import { LAPTOP, PHONE, admit, give, go, look, pieceOf } from "./people.mjs";

const same = (page) => page.locator("[data-testid=hub] [data-testid=line][data-done=true][data-equal=true]").waitFor();

/** Sets the hub, which is called at once. */
async function set(page, address) {
  await go(page, "sync");
  await page.getByTestId("hub-address").fill(address);
  await page.getByTestId("hub-set").click();
  await same(page);
}

/** Registers a child to the end. */
async function child(page, name) {
  await register(page, { name });
  await page.getByTestId("next").click();
  await page.getByTestId("number").waitFor();
}

test("a device that is out sends its last work to the hub, and a coordinator takes it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tern-hub-"));
  let hub;
  try {
    await withCore(LAPTOP, async (boss) => {
      await begin(boss);
      await withCore(PHONE, async (tablet) => {
        const { words } = await admit(boss, tablet, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_worker"] });
        await tablet.getByRole("heading", { name: "Today" }).waitFor();
        const members = join(folder, "members.txt");
        writeFileSync(members, (await ask(boss, "roster_piece")).text);
        hub = await hubOf(folder, members);
        await set(boss, hub.address);
        await child(tablet, "Omid");
        await set(tablet, hub.address);
        await look(tablet, "hub-equal");
        await tablet.getByTestId("hub-by-itself").uncheck();
        await boss.getByTestId("hub-by-itself").uncheck();
        await boss.getByTestId("hub-try").click();
        await same(boss);

        // The last child is registered before the tablet hears that it is out.
        await child(tablet, "Samira Haidari");
        await go(boss, "people");
        await boss.locator("[data-testid=seat]", { hasText: "Velmar tablet 2" }).click();
        await boss.getByTestId("seat-out-go").click();
        await boss.getByTestId("reason-lost").click();
        await boss.getByTestId("out-do").click();
        await boss.getByTestId("out-tell").click();
        await boss.getByTestId("piece").waitFor();
        const list = await pieceOf(boss);
        await go(boss, "sync");
        await boss.getByTestId("hub-try").click();
        await same(boss);
        await go(tablet, "people/members");
        await tablet.getByTestId("piece").waitFor();
        await give(tablet, list);
        await tablet.getByTestId("removed").waitFor();

        // Nobody answers: it says so, and the file is still a way.
        hub.stop();
        await tablet.getByTestId("last-work").click();
        await typeWords(tablet, words);
        await tablet.getByTestId("last-work-here").waitFor();
        await look(tablet, "last-work-hub");
        await tablet.getByTestId("last-work-send").click();
        await tablet.locator("[data-code=net-unreachable]").waitFor();
        await look(tablet, "last-work-unreachable");
        assert.ok(await tablet.getByTestId("last-work-write").isEnabled());

        hub = await hubOf(folder, members, hub.port);
        await tablet.getByTestId("last-work-send").click();
        await tablet.getByTestId("last-work-sent").getByText("Sent. The hub holds it").waitFor();
        await tablet.getByTestId("last-work-send").waitFor({ state: "detached" });
        assert.equal(await tablet.getByTestId("last-work-write").count(), 0);
        assert.equal(await tablet.getByText("Samira").count(), 0, "nobody's name is told");
        await look(tablet, "last-work-sent");

        // The coordinator hears of it at the hub, looks, and takes it.
        await boss.getByTestId("hub-try").click();
        await same(boss);
        await go(boss, "review");
        await boss.getByTestId("review").first().waitFor();
        await look(boss, "review-last-work-hub");
        for (let left = await boss.getByTestId("review").count(); left > 0; left -= 1) {
          await boss.getByTestId("review-take").first().click();
          await boss.getByTestId("review").nth(left - 1).waitFor({ state: "detached" });
        }
        await go(boss, "find");
        await boss.getByTestId("find").fill("samira");
        await boss.getByTestId("child-line").first().waitFor();
      });
    });
  } finally {
    hub?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
