// Every screen over the eight stories: it fits its window, has words for everything, and nothing serious stands in the way
// of who hears or touches it. On a phone, on a laptop, by day and by night.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SCREENS, WORDS, accessible, ask, enter, fits, pressable, see, withCore } from "./bridge.mjs";

for (const [size, theme] of [[[390, 844], "light"], [[390, 844], "dark"], [[1366, 768], "light"], [[1366, 768], "dark"]]) {
  test(`every screen at ${size.join(" x ")}, ${theme}`, async () => {
    await withCore(size, async (page) => {
      const children = await enter(page);
      for (const screen of SCREENS) {
        await see(page, screen, children);
        await fits(page, screen);
        await accessible(page, `${screen}, ${theme}`);
        if (size[0] < 700) await pressable(page, screen);
      }
    }, { stories: "tests/stories/eight.yaml", theme });
  });
}

test("every screen on a phone with the largest text is as wide as its window, and a finger finds everything", async () => {
  await withCore([390, 844], async (page) => {
    const { settings } = await ask(page, "status");
    await ask(page, "unlock", { words: WORDS });
    await ask(page, "save_settings", { settings: { ...settings, text_size: 150 } });
    const children = await enter(page);
    await page.waitForFunction(() => document.documentElement.hasAttribute("data-large"));
    // Whatever a shift is held with is in sight, and no name is cut.
    await see(page, "today", children);
    const hidden = await page.evaluate(() => [...document.querySelectorAll(".tools > *, .nm .trunc")].filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > innerWidth).map((part) => part.textContent));
    assert.deepEqual(hidden, []);
    for (const screen of SCREENS) {
      await see(page, screen, children);
      const over = await page.evaluate(() => Math.max(0, ...[...document.querySelectorAll(".view")].map((room) => room.scrollWidth - room.clientWidth)));
      assert.equal(over, 0, `${screen} is ${over} px too wide`);
      await pressable(page, screen);
    }
  }, { stories: "tests/stories/eight.yaml" });
});
