// Rows of a record: which there are, in which order, and how many answers a section has.
import type { FieldView, FormView, GroupView, HeldView, ItemView } from "$lib/core/generated";

type List = Extract<ItemView, { item: "list" }>;

export interface Rows {
  fields: () => Record<string, HeldView>;
  removed: () => readonly string[];
}

const DATED = ["date", "fuzzy_date", "instant"];
/** An answer in a line of several: with its question where it says nothing by itself, as a yes, a number, or one day among others. */
export function said(field: { kind: string; label: string }, text: string, fields: readonly { kind: string }[]): string {
  const days = DATED.includes(field.kind) && fields.filter((one) => DATED.includes(one.kind)).length > 1;
  return days || ["bool3", "int"].includes(field.kind) ? `${field.label.replace(/\?$/, "")}: ${text}` : text;
}

function valueOf(held: HeldView | undefined): unknown {
  return held?.state === "settled" ? held.value : held?.state === "disputed" ? held.shown : undefined;
}

/** A day as text that sorts. */
function dayOf(value: unknown): string {
  if (value && typeof value === "object") return String((value as Record<string, unknown>)["value"] ?? "");
  return typeof value === "string" && /^\d{4}/.test(value) ? value : "";
}

function firstSaid(fields: Record<string, HeldView>, key: string): number {
  const said = Object.entries(fields).filter(([path]) => path.startsWith(`${key}/`));
  return Math.min(...said.map(([, held]) => (held.state === "settled" ? held.said.at.at_ms : (held.values[0]?.said.at.at_ms ?? 0))));
}

/** Rows of a list that were not taken out, by their first date, else by when they were written down. */
export function ordered(rows: Rows, list: List): string[] {
  const fields = rows.fields();
  const ids = new Set(Object.keys(fields).filter((path) => path.startsWith(`${list.id}/`)).map((path) => path.split("/")[1] ?? ""));
  const key = (row: string) => {
    const dated = list.fields.filter((field) => DATED.includes(field.kind));
    return dated.map((field) => dayOf(valueOf(fields[`${list.id}/${row}/${field.id}`]))).find(Boolean) ?? "";
  };
  return [...ids]
    .filter((row) => !rows.removed().includes(`${list.id}/${row}`))
    .map((row) => ({ row, day: key(row), said: firstSaid(fields, `${list.id}/${row}`) }))
    .sort((a, b) => a.day.localeCompare(b.day) || a.said - b.said || a.row.localeCompare(b.row))
    .map(({ row }) => row);
}

/** Lists of a section whose rows belong to rows of another list. */
export const below = (group: GroupView, list: string): List[] =>
  group.items.filter((item): item is List => item.item === "list" && item.of === list);

/** Some question of it is behind the lock. The same for every child: the form says it, not the record; and such a
 * section has no count, which would tell what is there. */
export const isSensitive = (group: GroupView): boolean =>
  group.items.some((item) => (item.item === "field" ? item.tier === 4 : item.fields.some((field) => field.tier === 4)));

/** This seat does not read the answers, whatever is there: of any child, or of one that this worker did not register. */
export const isShut = (field: FieldView, others: boolean): boolean => field.lock === "always" || (field.lock === "others" && others);

/** Nothing of a section is for this seat. The same for every child. */
export const isClosed = (group: GroupView, others: boolean): boolean =>
  group.items.length > 0 &&
  group.items.every((item) => (item.item === "field" ? isShut(item, others) : item.fields.every((field) => isShut(field, others))));

/** This seat reads some answer of a list or field of a form, by its id. */
export const reads = (form: FormView, id: string, others: boolean): boolean =>
  form.sections.some((group) =>
    group.items.some((item) => item.id === id && (item.item === "field" ? !isShut(item, others) : item.fields.some((field) => !isShut(field, others)))),
  );

/** Answers of a section outside the lock: fields that hold something, and rows that do. */
export function count(rows: Rows, group: GroupView): number {
  const fields = rows.fields();
  const holds = (path: string) => valueOf(fields[path]) !== undefined && fields[path]?.text !== "";
  let answers = 0;
  for (const item of group.items) {
    if (item.item === "list") {
      const open = item.fields.filter((field) => field.tier < 4);
      answers += ordered(rows, item).filter((row) => open.some((field) => holds(`${item.id}/${row}/${field.id}`))).length;
    } else if (item.tier < 4) {
      const set = item.kind === "set" && item.options.some((option) => valueOf(fields[`${item.id}/${option.code}/in`]) === true);
      if (set || holds(item.id)) answers += 1;
    }
  }
  return answers;
}
