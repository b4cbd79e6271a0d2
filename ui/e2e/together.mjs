// Three devices that work apart on the same child, two real windows and a command line: what they wrote comes together
// once by files, once over the network beside them, once over a hub, and nothing of it is lost.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { hubOf } from "./hub.mjs";
import { PATIENCE_MS, admitted, begin, pieceOf, root, takeIn, withWindow } from "./hand.mjs";

const WORDS = "otter lamp river stone cloud";
const CHILD = "Samira Haidari";

/** A device without a window. */
function line(home) {
  const env = { ...process.env, TERN_HOME: join(home, "data"), TERN_PASSPHRASE: WORDS, HOME: home };
  const tern = join(root, "target/debug/tern");
  return (...args) => JSON.parse(execFileSync(tern, ["--json", ...args], { env, encoding: "utf8" }) || "null");
}

async function register(hand, name) {
  await hand.door("register");
  await hand.called("Bed tonight");
  await hand.called("Agreed");
  await hand.called("The child");
  for (let page = 0; page < 2 && (await hand.all("[data-testid=name]")).length === 0; page += 1) await hand.press("next");
  await hand.type("name", name);
  await hand.called("Girl");
  await hand.type("age", "11\t");
  for (let page = 0; page < 2 && (await hand.session.findElements(By.xpath('//button[contains(., "No one to add")]'))).length === 0; page += 1) await hand.press("next");
  await hand.called("No one to add");
  await hand.press("next");
  await hand.seen("number");
}

/** Where the record of a child asks for it. */
const SECTION = { birth_place: "identity", where_from: "journey", entry_point: "journey" };

/** Answers on the record of a child, in the window. */
async function answer(hand, id, field, text) {
  await hand.go("find");
  await hand.go(`child/${id}/record`);
  await hand.press(`section-${SECTION[field]}`);
  await hand.press(`edit-${field}`);
  await hand.into(`[data-path="${field}"] input`, text);
  await hand.press("keep");
  await hand.session.wait(async () => (await told(hand)).includes(text), PATIENCE_MS, `${text} is kept`);
}

/** What stands there now: the page may draw it anew at any moment. */
const told = (hand, css = "main") => hand.session.executeScript("return document.querySelector(arguments[0])?.innerText ?? ''", css);

/** Both windows and the command line show every answer to a field, of whom nobody knew of the others. */
async function allTell(windows, tern, id, field, answers) {
  const [conflict] = tern("conflicts").filter((one) => one.id === id && one.path === field);
  assert.deepEqual(conflict.values.map(({ value }) => value).sort(), answers);
  for (const hand of windows) {
    await hand.go("more");
    await hand.go("conflicts");
    await hand.at(`[data-path="${field}"] [data-testid=voice]`);
    const allStand = async () => {
      const text = await told(hand);
      return answers.every((one) => text.includes(one));
    };
    await hand.session.wait(allStand, PATIENCE_MS, `each of ${answers} is told`);
  }
}

const worked = (home) => readdirSync(home).filter((name) => name.startsWith("tern-work-")).map((name) => join(home, name));

/** A window writes its work into a file. */
async function written(hand) {
  const before = worked(hand.home);
  await hand.go("sync");
  await hand.press("work-write");
  const fresh = () => worked(hand.home).find((file) => !before.includes(file));
  await hand.session.wait(fresh, PATIENCE_MS, "a file is written");
  await hand.seen("work-done");
  return fresh();
}

async function reads(hand, file) {
  await hand.go("sync");
  await hand.seen("work-write");
  await hand.session.findElement(By.css("[data-testid=work-file]")).sendKeys(file);
  await hand.session.wait(async () => (await told(hand, "[data-testid=work-done]")).includes("Read."), PATIENCE_MS, "it is read");
  await hand.go("more");
}

/** Waits until an exchange over a line is done and both have the same. */
const same = (hand, route) => hand.at(`[data-testid="${route}"] [data-testid="line"][data-done="true"][data-equal="true"]`);

/** Exchanges with the hub, once. */
async function meetsHub(hand) {
  await hand.go("more");
  await hand.go("sync");
  await hand.press("hub-try");
  await same(hand, "hub");
}

