// Starts the development bridge on an empty data folder and a browser beside it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

export { accessible, fits, pressable } from "./looks.mjs";

const root = new URL("../..", import.meta.url).pathname;

/** Open a programme of stories. */
export const WORDS = "otter lamp river stone cloud";

/** A camera that sees a film. */
const CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

/** Runs `work` with a page on a fresh core; everything is gone afterwards. */
export async function withCore(size, work, { schema, theme, stories, film } = {}) {
  const home = mkdtempSync(join(tmpdir(), "tern-e2e-"));
  const args = ["--home", join(home, "data"), "--ui", join(root, "ui/dist-browser"), "--port", "0"];
  if (schema) args.push("--schema", schema);
  if (stories) args.push("--stories", join(root, stories));
  const binary = process.env.TERN_BRIDGE ?? join(root, "target/debug/examples/bridge");
  const bridge = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, HOME: home, TERN_PASSPHRASE: WORDS } });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", ...(film ? [...CAMERA, `--use-file-for-fake-video-capture=${film}`] : [])],
  });
  try {
    const lines = createInterface({ input: bridge.stdout });
    const [url] = await new Promise((done, failed) => {
      lines.once("line", (line) => done([line]));
      bridge.once("exit", (code) => failed(new Error(`the bridge ended with ${code}`)));
    });
    const context = await browser.newContext({
      viewport: { width: size[0], height: size[1] },
      hasTouch: size[0] < 1100,
      isMobile: size[0] < 700,
      reducedMotion: "reduce",
      timezoneId: "Africa/Algiers",
      colorScheme: theme === "dark" ? "dark" : "light",
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => {
      throw error;
    });
    watch(page);
    await page.goto(url);
    try {
      return await work(page, { url, home, context });
    } catch (error) {
      await seen(page);
      throw error;
    }
  } finally {
    await browser.close();
    bridge.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  }
}

/** Says what a page showed when a story failed: the record is invented, and a log is often all that there is to go by. */
async function seen(page) {
  const text = await page.locator("body").innerText({ timeout: 2000 }).catch((error) => error.message);
  console.error(`the page showed at ${page.url()}:\n${text.slice(0, 3000)}`);
}

/** Questions of a page that the core has not answered yet, and when that changed last. */
const asking = new WeakMap();

function watch(page) {
  const now = { open: 0, at: Date.now() };
  asking.set(page, now);
  const change = (by) => (request) => {
    if (!request.url().endsWith("/ipc")) return;
    now.open += by;
    now.at = Date.now();
  };
  page.on("request", change(1));
  page.on("requestfinished", change(-1));
  page.on("requestfailed", change(-1));
}

/** Waits until a page has asked nothing for a moment: what it shows is then all that it shows. */
export async function settled(page) {
  const now = asking.get(page);
  const until = Date.now() + 10_000;
  await page.waitForTimeout(60);
  while ((now.open > 0 || Date.now() - now.at < 60) && Date.now() < until) await page.waitForTimeout(20);
  // The bridge can leave a connection unanswered when many come at once: a font is worth a moment and no more.
  await page.evaluate(() => Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, 500))]));
}

/** First run: a practice programme; gives the words. */
export async function begin(page, practice = true) {
  await page.getByTestId("first-run").waitFor();
  await page.getByTestId("way-begin").click();
  await page.getByTestId(practice ? "practice-choice" : "real-choice").click();
  await page.getByTestId("first-next").click();
  await page.getByTestId("first-name").fill("Harbour");
  await page.getByTestId("first-site").fill("Velmar centre");
  await page.getByTestId("first-worker").fill("Leila Noori");
  await page.getByTestId("first-country").selectOption("QME");
  await page.getByTestId("first-next").click();
  await page.getByTestId("words").waitFor();
  const words = await page.getByTestId("words").locator("b").allTextContents();
  await page.getByTestId("first-next").click();
  const groups = (await page.getByTestId("rescue").locator(":scope > span").allTextContents()).map((text) => text.trim().split(/\s+/).pop());
  await page.getByTestId("first-next").click();
  await typeWords(page, words);
  for (const box of await page.locator("[data-testid^=group-]").all()) {
    const at = Number((await box.getAttribute("data-testid")).slice(6));
    await box.fill(groups[at]);
  }
  await page.getByTestId("first-begin").click();
  await page.getByRole("heading", { name: "Today" }).waitFor();
  return { words, groups };
}

export async function typeWords(page, words) {
  for (const word of words) {
    await page.getByTestId("word").fill(word);
    await page.getByTestId("word").press("Enter");
  }
}

/** The fast path on a phone: consent, child, situation. */
export async function register(page, { name, sex = "Girl", years = 11, alone = true }) {
  await page.getByRole("link", { name: /Register/ }).locator("visible=true").first().click();
  await page.getByRole("button", { name: "Bed tonight" }).click();
  await page.getByRole("radio", { name: /^Agreed/ }).click();
  await page.getByRole("radio", { name: "The child", exact: true }).click();
  await page.getByTestId("next").click();
  await page.getByTestId("name").fill(name);
  await page.getByTestId("name").blur();
  await page.getByRole("radio", { name: sex, exact: true }).click();
  await page.getByTestId("age").fill(String(years));
  await page.getByTestId("age").blur();
  if (await page.getByRole("button", { name: "No one to add" }).isHidden()) await page.getByTestId("next").click();
  if (alone) await page.getByRole("button", { name: "No one to add" }).click();
}

/** Every screen that a worker can open, by its address; `S03` stands for the child of that story. */
export const SCREENS = [
  "today", "today/tasks", "today/roll-call", "today/away", "today/hand-over", "find", "conflicts", "sync", "more", "settings", "help", "tally", "paper",
  "print/child", "feedback", "things", "things/facility", "things/facility/new", "things/person", "register", "people", "people/add", "people/worker", "people/sites", "people/members", "people/sheet", "people/halves", "people/approve", "travel", "review",
  ...["overview", "record", "family", "documents", "history"].map((tab) => `child/S03/${tab}`), "copy/S03",
];

/** Asks the core as the page does. */
export const ask = (page, command, args = {}) =>
  page.evaluate(async ([command, args]) => {
    const reply = await (await fetch("/ipc", { method: "POST", body: JSON.stringify({ command, args }) })).json();
    if (reply.error) throw new Error(JSON.stringify(reply.error));
    return reply.ok;
  }, [command, args]);

/** Opens the programme that holds the stories; gives the ids of its children by story. */
export async function enter(page) {
  page.setDefaultTimeout(30_000);
  await ask(page, "unlock", { words: WORDS });
  await page.getByRole("heading", { name: "Today" }).waitFor();
  const ids = {};
  for (let story = 1; story <= 8; story += 1) ids[`S0${story}`] = (await ask(page, "child", { id: `S0${story}` })).line.id;
  return ids;
}

/** Another screen, without loading the page anew: that would cover it. */
export async function see(page, screen, ids) {
  const hash = Object.entries(ids).reduce((hash, [story, id]) => hash.replace(story, id), screen);
  await page.evaluate((hash) => (location.hash = `#/${hash}`), hash);
  await settled(page);
}
