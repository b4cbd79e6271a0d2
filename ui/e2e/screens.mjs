// Every screen over the eight stories: it fits its window, has words for everything, and nothing serious stands in the way
// of who hears or touches it. On a phone, on a laptop, by day and by night.
import { test } from "node:test";
import { SCREENS, accessible, enter, fits, see, withCore } from "./bridge.mjs";

for (const [size, theme] of [[[390, 844], "light"], [[390, 844], "dark"], [[1366, 768], "light"], [[1366, 768], "dark"]]) {
  test(`every screen at ${size.join(" x ")}, ${theme}`, async () => {
    await withCore(size, async (page) => {
      const children = await enter(page);
      for (const screen of SCREENS) {
        await see(page, screen, children);
        await fits(page, screen);
        await accessible(page, `${screen}, ${theme}`);
      }
    }, { stories: "tests/stories/eight.yaml", theme });
  });
}
