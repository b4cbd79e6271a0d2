INSERT INTO child
    (record, name, names, sex, born_from, born_to, born, estimated, heaped, languages, places,
     begun_ms, begun_min, changed_ms, changed_min, unsure, disputes)
VALUES
    (:record, :name, :names, :sex, :born_from, :born_to, :born, :estimated, :heaped, :languages, :places,
     :begun_ms, :begun_min, :changed_ms, :changed_min, :unsure, :disputes)
ON CONFLICT (record) DO UPDATE SET
    name = excluded.name,
    names = excluded.names,
    sex = excluded.sex,
    born_from = excluded.born_from,
    born_to = excluded.born_to,
    born = excluded.born,
    estimated = excluded.estimated,
    heaped = excluded.heaped,
    languages = excluded.languages,
    places = excluded.places,
    begun_ms = excluded.begun_ms,
    begun_min = excluded.begun_min,
    changed_ms = excluded.changed_ms,
    changed_min = excluded.changed_min,
    unsure = excluded.unsure,
    disputes = excluded.disputes
RETURNING row
