// Pictures of every screen in three sizes and three themes, on the real core with invented children.
import { mkdirSync } from "node:fs";
import { SCREENS, begin, enter, register, see, withCore } from "./bridge.mjs";

const sizes = [[390, 844], [1024, 768], [1366, 768]];
const themes = (process.env.THEMES ?? "light,dark,sun").split(",");
const out = new URL("../../out/shots/", import.meta.url).pathname;
mkdirSync(out, { recursive: true });

/** Takes the screen in every theme. */
const taker = (page, size) => async (name) => {
  for (const theme of themes) {
    await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
    await page.waitForTimeout(80);
    await page.screenshot({ path: `${out}${name}-${size[0]}x${size[1]}-${theme}.png` });
  }
  await page.evaluate(() => (document.documentElement.dataset.theme = "light"));
};

for (const size of sizes) {
  await withCore(size, async (page) => {
    const shot = taker(page, size);
    await page.getByTestId("first-run").waitFor();
    await shot("first-run");
    await begin(page);
    await shot("today-empty");
    await page.getByRole("link", { name: /Register/ }).locator("visible=true").first().click();
    await page.getByRole("radio", { name: /^Agreed/ }).click();
    await shot("register-consent");
    await page.goto(page.url().replace(/#.*/, "#/today"));
    await page.getByRole("heading", { name: "Today" }).waitFor();
    await register(page, { name: "سمیرا حیدری" });
    await shot("register-situation");
    await page.getByTestId("next").click();
    await page.getByTestId("number").waitFor();
    await shot("register-done");
    await page.getByTestId("open-profile").click();
    await page.getByTestId("child-name").waitFor();
    await shot("profile");
    for (const tab of ["record", "documents", "history"]) {
      await page.getByTestId(`tab-${tab}`).click();
      await page.waitForTimeout(200);
      await shot(`profile-${tab}`);
    }
    for (const door of ["find", "today", "sync", "more", "settings", "help"]) {
      await page.goto(page.url().replace(/#.*/, `#/${door}`));
      await page.waitForTimeout(250);
      if (door === "find") {
        await page.getByTestId("find").fill("samira");
        await page.getByTestId("child-line").first().waitFor();
      }
      await shot(door);
    }
    await page.keyboard.press("F10");
    await page.getByTestId("hold").waitFor();
    await shot("covered");
    await page.getByRole("button", { name: "Lock" }).click();
    await page.getByTestId("word").waitFor();
    await shot("unlock");
  });
}

// The same over the eight stories: every screen with something in it.
for (const size of sizes) {
  await withCore(size, async (page) => {
    const shot = taker(page, size);
    const ids = await enter(page);
    for (const screen of SCREENS) {
      await see(page, screen, ids);
      await shot(`stories-${screen.replaceAll("/", "-")}`);
    }
  }, { stories: "tests/stories/eight.yaml" });
}
