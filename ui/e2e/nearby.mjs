// Two devices beside each other: one lets itself be found, the other finds it, and work goes both ways while both go on.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { begin, register, withCore } from "./bridge.mjs";
import { LAPTOP, PHONE, admit, go, look } from "./people.mjs";

const done = (page) => page.locator("[data-testid=line][data-done=true]");

test("devices find each other by name, exchange, and say what they hold", async () => {
  await withCore(LAPTOP, async (boss) => {
    await begin(boss);
    await register(boss, { name: "Samira" });
    await withCore(PHONE, async (fresh) => {
      await admit(boss, fresh, { worker: "Karim Daud", device: "Velmar tablet 2", roles: ["case_worker"] });
      await fresh.getByRole("heading", { name: "Today" }).waitFor();
      await go(boss, "sync");
      // What the one wrote is not sealed yet, and the other has written nothing: neither says that the other has everything.
      await boss.getByTestId("device-behind").getByText("Lacks 1 parcel").waitFor();
      await go(fresh, "sync");
      await fresh.getByTestId("nearby").waitFor();
      await fresh.getByTestId("device").waitFor();
      assert.equal(await fresh.getByTestId("device-behind").count(), 0);
      await look(fresh, "nearby-idle");
      await fresh.getByTestId("look-around").click();
      await fresh.getByText("None found yet").waitFor();
      await look(fresh, "nearby-none");
      await boss.getByTestId("be-found").click();
      await boss.getByTestId("nearby-open").waitFor();
      await fresh.getByTestId("found").waitFor();
      await fresh.getByTestId("device-here").getByText("Can be reached now").waitFor();
      await look(boss, "nearby-open");
      await look(fresh, "nearby-found");
      await fresh.getByTestId("found").getByRole("button").click();
      await done(fresh).getByText("Both have the same").waitFor();
      await look(fresh, "nearby-done");
      await boss.locator("[data-testid=guest][data-equal=true]").waitFor();
      await boss.getByTestId("device-here").getByText("Connected now").waitFor();
      await boss.getByText("Nothing would be lost with this device").waitFor();
      assert.equal(await boss.getByTestId("only-here").locator("b").textContent(), "0");
      await look(boss, "nearby-guest");
      await go(fresh, "find");
      await fresh.getByTestId("find").fill("Samira");
      await fresh.getByText("Samira").first().waitFor();

      // By the code on the other screen, or its text: what a phone writes goes back.
      await register(fresh, { name: "Omid" });
      await go(fresh, "sync");
      const address = await boss.getByTestId("nearby-address").textContent();
      const code = (await boss.getByTestId("nearby-code").screenshot()).toString("base64");
      const read = await fresh.evaluate(async (picture) => {
        const asked = { method: "POST", body: JSON.stringify({ command: "read_address", args: { picture } }) };
        return (await (await fetch("/ipc", asked)).json()).ok;
      }, code);
      assert.equal(read, address, "a camera reads what stands beside the code");
      await fresh.getByText("Enter an address").click();
      await fresh.getByTestId("nearby-typed").fill("https://192.0.2.7:4711");
      await fresh.getByTestId("nearby-call").click();
      await fresh.getByTestId("refusal").waitFor();
      assert.equal(await fresh.getByTestId("refusal").getAttribute("data-code"), "net-address");
      await fresh.getByTestId("nearby-typed").fill(address);
      await fresh.getByTestId("nearby-call").click();
      await fresh.getByText("Nothing would be lost with this device").waitFor();
      assert.equal(await fresh.getByTestId("only-here").locator("b").textContent(), "0");
      await boss.locator("[data-testid=guest] [data-testid=line-received]", { hasText: /[1-9]/ }).waitFor();

      // Who stops being found is gone for the other one, and a call leads nowhere.
      await boss.getByTestId("be-found").click();
      await boss.getByTestId("nearby-open").waitFor({ state: "detached" });
      await fresh.getByTestId("nearby-typed").fill(address);
      await fresh.getByTestId("nearby-call").click();
      await fresh.locator("[data-code=net-unreachable]").waitFor();
      await look(fresh, "nearby-unreachable");
    });
  });
});

test("a hub that has no time is asked again with a count, and stopped", async () => {
  const busy = createServer((_, reply) => reply.writeHead(503).end());
  await new Promise((ready) => busy.listen(0, "127.0.0.1", ready));
  try {
    await withCore(PHONE, async (page) => {
      await begin(page);
      await register(page, { name: "Samira" });
      await go(page, "sync");
      await page.getByText("None is set").waitFor();
      await page.getByTestId("hub-address").fill("hub.example");
      await page.getByTestId("hub-set").click();
      await page.locator("[data-code=net-address]").waitFor();
      const key = "MRT3BMM9XM34A6DCSW1X7NSX50Z6DFV3JDWEM7NQ9KPAZ6GEG4CR";
      await page.getByTestId("hub-address").fill(`http://127.0.0.1:${busy.address().port}#${key}`);
      await page.getByTestId("hub-set").click();
      await page.getByTestId("hub-by-itself").waitFor();
      // It is called by itself at once.
      await page.getByText(/Try [2-6] of 6/).waitFor();
      await look(page, "hub-waits");
      await page.getByTestId("line-stop").click();
      await page.getByText("What came until then stays").waitFor();
      await page.getByTestId("hub-by-itself").uncheck();
      await look(page, "hub-set");
      await page.getByTestId("hub-change").click();
      await page.getByTestId("hub-forget").click();
      await page.getByText("None is set").waitFor();
    });
  } finally {
    busy.closeAllConnections();
    busy.close();
  }
});
