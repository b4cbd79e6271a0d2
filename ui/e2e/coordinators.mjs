// What coordinators settle among each other: somebody who fell is taken in again, and halves of the root key change hands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, begin, typeWords, withCore } from "./bridge.mjs";
import { LAPTOP, TABLET, PHONE, look, go, pieceOf, give, draw, admit, share } from "./people.mjs";

test("who was taken in by a coordinator who is out is told so, and is taken in again", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await withCore(TABLET, async (second) => {
      await admit(boss, second, { worker: "Amina Saleh", device: "Amina's laptop", roles: ["coordinator"], site: true });
      await second.getByRole("heading", { name: "Today" }).waitFor();
      await withCore(PHONE, async (fresh) => {
        const { words } = await admit(second, fresh, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_worker"], site: true });
        await fresh.getByRole("heading", { name: "Today" }).waitFor();
        // The boss takes the second out without having heard of Karim, and hears of him afterwards.
        const amina = (await ask(boss, "people")).members.find((member) => member.worker === "Amina Saleh");
        await ask(boss, "remove_seat", { seat: amina.seat, device: true, reason: "lost" });
        await share(fresh, boss);
        await go(fresh, "people/members");
        await fresh.getByTestId("piece").waitFor();
        await give(fresh, (await ask(boss, "roster_piece")).text);
        await fresh.getByTestId("fell-do").waitFor();
        const mark = await fresh.getByTestId("fell-mark").textContent();
        await look(fresh, "fell");
        assert.equal(await fresh.getByText("Velmar").count(), 0, "a device that is out shows nothing");
        await go(boss, "people");
        await boss.getByTestId("seat-fell").waitFor();
        await look(boss, "people-fell");
        await boss.getByTestId("seat-fell").click();
        await boss.getByText(mark, { exact: true }).waitFor();
        await look(boss, "again");
        await boss.setViewportSize({ width: PHONE[0], height: PHONE[1] });
        await look(boss, "again");
        await boss.getByTestId("again-do").click();
        await boss.getByTestId("again-done").waitFor();
        await look(boss, "again-done");
        await fresh.getByTestId("removed-mistake").click();
        await give(fresh, (await ask(boss, "roster_piece")).text);
        await look(fresh, "fell-back");
        await typeWords(fresh, words);
        await fresh.getByTestId("piece").waitFor();
        assert.equal((await ask(boss, "people")).former.length, 0);
      });
    });
  });
});

test("a coordinator leaves, and two who hold halves of the root key give new ones", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await withCore(PHONE, async (second) => {
      await admit(boss, second, { worker: "Amina Saleh", device: "Amina's phone", roles: ["coordinator"], site: true });
      await second.getByRole("heading", { name: "Today" }).waitFor();
      for (const name of ["Karim Daud", "Olena Savchuk"]) {
        await go(boss, "people");
        await boss.getByTestId("people-worker").click();
        await boss.getByTestId("who-name").fill(name);
        await boss.getByTestId("role-coordinator").click();
        await boss.getByTestId("where").selectOption({ index: 1 });
        await boss.getByTestId("worker-next").click();
        await boss.getByTestId("worker-here").click();
        await draw(boss);
        await boss.getByTestId("worker-done").waitFor();
      }
      let { halves, members } = await ask(boss, "people");
      assert.deepEqual([halves.due, halves.holders.map((holder) => holder.worker).sort()], [false, ["Amina Saleh", "Karim Daud", "Leila Noori"]]);
      await go(boss, "people");
      await boss.getByTestId("people-halves").click();
      await boss.getByTestId("holder").first().waitFor();
      await look(boss, "halves");
      const karim = members.find((member) => member.worker === "Karim Daud");
      await ask(boss, "remove_seat", { seat: karim.seat, device: false, reason: "left" });
      await go(boss, "people");
      await boss.getByTestId("nag-halves").waitFor();
      await look(boss, "people-halves");
      await boss.getByTestId("nag-halves").getByRole("link").click();
      await boss.getByTestId("halves-due").waitFor();
      await look(boss, "halves-due");
      await boss.getByTestId("half-lend").click();
      await boss.getByTestId("half-lent").waitFor();
      await look(boss, "half-lent");
      const half = await pieceOf(boss);
      await share(boss, second);
      await go(second, "people/halves");
      await second.getByTestId("halves-due").waitFor();
      await look(second, "halves-due");
      await give(second, half);
      await second.getByTestId("halves-shared").waitFor();
      await look(second, "halves-shared");
      await share(second, boss);
      ({ halves } = await ask(boss, "people"));
      assert.deepEqual([halves.due, halves.holders.map((holder) => holder.worker).sort()], [false, ["Amina Saleh", "Leila Noori", "Olena Savchuk"]]);
    });
  });
});
