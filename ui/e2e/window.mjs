// A day of one worker in the real window, and two windows side by side of which one takes the other in.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { PATIENCE_MS, begin, give, pieceOf, root, takeIn, withWindow } from "./hand.mjs";

/** Texts that stand somewhere under a folder or in what was printed, with how many bytes were searched. */
function search(folder, printed, texts) {
  const spelled = texts.flatMap((text) => ["utf8", "utf16le"].map((code) => ({ text, bytes: Buffer.from(text, code) })));
  const found = new Set();
  let searched = 0;
  const look = (bytes, where) => {
    searched += bytes.length;
    for (const { text, bytes: wanted } of spelled) if (bytes.includes(wanted)) found.add(`${texts.indexOf(text)} in ${where}`);
  };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) look(readFileSync(join(entry.parentPath ?? entry.path, entry.name)), entry.name);
  }
  look(Buffer.concat(printed), "what was printed");
  return { found: [...found], searched };
}

test("first run, register, photo with consent, lock, unlock, find in two scripts, correct, history", async () => {
  await withWindow(async (hand, { home, session, printed }) => {
    await session.manage().window().setRect({ width: 1366, height: 768 });
    const words = await begin(hand);

    await hand.door("register");
    await hand.called("Bed tonight");
    await hand.called("Agreed");
    await hand.called("The child");
    for (let page = 0; page < 2 && (await hand.all("[data-testid=name]")).length === 0; page += 1) await hand.press("next");
    await hand.type("name", "سمیرا حیدری");
    await hand.called("Girl");
    await hand.type("age", "11\t");
    for (let page = 0; page < 2 && (await session.findElements(By.xpath('//button[contains(., "No one to add")]'))).length === 0; page += 1) await hand.press("next");
    await hand.called("No one to add");
    await hand.press("next");
    const number = await (await hand.seen("number")).getText();
    assert.match(number, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await hand.press("open-profile");
    await hand.seen("child-name");
    if (process.env.TERN_PICTURE) writeFileSync(process.env.TERN_PICTURE, await session.takeScreenshot(), "base64");

    await hand.press("tab-documents");
    assert.equal((await hand.all("[data-testid=photo-file]")).length, 0, "no camera before the photo was agreed to");
    await hand.press("photo-granted");
    await session.wait(until.elementLocated(By.css("[data-testid=photo-file]")), PATIENCE_MS);
    const picture = join(home, "picture.png");
    writeFileSync(picture, readFileSync(join(root, "icons/128x128.png")));
    await session.findElement(By.css("[data-testid=photo-file]")).sendKeys(picture);
    await hand.seen("photo");

    await hand.door("more");
    await hand.press("lock");
    await hand.words(words);
    await hand.at('a[href="#/register"]');

    for (const typed of ["samira", "سميرا", "haidari samira"]) {
      await hand.door("find");
      await hand.type("find", typed);
      await hand.says('.hit [data-testid="child-line"]', /سمیرا/);
    }
    await hand.press("child-line");
    await hand.press("tab-record");
    const tall = await session.executeScript("return Math.max(document.scrollingElement.scrollHeight, document.querySelector('.app').offsetHeight) - innerHeight");
    assert.ok(tall <= 0, `the page is ${tall} px taller than the window, out of reach`);
    await hand.press("edit-sex");
    await hand.click('[data-path="sex"] option[value="M"]');
    await hand.press("keep");
    await hand.press("tab-history");
    await session.wait(async () => (await hand.all("[data-testid=change]")).length >= 3, PATIENCE_MS, "history shows the changes");
    const told = await (await hand.at("main")).getText();
    assert.match(told, /Leila Noori/);
    assert.match(told, /Girl/);
    assert.match(told, /Boy/);

    // Nothing of it lies on the disk in the clear: data folder, web view profile, temporary files, output.
    const texts = ["سمیرا حیدری", "Leila Noori", "Velmar centre", words.join(" "), words.slice(1, 4).join(" ")];
    const { found, searched } = search(home, printed, texts);
    assert.deepEqual(found, []);
    writeFileSync(join(home, "control"), "a line with Leila Noori in it");
    assert.deepEqual(search(home, [], texts).found, ["1 in control"]);
    console.log(`# ${searched} bytes searched for ${texts.length} texts, none found`);
    assert.ok(searched > 100_000);
  });
});

/** Where somebody wants to look: both windows, one beside the other. */
async function picture(name, ...hands) {
  if (!process.env.TERN_PICTURES) return;
  for (const [at, hand] of hands.entries()) writeFileSync(`${process.env.TERN_PICTURES}/${name}-${at}.png`, await hand.session.takeScreenshot(), "base64");
}

test("two windows side by side: one takes the other in, and out again", async () => {
  await withWindow(async (boss) => {
    await begin(boss);
    await withWindow(async (fresh) => {
      await takeIn(boss, fresh, { worker: "Karim Daud", device: "Velmar tablet 2", role: "case_worker", looks: picture });
      await picture("admitted", boss, fresh);

      await boss.press("add-done");
      await boss.session.wait(async () => (await boss.all("[data-testid=seat]")).length === 2, PATIENCE_MS, "both seats are listed");
      await boss.that("seat", "Velmar tablet 2");
      await boss.press("seat-out-go");
      await boss.press("reason-stolen");
      await picture("lost", boss, fresh);
      await boss.press("out-do");
      await boss.seen("taken-out");
      await boss.press("out-tell");
      const list = await pieceOf(boss);
      await fresh.go("people/members");
      await give(fresh, list);
      await fresh.seen("removed");
      await picture("out", boss, fresh);
    });
  });
});
