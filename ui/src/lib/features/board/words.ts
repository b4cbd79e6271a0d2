// Sentences about a child and a cell, for eyes and for ears.
import type { CellView, ChildLineView, ColumnView, RowView } from "$lib/core/generated";
import { day, time, tr } from "$lib/i18n/index.svelte";
import { aged, called } from "$lib/names";

/** The chosen name; the number while lists are discreet or nobody knows a name. */
export function nameOf(line: ChildLineView, discreet: boolean): string {
  return line.name ?? (discreet ? line.short_id : called(line));
}

/** "Girl, 4 · here 9 days". */
export function about(row: RowView, discreet: boolean): string {
  const here = row.here === null ? "" : tr("row-here", { days: row.here });
  if (discreet) return here;
  const { age, sex } = row.line;
  const years = age && !age.estimated ? String(age.years) : aged(row.line);
  const who = [sex === "F" ? tr("sex-girl") : sex === "M" ? tr("sex-boy") : "", years].filter(Boolean).join(", ");
  return [who, here].filter(Boolean).join(" · ");
}

/** "Waiting 96 days, late since day 90. Asking does not stop the count." */
export function waiting(cell: CellView, column: ColumnView): string {
  if (!cell.open) return tr(cell.state === "in_place" ? "cell-says-in-place" : "cell-says-not-needed");
  return [told(cell, column), by(cell), because(cell)].filter(Boolean).join(" ");
}

/** "Due on 28 Nov 2026 by 14:20." */
function by(cell: CellView): string {
  return cell.due_at && !cell.late ? tr("cell-says-by", { day: day(cell.due_at), time: time(cell.due_at) }) : "";
}

/** "Refused: no identity documents." */
function because(cell: CellView): string {
  return cell.why ? tr("cell-says-why", { state: tr(`state-${cell.state.replaceAll("_", "-")}`), why: cell.why }) : "";
}

function told(cell: CellView, column: ColumnView): string {
  const state = tr(`state-${cell.state.replaceAll("_", "-")}`);
  if (cell.state === "not_fit") return tr("cell-says-not-fit", { days: cell.days ?? 0 });
  if (column.need === "shelter") return tr(cell.late ? "cell-says-no-bed" : "cell-says-open", { state, days: cell.days ?? 0 });
  if (cell.state === "said") return tr("cell-says-open", { state, days: cell.days ?? 0 });
  if (cell.late) return tr("cell-says-late", { days: cell.days ?? 0, target: column.target });
  return tr("cell-says-waiting", { days: cell.days ?? 0, target: column.target });
}

/** A cell read aloud: need, days, how it stands. */
export function spoken(cell: CellView, column: ColumnView): string {
  const state = tr(`state-${cell.state.replaceAll("_", "-")}`);
  const parts = [column.label];
  if (cell.open && cell.days !== null) parts.push(tr(cell.late ? "cell-spoken-late" : "cell-spoken-days", { days: cell.days }));
  parts.push(cell.why ? `${state}: ${cell.why}` : state);
  return parts.join(", ");
}
