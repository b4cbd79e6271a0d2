// Seats as what is kept of them names them.
import type { AuditedView } from "$lib/core/generated";
import { tr } from "$lib/i18n/index.svelte";

/** Worker and device; the mark where nobody here knows the name. A sheet is on no device. */
export const audited = (seat: AuditedView): string =>
  seat.worker ? [seat.worker, seat.device].filter(Boolean).join(" · ") : tr("audit-somebody", { mark: seat.mark });
