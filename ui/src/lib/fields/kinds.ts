// The kinds of records that are no child's. They change with the forms alone, so they are asked once.
import { core } from "$lib/core/client";
import type { KindView } from "$lib/core/generated";

let known: Promise<KindView[]> | undefined;

export function kinds(): Promise<KindView[]> {
  known ??= core.kinds();
  return known;
}
