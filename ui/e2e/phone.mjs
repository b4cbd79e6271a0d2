// The interface in Chromium at phone size, on the real core: one story, and what went wrong told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, begin, fits, register, typeWords, withCore } from "./bridge.mjs";

const PHONE = [390, 844];
test("a child is registered, found in two scripts, corrected, photographed, and locked away", async () => {
  await withCore(PHONE, async (page) => {
    await accessible(page, "first run");
    const { words } = await begin(page);
    await fits(page, "today");
    await register(page, { name: "سمیرا حیدری" });
    await fits(page, "register");
    await accessible(page, "register");
    await page.getByTestId("next").click();
    const number = await page.getByTestId("number").textContent();
    assert.match(number, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await page.getByTestId("open-profile").click();
    await page.getByTestId("child-name").waitFor();
    await accessible(page, "profile");
    await fits(page, "profile");

    await page.getByTestId("tab-record").click();
    await page.getByTestId("edit-sex").click();
    await page.locator("[data-path=sex] select").selectOption("M");
    await page.getByTestId("keep").click();
    await page.getByText(/^Changed: Sex/).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByTestId("edit-sex").getByText("Girl").waitFor();
    await page.getByRole("button", { name: "Add another name" }).click();
    await page.locator("[data-field=names] input").first().fill("Typed twice");
    await page.getByTestId("keep").click();
    await page.locator("[data-field=names]").getByText("Typed twice").click();
    await page.getByTestId("out-entered_twice").click();
    await page.locator("[data-field=names]").getByText("Typed twice").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator("[data-field=names]").getByText("Typed twice").waitFor();
    await page.getByRole("button", { name: "Add another name" }).click();
    await page.locator("[data-field=names] input").first().fill("Second Name");
    await page.getByTestId("keep").click();
    await page.locator("[data-field=names]").getByText("Second Name").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator("[data-field=names]").getByText("Second Name").waitFor({ state: "detached" });
    await page.getByTestId("tab-history").click();
    await page.getByTestId("change").nth(1).waitFor();
    await fits(page, "history");
    await accessible(page, "history");

    await page.getByTestId("tab-documents").click();
    await page.getByTestId("photo-granted").click();
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    await page.getByTestId("photo-file").setInputFiles({ name: "x.jpg", mimeType: "image/jpeg", buffer: Buffer.from("text") });
    await page.locator("[data-code=not-a-picture]").waitFor();
    await page.getByTestId("photo-file").setInputFiles({ name: "x.png", mimeType: "image/png", buffer: png });
    await page.getByTestId("photo").waitFor();

    for (const typed of ["samira", "سميرا", "haidari samira"]) {
      await page.getByRole("link", { name: "Find a child" }).last().click();
      await page.getByTestId("find").fill(typed);
      await page.getByTestId("child-line").first().waitFor();
      assert.equal(await page.getByTestId("child-line").count(), 1, typed);
    }
    await accessible(page, "find");
    for (const door of ["Sync", "More", "Today"]) {
      await page.getByRole("link", { name: door }).last().click();
      await page.waitForTimeout(150);
      await accessible(page, door);
      await fits(page, door);
    }
    await page.getByRole("link", { name: "More" }).last().click();
    await page.getByTestId("lock").click();
    await page.getByTestId("word").waitFor();
    await accessible(page, "unlock");
    await typeWords(page, [...words].reverse());
    await page.locator("[data-code=wrong-passphrase]").waitFor();
    await typeWords(page, words);
    await page.getByRole("link", { name: "Today" }).last().waitFor();
  });
});

test("a form that was begun is there after leaving, and dropping it can be undone", async () => {
  await withCore(PHONE, async (page) => {
    await begin(page);
    // A slow disk: nothing can be tapped that the draft would not hear.
    await page.route("**/ipc", async (asked) => {
      const { command } = JSON.parse(asked.request().postData());
      if (["begin_draft", "form"].includes(command)) await new Promise((done) => setTimeout(done, 700));
      await asked.continue();
    });
    await page.getByRole("link", { name: /Register/ }).last().click();
    await page.getByRole("radio", { name: /Said no/ }).click();
    await page.getByTestId("next").click();
    const kept = page.waitForResponse((reply) => reply.request().postData()?.includes("Half a na") ?? false);
    await page.getByTestId("name").fill("Half a na");
    await kept;
    await page.unrouteAll();
    await page.reload();
    // Leaving the page covers it; nothing typed is lost under the cover.
    await page.getByTestId("hold").dispatchEvent("pointerdown");
    await page.getByTestId("name").waitFor();
    assert.equal(await page.getByTestId("name").inputValue(), "Half a na");
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("button", { name: /Leave/ }).click();
    await page.getByRole("button", { name: "Drop" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    assert.equal(await page.getByTestId("name").inputValue(), "Half a na");
  });
});
