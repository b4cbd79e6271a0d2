/** What can be opened over a record, from a notice or from the menu. */
export type Panel = "turning_18" | "age_dispute";
