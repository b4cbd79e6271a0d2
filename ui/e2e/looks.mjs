// What every screen is held to: nothing serious for people who hear or touch it, nothing too wide, no message without words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** Nothing serious for people who hear or touch the screen. */
export async function accessible(page, where) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return result.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ").slice(0, 400)}`);
  });
  assert.deepEqual(found, [], where);
}

/** The page is as wide as its window, its content as wide as its room, it scrolls inside, and has words for everything. */
export async function fits(page, where) {
  const over = await page.evaluate(() => {
    const root = document.documentElement;
    const rooms = [...document.querySelectorAll(".view, dialog[open]")].map((room) => room.scrollWidth - room.clientWidth);
    return { wide: root.scrollWidth - root.clientWidth, inner: Math.max(0, ...rooms), tall: document.scrollingElement.scrollHeight - innerHeight };
  });
  assert.ok(over.wide <= 0, `${where} is ${over.wide} px too wide`);
  assert.ok(over.inner <= 0, `${where}: its content is ${over.inner} px too wide`);
  assert.ok(over.tall <= 0, `${where}: the page itself would scroll by ${over.tall} px, not its content`);
  const ids = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((e) => e.children.length === 0).map((e) => e.textContent.trim()).filter((t) => /^[a-z]+(-[a-z0-9_]+)+$/.test(t)));
  assert.deepEqual(ids, [], `${where} shows messages without words`);
}

/** Whatever is pressed is big enough for a finger: 44 px at least, a box with the words beside it. */
export async function pressable(page, where) {
  const small = await page.evaluate(() => {
    const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".sr");
    const all = [...document.querySelectorAll("a, button, input, select, textarea, summary, [role=radio], [role=checkbox]")].filter(shown);
    const size = (e) => (e.matches("input[type=checkbox], input[type=radio]") ? (e.closest("label") ?? e) : e).getBoundingClientRect();
    const told = (e) => `${(e.innerText || e.getAttribute("aria-label") || e.tagName).slice(0, 40)}: ${Math.round(size(e).width)} x ${Math.round(size(e).height)}`;
    return [...new Set(all.filter((e) => Math.min(size(e).width, size(e).height) < 43.5).map(told))];
  });
  assert.deepEqual(small, [], `${where} has what a finger misses`);
}

/** A picture in SHOTS, where somebody wants to look. */
export async function shot(page, name) {
  if (!process.env.SHOTS) return;
  for (const theme of ["light", "dark"]) {
    await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
    await page.waitForTimeout(80);
    const { width, height } = page.viewportSize();
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}x${height}-${theme}.png` });
  }
  await page.evaluate(() => (document.documentElement.dataset.theme = "light"));
}
