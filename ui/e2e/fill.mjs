// Fills a record through the core's own commands: every question of every section that one worker may answer alone.

/** Calls a command of the core from the page. */
export async function core(page, command, args = {}) {
  const told = await page.evaluate(async ([command, args]) => {
    const reply = await fetch("/ipc", { method: "POST", body: JSON.stringify({ command, args }) });
    return reply.json();
  }, [command, args]);
  if (told.error) throw Object.assign(new Error(`${command}: ${told.error.code} ${told.error.paths}`), { code: told.error.code });
  return told.ok;
}

const LONG = "She said it in her own words, slowly, and asked that it be written down as she told it.";

function answer(field, others) {
  switch (field.kind) {
    case "text": case "place": return `${field.label}, as it was told`;
    case "note": return LONG;
    case "name": return { text: "Selam Gebremariam Tekle" };
    case "code": return field.options[0]?.code;
    case "language": return { language: "tir", level: "fluent", can_read: true, preferred: true };
    case "bool3": return false;
    case "int": return 3;
    case "date": return "2026-11-02";
    case "fuzzy_date": return { year: 2018, month: 1, day: 29, calendar_entered: "ethiopic" };
    case "instant": return "2026-11-03T09:30:00+01:00";
    case "ref": return field.to?.startsWith("@") ? others[field.to.slice(1)] : undefined;
    default: return undefined;
  }
}

/** A change that a rule keeps one worker from making alone is made without the answer that it is about. */
async function put(page, id, puts) {
  const left = { ...puts };
  for (;;) {
    if (Object.keys(left).length === 0) return {};
    try {
      return (await core(page, "edit_child", { ask: { id, heads: [], puts: left } })).rows;
    } catch (error) {
      const rule = /^edit_child: rule-\S+ (.+)$/.exec(error.message);
      if (!rule) throw error;
      const about = rule[1].split("/");
      const named = Object.keys(left).filter((path) => path.split("/")[0] === about[0] && path.split("/").at(-1) === about.at(-1));
      if (named.length === 0) throw error;
      for (const path of named) delete left[path];
    }
  }
}

/** Gives the number of answers and rows that were put. */
export async function fillRecord(page, id, formId = "child") {
  const form = await core(page, "form", { id: formId });
  const others = {
    facility: (await core(page, "begin_thing", { ask: { kind: "facility", puts: { "facility.name": "Pier house" } } })).id,
    organisation: (await core(page, "begin_thing", { ask: { kind: "organisation", puts: { "organisation.name": "Harbour Law" } } })).id,
    person: (await core(page, "begin_thing", { ask: { kind: "person", puts: { "person_names/+1/name": "Tekle Gebremariam" } } })).id,
    child: id,
  };
  const items = form.sections.flatMap((section) => section.items);
  const single = {};
  for (const item of items.filter((item) => item.item === "field")) {
    if (item.kind === "set") single[`${item.id}/${item.options[0].code}/in`] = true;
    else if (item.kind !== "blob" && answer(item, others) !== undefined) single[item.id] = answer(item, others);
  }
  for (const given of ["dob", "accompaniment", "companions_answered", "name_absent_reason", "sex", "life_status"]) delete single[given];
  await put(page, id, single);
  const rows = {};
  const lists = [...new Map(items.filter((item) => item.item === "list").map((item) => [item.id, item])).values()];
  // A proposal is made by proposing, never typed as a row.
  const typed = lists.filter((list) => list.id !== "proposals");
  for (const list of [...typed.filter((list) => !list.of), ...typed.filter((list) => list.of)]) {
    const puts = list.of ? { [`${list.id}/+1/of`]: rows[list.of] } : {};
    for (const field of list.fields) {
      const value = answer(field, others);
      if (value !== undefined) puts[`${list.id}/+1/${field.id}`] = value;
    }
    rows[list.id] = (await put(page, id, puts))[`${list.id}/+1`];
  }
  return { single: Object.keys(single).length, rows };
}

/** Registers a child through the core; gives what lists call it. */
export async function registered(page, name) {
  const { id } = await core(page, "begin_draft");
  const put = (path, value) => core(page, "put_draft", { ask: { id, path, value, typing: false } });
  await put("names/+1/name", name);
  await put("sex", "F");
  await put("dob", { age: 9 });
  const { child } = await put("companions_answered", "none_to_add");
  await core(page, "finish_draft", { id });
  return `${name} · ${child.short_id}`;
}
