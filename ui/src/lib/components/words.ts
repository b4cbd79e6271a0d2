// Completion from a sorted list.

/** The first three words that begin so; none before the first letter. */
export function complete(list: readonly string[], typed: string): string[] {
  const prefix = typed.trim().toLowerCase();
  if (!prefix) return [];
  const found: string[] = [];
  for (let at = start(list, prefix); at < list.length && found.length < 3; at += 1) {
    const word = list[at];
    if (!word?.startsWith(prefix)) break;
    found.push(word);
  }
  return found;
}

/** Letters that may come next. */
export function following(list: readonly string[], typed: string): Set<string> {
  const prefix = typed.trim().toLowerCase();
  const next = new Set<string>();
  for (let at = start(list, prefix); at < list.length; at += 1) {
    const word = list[at];
    if (!word?.startsWith(prefix)) break;
    const letter = word[prefix.length];
    if (letter) next.add(letter);
  }
  return next;
}

function start(list: readonly string[], prefix: string): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? "") < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}
