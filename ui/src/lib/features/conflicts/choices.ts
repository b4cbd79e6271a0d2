// What somebody chose of answers that differ, field by field, until it is used.
import type { ConflictRecordView, ConflictView, DeviceLineView, SettleOne } from "$lib/core/generated";

export type Choice = { way: "keep"; change: string } | { way: "both" } | { way: "write"; value: unknown };
export type Choices = Record<string, Choice>;

export const toSettle = (record: ConflictRecordView): ConflictView[] => record.fields.filter((field) => !field.claims);
export const toKnow = (record: ConflictRecordView): ConflictView[] => record.fields.filter((field) => field.claims);

/** What is asked for: the fields with a choice that is whole. An answer that is still being written is none. */
export function settles(fields: ConflictView[], choices: Choices): SettleOne[] {
  return fields.flatMap(({ path }) => {
    const choice = choices[path];
    if (!choice || (choice.way === "write" && (choice.value === undefined || choice.value === ""))) return [];
    return [{ path, by: choice as SettleOne["by"] }];
  });
}

/** The choice that a key stands for: a digit an answer, `b` all of them. */
export function chosenBy(key: string, field: ConflictView): Choice | undefined {
  if (!field.may) return undefined;
  if (key === "b") return field.both ? { way: "both" } : undefined;
  const voice = /^[1-9]$/.test(key) ? field.voices[Number(key) - 1] : undefined;
  return voice ? { way: "keep", change: voice.change } : undefined;
}

/** Where those are at work who gave these answers elsewhere, one place each. Who is out, and who works here, is not among them. */
export function toAsk(field: ConflictView, devices: DeviceLineView[]): DeviceLineView[] {
  return devices.filter(({ worker, device }) => field.voices.some(({ said }) => said.by === worker && said.device === device));
}

/** The record after this one, or the one before the last; none when it was the only one. */
export function after(records: ConflictRecordView[], id: string): string | undefined {
  const at = records.findIndex((record) => record.line.id === id);
  return (records[at + 1] ?? records.find((record) => record.line.id !== id))?.line.id;
}
