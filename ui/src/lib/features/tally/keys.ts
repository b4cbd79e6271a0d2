// Keys of the tally: one a choice, so that a child takes five of them.
export const SEXES = [
  { code: "F", word: "sex-girl", key: "g" },
  { code: "M", word: "sex-boy", key: "b" },
  { code: "X", word: "sex-other", key: "x" },
] as const;
export const BANDS = [
  { code: "baby", word: "band-baby", key: "1" },
  { code: "small", word: "band-small", key: "2" },
  { code: "child", word: "band-child", key: "3" },
  { code: "teen", word: "band-teen", key: "4" },
] as const;
export const WITH = [
  { code: "parent", word: "with-parent", key: "p" },
  { code: "relative", word: "with-relative", key: "r" },
  { code: "child_sibling", word: "with-child_sibling", key: "c" },
  { code: "unrelated_adult", word: "with-unrelated_adult", key: "a" },
  { code: "none_to_add", word: "company-none", key: "0" },
] as const;
export const HELP = [
  { code: "doctor", key: "d" },
  { code: "bed", key: "t" },
  { code: "food", key: "f" },
] as const;

export interface Counted {
  wristband: string;
  sex: string | null;
  band: string | null;
  with: string | null;
  help: string[];
}

export const nobodyYet = (): Counted => ({ wristband: "", sex: null, band: null, with: null, help: [] });

/** What a key does to the child that is being counted; nothing when it means nothing here. */
export function pressed(child: Counted, key: string): Counted | null {
  const pick = (all: readonly { code: string; key: string }[]) => all.find((one) => one.key === key)?.code;
  const turn = (now: string | null, code: string) => (now === code ? null : code);
  const [sex, band, company, help] = [pick(SEXES), pick(BANDS), pick(WITH), pick(HELP)];
  if (sex) return { ...child, sex: turn(child.sex, sex) };
  if (band) return { ...child, band: turn(child.band, band) };
  if (company) return { ...child, with: turn(child.with, company) };
  if (help) return { ...child, help: child.help.includes(help) ? child.help.filter((one) => one !== help) : [...child.help, help] };
  return null;
}

/** The number after this one, when it ends in figures: bands are handed out in order. */
export function after(wristband: string): string {
  const found = /^(.*?)(\d{1,6})$/.exec(wristband.trim());
  if (!found) return "";
  const [, before = "", figures = ""] = found;
  return before + String(Number(figures) + 1).padStart(figures.length, "0");
}
