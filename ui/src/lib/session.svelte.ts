// Which door is open, and the settings that the whole page obeys.
import { Failure, core } from "$lib/core/client";
import type { FailureView, MayView, SessionView, SettingsView, StatusView } from "$lib/core/generated";

class Session {
  status = $state<StatusView | null>(null);
  failure = $state<FailureView | null>(null);
  undo = $state<{ text: string; run: () => Promise<void> } | null>(null);
  /** This seat is out, and why: nothing but that is shown. */
  out = $state<FailureView | null>(null);
  /** What was just taken back, for a moment. */
  told = $state("");
  /** How often something was taken back: what is on the screen by then reads itself again. */
  takenBack = $state(0);
  /** Changes of this session that may still be taken back, the last one last. */
  #past: { text: string; run: () => Promise<void> }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = 0;
  #who = "";

  /** What this seat may do: what it may not is not offered. */
  get may(): MayView | null {
    return this.status?.session?.may ?? null;
  }

  take(status: StatusView): void {
    // What was offered names a child: it goes with the screen, and with the names.
    if (status.door !== "open" || status.settings.discreet !== this.status?.settings.discreet) this.hush();
    this.status = status;
    this.#begin(status.session);
    if (status.door === "locked" || status.door === "new") this.#past = [];
    this.failure = null;
    this.dress(status.settings);
  }

  /** Another worker on a shared device begins where the day begins, not where the one before was. */
  #begin(at: SessionView | null): void {
    const who = at ? `${at.programme} ${at.site} ${at.worker}` : this.#who;
    if (this.#who && who !== this.#who) location.hash = "#/";
    this.#who = who;
  }

  async refresh(): Promise<void> {
    try {
      this.take(await core.status());
    } catch (error) {
      if (error instanceof Failure) this.failure = error.view;
    }
  }

  /** Theme, density and text size are attributes of the page. */
  dress(settings: SettingsView): void {
    const page = document.documentElement;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = settings.theme === "system" ? (dark ? "dark" : "light") : settings.theme;
    page.dataset["theme"] = theme;
    page.dataset["density"] = settings.density;
    page.style.setProperty("--text-size", String(settings.text_size));
    page.toggleAttribute("data-large", settings.text_size >= 130);
  }

  /** Somebody is there: told to the core at most every 15 seconds. */
  touch(): void {
    const now = Date.now();
    if (this.status?.door === "open" && now - this.#touched > 15_000) {
      this.#touched = now;
      void core.touch();
    }
  }

  async cover(): Promise<void> {
    if (this.status?.door === "open") this.take(await core.cover());
  }

  /** Whether a refusal says that this seat is out; the page says so from then on. */
  isOut(failure: FailureView): boolean {
    const out = ["seat-removed", "admission-fell"].includes(failure.code);
    if (out) this.out = failure;
    return out;
  }

  async lock(): Promise<void> {
    this.take(await core.lock());
  }

  /** Offers to take a change back for eight seconds. */
  offer(text: string, run: () => Promise<void>): void {
    clearTimeout(this.#timer);
    this.told = "";
    this.undo = { text, run };
    this.#past = [...this.#past, this.undo].slice(-50);
    this.#timer = setTimeout(() => (this.undo = null), 8_000);
  }

  hold(): void {
    clearTimeout(this.#timer);
  }

  /** Nobody is at the bar any more: its time runs again. */
  release(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.undo = null), 8_000);
  }

  /** Takes the bar away; the change can still be taken back by its keys. */
  hush(): void {
    clearTimeout(this.#timer);
    this.undo = null;
    this.told = "";
  }

  async takeBack(): Promise<void> {
    if (this.undo) await this.takeBackLast();
  }

  /** The last change, also after its bar has gone: as a new change. Gives its words, or nothing. */
  async takeBackLast(): Promise<string> {
    const last = this.#past.at(-1);
    this.#past = this.#past.slice(0, -1);
    this.undo = null;
    await last?.run();
    this.takenBack += 1;
    return last?.text ?? "";
  }

  /** Says something for a moment. */
  tell(text: string): void {
    clearTimeout(this.#timer);
    this.told = text;
    this.#timer = setTimeout(() => (this.told = ""), 5_000);
  }

  /** Lists show numbers only, or names again. */
  async quiet(): Promise<void> {
    const settings = this.status?.settings;
    if (!settings) return;
    await core.saveSettings({ ...settings, discreet: !settings.discreet });
    await this.refresh();
  }
}

export const session = new Session();
