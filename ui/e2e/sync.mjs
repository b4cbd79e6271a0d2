// Two devices that worked apart come together by files that one person carries from screen to screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, register, withCore } from "./bridge.mjs";
import { LAPTOP, PHONE, admit, go, look, pictures, read, write } from "./people.mjs";

test("work goes to another device by a file, and comes back", async () => {
  await withCore(LAPTOP, async (boss, { home }) => {
    await begin(boss);
    await register(boss, { name: "Samira" });
    await go(boss, "sync");
    await boss.getByText("No other device belongs").waitFor();
    await withCore(PHONE, async (fresh, { home: there }) => {
      await admit(boss, fresh, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_worker"] });
      await fresh.getByRole("heading", { name: "Today" }).waitFor();
      await go(boss, "sync");
      await boss.getByTestId("device").waitFor();
      await look(boss, "sync-before");
      const work = await write(boss, home);
      await look(boss, "sync-written");
      await go(fresh, "sync");
      await read(fresh, work, /is new here|are new here/);
      await look(fresh, "sync-read");
      // A receipt goes from screen to screen.
      await fresh.getByTestId("receipt-make").click();
      await fresh.getByTestId("piece-code").waitFor();
      await look(fresh, "sync-receipt");
      const shown = await pictures(fresh);
      await boss.getByTestId("receipt-read").click();
      await look(boss, "sync-receipt-read");
      await boss.getByTestId("piece-files").setInputFiles(shown);
      await boss.getByTestId("receipt-taken").getByText("Velmar tablet 2").waitFor();
      await boss.getByText("Nothing would be lost with this device").waitFor();
      await read(fresh, work, "Nothing in it was new here");
      await go(fresh, "find");
      await fresh.getByTestId("find").fill("Samira");
      await fresh.getByText("Samira").first().waitFor();
      await go(fresh, "sync");
      const back = await write(fresh, there);
      await read(boss, back, "Read.");
      await boss.getByText("Nothing would be lost with this device").waitFor();
      assert.equal(await boss.getByTestId("only-here").locator("b").textContent(), "0");
      await look(boss, "sync-after");
      await boss.getByTestId("work-file").setInputFiles({ name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("a letter") });
      await boss.getByTestId("refusal").waitFor();
      assert.equal(await boss.getByTestId("refusal").getAttribute("data-code"), "sync-not-a-file");
    });
  });
});
