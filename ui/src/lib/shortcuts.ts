// Single keys never fire inside a text field, and only when the worker wants them.
import { mayOpen } from "$lib/doors";
import { tr } from "$lib/i18n/index.svelte";
import { go } from "$lib/router.svelte";
import { session } from "$lib/session.svelte";

let waiting = "";

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Where a key leads, or nothing. `before` is the key pressed just before. */
export function meaning(key: string, before: string): string {
  if (before === "g") return { t: "today", f: "find", s: "sync", c: "conflicts", p: "people" }[key] ?? "";
  return { n: "register", "/": "find", "?": "help", l: "lock", g: "wait" }[key] ?? "";
}

export function shortcut(event: KeyboardEvent): void {
  if (session.status?.door !== "open") return;
  if (event.key === "F10") {
    event.preventDefault();
    void session.cover();
    return;
  }
  if (event.ctrlKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (mayGo("find")) go("find");
    return;
  }
  if (event.ctrlKey && event.code === "KeyH") {
    event.preventDefault();
    void session.quiet();
    return;
  }
  if (event.ctrlKey && !event.shiftKey && event.code === "KeyZ" && !typing(event.target)) {
    event.preventDefault();
    void session.takeBackLast().then((what) => session.tell(what ? tr("undone", { what }) : tr("nothing-to-undo")));
    return;
  }
  if (typing(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!session.status.settings.shortcuts) return;
  const found = meaning(event.key.toLowerCase(), waiting);
  waiting = found === "wait" ? "g" : "";
  if (!found || found === "wait") return;
  event.preventDefault();
  if (found === "lock") void session.lock();
  else if (mayGo(found)) go(found);
}

/** A door that this seat has. */
export const mayGo = (door: string): boolean => mayOpen(session.may, door);
