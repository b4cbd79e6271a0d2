/** The age one step on: starts empty, never below 0 or above 25. */
export function stepped(years: string, step: 1 | -1): string {
  if (years === "") return step > 0 ? "1" : "";
  const next = Number(years) + step;
  return next < 0 ? "" : String(Math.min(next, 25));
}
