// The real window under a virtual display, steered by WebDriver.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Builder, By, Capabilities, Key, error, until } from "selenium-webdriver";

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
  } catch (failed) {
    if (session) await tell(session).catch(() => {});
    throw failed;
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

/** Says what a window showed when a story failed, boxes too: the record is invented, and a log is often all that there is to go by. */
async function tell(session) {
  const shown = await session.executeScript(`
    const boxes = [...document.querySelectorAll("input, select, textarea")];
    return [location.href, document.body.innerText, ...boxes.map((box) => box.outerHTML + " holds " + JSON.stringify(box.value))].join("\\n");`);
  console.error(`the window showed: ${shown.slice(0, 4000)}`);
  if (process.env.TERN_SHOT) writeFileSync(process.env.TERN_SHOT, await session.takeScreenshot(), "base64");
}

/** The page may draw anew what was found just now: then it is looked for once more. */
async function anew(work) {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await work();
    } catch (failed) {
      if (!(failed instanceof error.StaleElementReferenceError) || Date.now() > end) throw failed;
    }
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
  const press = (by) =>
    anew(async () => {
      const element = await seen(by);
      await ready(element, by);
      await session.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
      await element.click();
    });
  const type = (by, text) =>
    anew(async () => {
      const element = await seen(by);
      await ready(element, by);
      await element.clear();
      await element.sendKeys(text);
    });
  return {
    session,
    seen: (name) => seen(id(name)),
    press: (name) => press(id(name)),
    that: (name, text) => press(By.xpath(`//*[@data-testid="${name}"][contains(., "${text}")]`)),
    called: (text) => press(By.xpath(`//button[contains(normalize-space(.), "${text}")] | //*[@role="radio"][contains(normalize-space(.), "${text}")]`)),
    go: (hash) => session.executeScript("location.hash = `#/${arguments[0]}`", hash),
    door: (name) => press(By.css(`a[href="#/${name}"]`)),
    click: (css) => press(By.css(css)),
    at: (css) => seen(By.css(css)),
    all: (css) => session.findElements(By.css(css)),
    type: (name, text) => type(id(name), text),
    into: (css, text) => type(By.css(css), text),
    /** Waits until what is visible there says so. */
    says: (css, pattern) =>
      session.wait(() => anew(async () => pattern.test(await (await seen(By.css(css))).getText())), PATIENCE_MS, `${css} does not say ${pattern}`),
    /** So many texts, once all are there: a list that is still empty counts as visible to a driver. */
    texts: (css, count) =>
      session.wait(
        () => anew(async () => {
          const texts = await Promise.all((await session.findElements(By.css(css))).map(async (one) => (await one.getText()).trim()));
          return texts.length === count && texts.every((text) => text !== "") && texts;
        }), PATIENCE_MS, `not ${count} texts at ${css}`),
    words: async (words) => {
      for (const [at, word] of words.entries()) {
        await session.wait(async () => (await session.findElements(By.css(".slots .ok"))).length === at, PATIENCE_MS, `${at} words are not taken`);
        const box = await seen(id("word"));
        await ready(box, id("word"));
        await box.sendKeys(word, Key.ENTER);
      }
    },
  };
}

/** Words and rescue code, drawn and typed back; gives the five words. */
export async function draw(hand) {
  const words = await hand.texts("[data-testid=words] b", 5);
  await hand.press("first-next");
  const groups = (await hand.texts("[data-testid=rescue] > span", 7)).map((text) => text.split(/\s+/).pop());
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
  await hand.click('option[value="QME"]');
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
  const check = await fresh.texts("[data-testid=four-words] b", 4);
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
