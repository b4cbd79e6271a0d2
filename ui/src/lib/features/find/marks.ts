/** A name cut into marked and plain pieces. Offsets count characters, not UTF-16 units. */
export function pieces(name: string, marks: readonly (readonly [number, number])[]): { text: string; marked: boolean }[] {
  const letters = [...name];
  const out: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (from > at) out.push({ text: letters.slice(at, from).join(""), marked: false });
    if (to > Math.max(at, from)) out.push({ text: letters.slice(Math.max(at, from), to).join(""), marked: true });
    at = Math.max(at, to);
  }
  if (at < letters.length) out.push({ text: letters.slice(at).join(""), marked: false });
  return out;
}

/** How far into a number the typed one reaches; dashes and spaces do not count, nor do large letters. */
export function begins(number: string, typed: string): number {
  const wanted = typed.replace(/[-\s]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  let at = 0;
  let fit = 0;
  for (const sign of number) {
    if (fit === wanted.length) break;
    at += 1;
    if (sign === "-") continue;
    if (sign.toUpperCase() !== wanted[fit]) return 0;
    fit += 1;
  }
  return fit === wanted.length ? at : 0;
}
