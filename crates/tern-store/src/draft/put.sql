INSERT INTO draft
    (id, seat, form, form_version, begun_ms, begun_min, saved_ms, saved_min, help, record, dropped_ms)
VALUES
    (:id, :seat, :form, :form_version, :begun_ms, :begun_min, :saved_ms, :saved_min, :help, :record, :dropped_ms)
ON CONFLICT (id) DO UPDATE SET
    seat = excluded.seat,
    saved_ms = excluded.saved_ms,
    saved_min = excluded.saved_min,
    help = excluded.help,
    record = excluded.record,
    dropped_ms = excluded.dropped_ms
