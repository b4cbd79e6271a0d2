// The real window under a virtual display, steered by WebDriver: one day of one worker.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Builder, By, Capabilities, Key, until } from "selenium-webdriver";

const root = new URL("../..", import.meta.url).pathname;
const binary = process.env.TERN_WINDOW ?? join(root, "target/debug/tern-window");
const PATIENCE_MS = 20_000;

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** A display of our own where there is none. */
async function display() {
  if (process.env.DISPLAY) return { name: process.env.DISPLAY, stop: () => {} };
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await new Promise((done, failed) => {
    server.stdio[3].once("data", (data) => done(String(data).trim()));
    server.once("exit", (code) => failed(new Error(`Xvfb ended with ${code}`)));
  });
  return { name: `:${number}`, stop: () => server.kill("SIGKILL") };
}

/** Runs `work` in the window on an empty data folder. The driver has its own process group, ended with it. */
async function withWindow(work) {
  assert.ok(existsSync(binary), `build the window first: ${binary}`);
  const home = mkdtempSync(join(tmpdir(), "tern-window-"));
  const screen = await display();
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DISPLAY: screen.name, TERN_HOME: join(home, "data"), TAURI_WEBVIEW_AUTOMATION: "true", DBUS_SESSION_BUS_ADDRESS: "disabled:", XDG_DATA_HOME: join(home, "xdg"), XDG_CACHE_HOME: join(home, "cache"), TMPDIR: home },
  });
  const printed = [];
  for (const stream of [driver.stdout, driver.stderr]) stream.on("data", (data) => printed.push(data));
  let session;
  try {
    await answering(port);
    const wanted = new Capabilities({ browserName: "wry", "webkitgtk:browserOptions": { binary, args: [] } });
    session = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(wanted).build();
    return await work(hand(session), { home, session, printed });
  } catch (error) {
    if (session && process.env.TERN_SHOT) writeFileSync(process.env.TERN_SHOT, await session.takeScreenshot(), "base64");
    throw error;
  } finally {
    await session?.quit().catch(() => {});
    try {
      process.kill(-driver.pid, "SIGKILL");
    } catch {
      // It had ended by itself.
    }
    screen.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function answering(port) {
  for (let tries = 0; tries < 100; tries += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/status`).then((r) => r.ok, () => false);
    if (up) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the WebDriver did not answer");
}

/** Finding, pressing and typing as a person does: only what is visible counts. */
function hand(session) {
  const seen = async (by) => {
    let found;
    await session.wait(async () => {
      for (const element of await session.findElements(by)) {
        if (await element.isDisplayed().catch(() => false)) return (found = element);
      }
      return false;
    }, PATIENCE_MS, `nothing visible at ${by}`);
    return found;
  };
  const id = (name) => By.css(`[data-testid="${name}"]`);
  const press = async (by) => {
    const element = await seen(by);
    await session.wait(until.elementIsEnabled(element), PATIENCE_MS);
    await session.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
    await element.click();
  };
  return {
    session,
    seen: (name) => seen(id(name)),
    press: (name) => press(id(name)),
    called: (text) => press(By.xpath(`//button[contains(normalize-space(.), "${text}")] | //*[@role="radio"][contains(normalize-space(.), "${text}")]`)),
    door: (name) => press(By.css(`a[href="#/${name}"]`)),
    at: (css) => seen(By.css(css)),
    all: (css) => session.findElements(By.css(css)),
    type: async (name, text) => {
      const element = await seen(id(name));
      await session.wait(until.elementIsEnabled(element), PATIENCE_MS);
      await element.clear();
      await element.sendKeys(text);
    },
    words: async (words) => {
      for (const word of words) {
        const box = await seen(id("word"));
        await session.wait(until.elementIsEnabled(box), PATIENCE_MS);
        await box.sendKeys(word, Key.ENTER);
      }
    },
  };
}

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

/** First run; gives the five words. */
async function begin(hand) {
  await hand.seen("first-run");
  await hand.press("way-begin");
  await hand.press("practice-choice");
  await hand.press("first-next");
  await hand.type("first-name", "Harbour");
  await hand.type("first-site", "Velmar centre");
  await hand.type("first-worker", "Leila Noori");
  await hand.press("first-country");
  await (await hand.at('option[value="QME"]')).click();
  await hand.press("first-next");
  const words = [];
  await hand.seen("words");
  for (const word of await hand.all("[data-testid=words] b")) words.push(await word.getText());
  await hand.press("first-next");
  const groups = [];
  await hand.seen("rescue");
  for (const group of await hand.all("[data-testid=rescue] > span")) groups.push((await group.getText()).trim().split(/\s+/).pop());
  await hand.press("first-next");
  await hand.words(words);
  for (const box of await hand.all("[data-testid^=group-]")) {
    await box.sendKeys(groups[Number((await box.getAttribute("data-testid")).slice(6))]);
  }
  await hand.press("first-begin");
  await hand.at('a[href="#/register"]');
  return words;
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
      const line = await hand.seen("child-line");
      assert.match(await line.getText(), /سمیرا/, typed);
    }
    await hand.press("child-line");
    await hand.press("tab-record");
    const tall = await session.executeScript("return Math.max(document.scrollingElement.scrollHeight, document.querySelector('.app').offsetHeight) - innerHeight");
    assert.ok(tall <= 0, `the page is ${tall} px taller than the window, out of reach`);
    await hand.press("edit-sex");
    await (await hand.at('[data-path="sex"] option[value="M"]')).click();
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
