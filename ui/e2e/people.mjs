// What stories about devices side by side do again and again: pieces go from screen to screen, one admits another.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, typeWords } from "./bridge.mjs";
import { accessible, fits, shot } from "./looks.mjs";

export const LAPTOP = [1366, 768];
export const TABLET = [1024, 768];
export const PHONE = [390, 844];

/** The page is in order, and a picture of it is taken where somebody wants to look. */
export async function look(page, name) {
  await fits(page, name);
  await accessible(page, name);
  await shot(page, name);
}

export const go = (page, hash) => page.evaluate((hash) => (location.hash = `#/${hash}`), hash);
export const pieceOf = (page) => page.getByTestId("piece-text").first().inputValue();

export async function give(page, text) {
  await page.getByTestId("piece-typed").last().fill(text);
  await page.getByTestId("piece-read").last().click();
}

/** Pictures of every part on a screen, as a camera would take them. */
export async function pictures(page) {
  const code = page.getByTestId("piece-code").first();
  const label = await page.getByTestId("piece-part").first().textContent().catch(() => "1 of 1");
  const parts = (await page.getByTestId("piece-part").count()) > 0 ? Number(label.match(/(\d+)\D*$/)[1]) : 1;
  const taken = [];
  for (let part = 1; part <= parts; part += 1) {
    await page.locator(`[data-testid=piece-code][data-part="${part}"]`).waitFor();
    taken.push({ name: `part-${part}.png`, mimeType: "image/png", buffer: await code.screenshot() });
    if (part < parts) await page.getByTestId("piece-next").first().click();
  }
  return taken;
}

/** A film in which the camera sees a screen from some way off: one bright frame after another, uncompressed. */
export async function film(page, path) {
  const [width, height, side] = [640, 480, 420];
  const picture = (await page.getByTestId("piece-code").first().screenshot()).toString("base64");
  const luma = await page.evaluate(async ([picture, width, height, side]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const to = canvas.getContext("2d");
    to.fillStyle = "#ccc";
    to.fillRect(0, 0, width, height);
    to.drawImage(image, (width - side) / 2, (height - side) / 2, side, side);
    return [...to.getImageData(0, 0, width, height).data].filter((_, at) => at % 4 === 0);
  }, [picture, width, height, side]);
  const frame = Buffer.concat([Buffer.from("FRAME\n"), Buffer.from(luma), Buffer.alloc((width * height) / 2, 128)]);
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), ...Array(10).fill(frame)]));
}

export async function wordsOf(page) {
  await page.getByTestId("four-words").locator("b").nth(3).waitFor();
  return (await page.getByTestId("four-words").locator("b").allTextContents()).map((word) => word.trim());
}

export async function compare(page, words) {
  for (const [place, word] of words.entries()) {
    await page.getByTestId(`check-${place}`).fill(word);
    await page.getByTestId(`check-${place}`).press("Enter");
  }
}

/** Words and rescue code, drawn and typed back. */
export async function draw(page, rescue = true) {
  await page.getByTestId("words").locator("b").first().waitFor();
  const words = await page.getByTestId("words").locator("b").allTextContents();
  await page.getByTestId("first-next").click();
  let groups = [];
  if (rescue) {
    groups = (await page.getByTestId("rescue").locator(":scope > span").allTextContents()).map((text) => text.trim().split(/\s+/).pop());
    await page.getByTestId("first-next").click();
  }
  await typeWords(page, words);
  for (const box of await page.locator("[data-testid^=group-]").all()) {
    const at = Number((await box.getAttribute("data-testid")).slice(6));
    await box.fill(groups[at]);
  }
  await page.getByTestId("first-begin").click();
  return words;
}

/** A coordinator admits a device; `by` is how the pieces go from screen to screen. */
export async function admit(boss, fresh, { worker, device, roles, site, by = "text", looks = false }) {
  await go(boss, "people");
  await boss.getByTestId("people-add").click();
  if (looks) await look(boss, "add-begin");
  await boss.getByTestId("add-invite").click();
  await boss.getByTestId("piece").waitFor();
  if (looks) await look(boss, "add-invitation");
  await fresh.getByTestId("first-run").waitFor();
  if (looks) await look(fresh, "first-run");
  await fresh.getByTestId("way-join").click();
  if (looks) await look(fresh, "join-invitation");
  if (by === "text") await give(fresh, await pieceOf(boss));
  else await fresh.getByTestId("piece-files").setInputFiles(await pictures(boss));
  await fresh.getByTestId("join-device").fill(device);
  if (looks) await look(fresh, "join-device");
  await fresh.getByTestId("join-next").click();
  const words = await draw(fresh);
  await fresh.getByTestId("waiting").waitFor();
  const check = await wordsOf(fresh);
  if (looks) await look(fresh, "waiting");
  await boss.getByTestId("add-next").click();
  if (looks) await look(boss, "add-request");
  if (by === "text") await give(boss, await pieceOf(fresh));
  else {
    const [first, ...others] = await pictures(fresh);
    await boss.getByTestId("piece-files").setInputFiles([first]);
    if (others.length > 0) {
      await boss.getByTestId("piece-progress").waitFor();
      if (looks) await look(boss, "add-request-parts");
      await boss.getByTestId("piece-files").setInputFiles(others);
    }
  }
  await boss.getByTestId("add-who").waitFor();
  await boss.getByTestId("who-name").fill(worker);
  for (const role of roles) await boss.getByTestId(`role-${role}`).click();
  if (site) await boss.getByTestId("where").selectOption({ index: 1 });
  if (looks) await look(boss, "add-who");
  await boss.getByTestId("add-next").click();
  await compare(boss, ["otter", ...check.slice(1)].map((word, at) => (at === 0 && check[0] === "otter" ? "lamp" : word)));
  await boss.getByTestId("add-admit").click();
  await boss.locator("[data-testid=refusal][data-code=check-words]").waitFor();
  if (looks) await look(boss, "add-words-differ");
  await boss.getByTestId("check-0").fill(check[0]);
  await boss.getByTestId("add-admit").click();
  await boss.getByTestId("add-admitted").waitFor();
  if (looks) await look(boss, "add-admission");
  const admission = await pieceOf(boss);
  await fresh.getByTestId("waiting-open").click();
  if (looks) await look(fresh, "waiting-admission");
  await give(fresh, admission);
  await typeWords(fresh, words);
  if (looks) await look(fresh, "waiting-words");
  await fresh.getByTestId("waiting-join").click();
  return { words, admission };
}

/** What one device knows of the members goes to another. */
export async function share(from, to) {
  const piece = await ask(from, "roster_piece");
  return ask(to, "read_roster", { text: piece.text });
}

const files = (home) => readdirSync(home).filter((name) => name.startsWith("tern-work-")).map((name) => join(home, name));

/** Writes a file of work on the sync screen and gives its path. */
export async function write(page, home) {
  const before = files(home);
  await page.getByTestId("work-write").click();
  await page.getByTestId("work-done").getByText("Take it out safely").waitFor();
  const [file] = files(home).filter((path) => !before.includes(path));
  return file;
}

/** Reads one there. */
export async function read(page, file, said) {
  await page.getByTestId("work-file").setInputFiles(file);
  await page.getByTestId("work-done").getByText(said).waitFor();
}
