// What the board shows of the rows that the core gave: filters, order and headings. No child is judged here.
import type { BoardView, CellView, RowView } from "$lib/core/generated";

export type Sort = "urgent" | "longest" | "newest" | "name";
export const SORTS: Sort[] = ["urgent", "longest", "newest", "name"];
export const AGES = ["0-5", "6-11", "12-14", "15-17"] as const;

/** What the worker narrowed the list to. Never by accompaniment or concern. */
export interface Filter {
  need: string;
  sex: string;
  age: string;
  circle: string;
  mine: boolean;
}

export const NO_FILTER: Filter = { need: "", sex: "", age: "", circle: "", mine: false };

export type Heading = "no_safe_place" | "today" | "wait" | "in_place";
export type Item = { kind: "heading"; key: string; heading: Heading; count: number } | { kind: "row"; key: string; row: RowView; at: number };

/** Late and not yet late wait in one line. */
export function heading(row: RowView): Heading {
  return row.group === "late" || row.group === "waiting" ? "wait" : row.group;
}

function inBand(row: RowView, band: string): boolean {
  const [from, to] = band.split("-").map(Number);
  const years = row.line.age?.years;
  return years !== undefined && from !== undefined && to !== undefined && years >= from && years <= to;
}

/** Whether a row stays. */
export function keeps(row: RowView, filter: Filter): boolean {
  return (
    (!filter.need || (row.cells[filter.need]?.open ?? false)) &&
    (!filter.sex || row.line.sex === filter.sex) &&
    (!filter.age || inBand(row, filter.age)) &&
    (!filter.circle || row.circle === filter.circle) &&
    (!filter.mine || row.mine)
  );
}

/** Late before waiting, then the longest. */
function weight(cell: CellView | undefined): number {
  return cell?.open ? (cell.late ? 1_000_000 : 0) + (cell.days ?? 0) : -1;
}

/** Rows in their order. The core's own order is "most urgent first". */
export function order(rows: RowView[], sort: Sort, need: string): RowView[] {
  if (need) return [...rows].sort((a, b) => weight(b.cells[need]) - weight(a.cells[need]));
  if (sort === "longest") return [...rows].sort((a, b) => b.longest - a.longest);
  if (sort === "newest") return [...rows].sort((a, b) => (a.here ?? Infinity) - (b.here ?? Infinity));
  if (sort === "name") return [...rows].sort((a, b) => (a.line.name ?? a.line.short_id).localeCompare(b.line.name ?? b.line.short_id));
  return rows;
}

/** Rows with the headings between them. Headings are there only when urgency orders the list. */
export function items(rows: RowView[], headed: boolean): Item[] {
  const made: Item[] = [];
  let last: Heading | "" = "";
  const counts = new Map<Heading, number>();
  for (const row of rows) counts.set(heading(row), (counts.get(heading(row)) ?? 0) + 1);
  rows.forEach((row, at) => {
    const now = heading(row);
    if (headed && now !== last) made.push({ kind: "heading", key: `heading ${now}`, heading: now, count: counts.get(now) ?? 0 });
    last = now;
    made.push({ kind: "row", key: row.line.id, row, at });
  });
  return made;
}

/** The gaps of a child, worst first: late ones, a bed before all others, then by days. */
export function gaps(row: RowView, view: BoardView): { need: string; label: string; cell: CellView }[] {
  const open = view.columns.flatMap((column) => {
    const cell = row.cells[column.need];
    return cell?.open ? [{ need: column.need, label: column.label, cell }] : [];
  });
  const bed = (need: string, late: boolean) => (need === "shelter" && late ? 10_000_000 : 0);
  return open.sort((a, b) => bed(b.need, b.cell.late) + weight(b.cell) - bed(a.need, a.cell.late) - weight(a.cell));
}

/** Letters that fit beside the initials of a phone before a line breaks. */
const ROOM = 23;

/** The worst gap, or both when there are two and they fit on one line. */
export function fitting<T extends { label: string; cell: CellView }>(open: T[]): T[] {
  const length = (gap: T) => gap.label.length + String(gap.cell.days ?? "").length + 3 + (mentions(gap.cell) ? gap.cell.state.length + 1 : 0);
  const [first, second] = open;
  if (!first) return [];
  return second && open.length === 2 && length(first) + length(second) <= ROOM ? [first, second] : [first];
}

/** Whether the words below the days say more than the sign does. */
export function mentions(cell: CellView): boolean {
  return cell.open && !["waiting", "not_asked"].includes(cell.state) && caption(cell) !== "";
}

/** Children with at least one open need. */
export function withGap(rows: RowView[]): number {
  return rows.filter((row) => row.group !== "in_place").length;
}

export type Look = "over" | "wait" | "prog" | "ask" | "done" | "said" | "na";

/** Shape and lightness of a state. Asking or referring never makes late less late. */
export function look(cell: CellView): Look {
  if (!cell.open) return cell.state === "in_place" ? "done" : "na";
  if (cell.late) return "over";
  if (cell.state === "referred") return "prog";
  if (cell.state === "not_asked") return "ask";
  return cell.state === "said" ? "said" : "wait";
}

/** What stands below the days, as a message, when the shape does not say it already. */
export function caption(cell: CellView): string {
  if (!cell.open || cell.state === "waiting") return "";
  if (cell.state === "referred" && !cell.late) return "";
  return `cell-${cell.state.replaceAll("_", "-")}`;
}