test("two windows and a command line come together by files, by the network and over a hub", async () => {
  const home = mkdtempSync(join(tmpdir(), "tern-line-"));
  const tern = line(home);
  let hub;
  try {
    await withWindow(async (boss) => {
      await begin(boss);
      await register(boss, CHILD);
      await withWindow(async (tablet) => {
        await takeIn(boss, tablet, { worker: "Karim Daud", device: "Velmar tablet 2", role: "case_worker" });
        await boss.press("add-done");
        await joins(boss, tern, home);
        const windows = [boss, tablet];
        const first = await written(boss);
        await reads(tablet, first);
        tern("sync", "read", first);
        const [{ id }] = tern("find", CHILD);

        // Each answers the same field alone; files go from one to the other.
        await apart("birth_place", ["Norhaven", "Ostra", "Velmar"]);
        const of = { tablet: await written(tablet), tern: join(home, "line.work") };
        tern("sync", "write", of.tern);
        for (const file of Object.values(of)) await reads(boss, file);
        const back = await written(boss);
        await reads(tablet, back);
        tern("sync", "read", back);
        await allTell(windows, tern, id, "birth_place", ["Norhaven", "Ostra", "Velmar"]);

        // The same over the network: one lets itself be found, the others call.
        await apart("where_from", ["East Bank", "Harbour road", "Old market"]);
        await boss.go("sync");
        await boss.press("be-found");
        const address = (await (await boss.seen("nearby-address")).getText()).trim();
        tern("sync", "with", address);
        await tablet.go("sync");
        await tablet.press("look-around");
        await tablet.click('[data-testid="nearby"] summary');
        await tablet.type("nearby-typed", address);
        await tablet.press("nearby-call");
        await same(tablet, "nearby");
        tern("sync", "with", address);
        await boss.press("be-found");
        await allTell(windows, tern, id, "where_from", ["East Bank", "Harbour road", "Old market"]);

        // And over a hub, which can read none of it.
        const members = join(home, "members");
        tern("roster", "log", "--out", members);
        hub = await hubOf(home, members);
        await apart("entry_point", ["At the bridge", "In the hall", "On the ferry"]);
        for (const hand of windows) {
          await hand.go("sync");
          await hand.type("hub-address", hub.address);
          await hand.press("hub-set");
          await same(hand, "hub");
        }
        tern("sync", "hub", hub.address);
        for (const hand of windows) await meetsHub(hand);
        await allTell(windows, tern, id, "entry_point", ["At the bridge", "In the hall", "On the ferry"]);
        for (const name of readdirSync(home).filter((name) => name.startsWith("hub.db"))) {
          const bytes = readFileSync(join(home, name));
          for (const word of [CHILD, "Ostra", "Old market", "On the ferry"]) assert.ok(!bytes.includes(word), `${word} in ${name}`);
        }

        // One of the answers is chosen in a window; everywhere it then holds, and the others stay in the history.
        await boss.go("conflicts");
        await boss.that("voice", "Ostra");
        await boss.press("conflict-use");
        await boss.session.wait(async () => (await boss.all('[data-path="birth_place"]')).length === 0, PATIENCE_MS, "it is settled");
        for (const hand of windows) await meetsHub(hand);
        tern("sync", "hub", hub.address);
        assert.ok(!tern("conflicts").some((one) => one.path === "birth_place"));
        for (const hand of windows) {
          await hand.go(`child/${id}/record`);
          await hand.session.wait(async () => (await told(hand)).includes("Ostra"), PATIENCE_MS, "the answer that was chosen");
          assert.ok(!(await told(hand)).includes("Norhaven"));
        }
        if (process.env.TERN_PICTURES) for (const [at, hand] of windows.entries()) writeFileSync(`${process.env.TERN_PICTURES}/together-${at}.png`, await hand.session.takeScreenshot(), "base64");
        assert.deepEqual(tern("verify").problems, []);

        /** All three answer without having met. */
        async function apart(field, [one, two, three]) {
          await answer(boss, id, field, one);
          await answer(tablet, id, field, two);
          tern("edit", id, "--set", `${field}=${JSON.stringify(three)}`);
        }
      });
    });
  } finally {
    hub?.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

/** The command line asks, the window takes it in. */
async function joins(boss, tern, home) {
  const file = (name) => join(home, name);
  await boss.go("people");
  await boss.press("people-add");
  await boss.press("add-invite");
  await boss.seen("piece");
  writeFileSync(file("invitation"), await pieceOf(boss));
  await boss.press("add-next");
  const asked = tern("device", "request", "--invite", file("invitation"), "--device", "Laptop 3", file("request"));
  const check = asked.check_words.split(/[\s-]+/);
  const admission = await admitted(boss, readFileSync(file("request"), "utf8"), { worker: "Sana Rahimi", role: "case_supervisor", check });
  await boss.press("add-done");
  writeFileSync(file("admission"), admission);
  tern("device", "join", file("admission"));
}
