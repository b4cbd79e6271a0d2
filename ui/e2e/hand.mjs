// The real window under a virtual display, steered by WebDriver.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Builder, By, Capabilities, Key, until } from "selenium-webdriver";

export const root = new URL("../..", import.meta.url).pathname;
const binary = process.env.TERN_WINDOW ?? join(root, "target/debug/tern-window");
export const PATIENCE_MS = 20_000;

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
export async function withWindow(work) {
  assert.ok(existsSync(binary), `build the window first: ${binary}`);
  const home = mkdtempSync(join(tmpdir(), "tern-window-"));
  const screen = await display();
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DISPLAY: screen.name, TERN_HOME: join(home, "data"), TAURI_WEBVIEW_AUTOMATION: "true", DBUS_SESSION_BUS_ADDRESS: "disabled:", HOME: home, XDG_DATA_HOME: join(home, "xdg"), XDG_CACHE_HOME: join(home, "cache"), TMPDIR: home },
  });
  const printed = [];
  for (const stream of [driver.stdout, driver.stderr]) stream.on("data", (data) => printed.push(data));
  let session;
  try {
    await answering(port);
    const wanted = new Capabilities({ browserName: "wry", "webkitgtk:browserOptions": { binary, args: [] } });
    session = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(wanted).build();
    return await work({ ...hand(session), home }, { home, session, printed });
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
  const ready = (element, by) => session.wait(until.elementIsEnabled(element), PATIENCE_MS, `stays disabled: ${by}`);
  const id = (name) => By.css(`[data-testid="${name}"]`);
  const press = async (by) => {
    const element = await seen(by);
    await ready(element, by);
    await session.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
    await element.click();
  };
  return {
    session,
    seen: (name) => seen(id(name)),
    press: (name) => press(id(name)),
    that: (name, text) => press(By.xpath(`//*[@data-testid="${name}"][contains(., "${text}")]`)),
    called: (text) => press(By.xpath(`//button[contains(normalize-space(.), "${text}")] | //*[@role="radio"][contains(normalize-space(.), "${text}")]`)),
    go: (hash) => session.executeScript("location.hash = `#/${arguments[0]}`", hash),
    door: (name) => press(By.css(`a[href="#/${name}"]`)),
    at: (css) => seen(By.css(css)),
    all: (css) => session.findElements(By.css(css)),
    type: async (name, text) => {
      const element = await seen(id(name));
      await ready(element, id(name));
      await element.clear();
      await element.sendKeys(text);
    },
    words: async (words) => {
      for (const word of words) {
        const box = await seen(id("word"));
        await ready(box, id("word"));
        await box.sendKeys(word, Key.ENTER);
      }
    },
  };
}

/** Words and rescue code, drawn and typed back; gives the five words. */
export async function draw(hand) {
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
  return words;
}

/** First run; gives the five words. */
export async function begin(hand) {
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
  const words = await draw(hand);
  await hand.at('a[href="#/register"]');
  return words;
}

/** Sets a long text as pasting does. */
const paste = (hand, name, text) =>
  hand.session.executeScript(
    `const box = [...document.querySelectorAll('[data-testid="' + arguments[0] + '"]')].at(-1);
     box.value = arguments[1]; box.dispatchEvent(new Event("input", { bubbles: true }));`, name, text);

export const pieceOf = async (hand) => (await (await hand.all("[data-testid=piece-text]"))[0].getAttribute("value"));

/** The file that a window wrote where the worker's files go. */
async function saved(hand) {
  const files = () => readdirSync(hand.home, { recursive: true }).filter((name) => name.endsWith(".txt"));
  await hand.session.wait(() => files().length > 0, PATIENCE_MS, "no file was written");
  return join(hand.home, files()[0]);
}

export async function give(hand, text) {
  await hand.seen("piece-in");
  await paste(hand, "piece-typed", text);
  await hand.press("piece-read");
}

/** A coordinator's window takes another window in; `looks` sees both on the way. */
export async function takeIn(boss, fresh, { worker, device, role, looks = async () => {} }) {
  await boss.go("people");
  await boss.press("people-add");
  await boss.press("add-invite");
  await boss.seen("piece");
  await fresh.press("way-join");
  await looks("invitation", boss, fresh);
  await boss.press("piece-save");
  const file = await saved(boss);
  await fresh.session.findElement(By.css("[data-testid=piece-files]")).sendKeys(file);
  await fresh.type("join-device", device);
  await fresh.press("join-next");
  const words = await draw(fresh);
  await fresh.seen("waiting");
  await fresh.seen("four-words");
  const check = [];
  for (const word of await fresh.all("[data-testid=four-words] b")) check.push((await word.getText()).trim());
  assert.equal(check.length, 4);
  await boss.press("add-next");
  const admission = await admitted(boss, await pieceOf(fresh), { worker, role, check, looks: (name) => looks(name, boss, fresh) });
  await fresh.press("waiting-open");
  await give(fresh, admission);
  await fresh.words(words);
  await fresh.press("waiting-join");
  await fresh.at('a[href="#/register"]');
}

/** Reads who asks, names them, compares the words; gives the admission. */
export async function admitted(boss, request, { worker, role, check, looks = async () => {} }) {
  await give(boss, request);
  await boss.seen("add-who");
  await boss.type("who-name", worker);
  await boss.press(`role-${role}`);
  await looks("request");
  await boss.press("add-next");
  for (const [place, word] of check.entries()) {
    await boss.type(`check-${place}`, word);
    await (await boss.seen(`check-${place}`)).sendKeys(Key.ENTER);
  }
  await looks("words");
  await boss.press("add-admit");
  await boss.seen("add-admitted");
  return pieceOf(boss);
}
