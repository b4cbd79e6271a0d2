//! Documents that list what the code has stay complete.

use std::collections::BTreeMap;
use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| format!("{path}: {error}"))
}

/// Codes of refusals with their sentence and their way out.
fn refusals() -> BTreeMap<String, (String, String)> {
    let source = read("schema/locales/en/failures.ftl");
    let mut lines = source.lines().peekable();
    let mut found = BTreeMap::new();
    while let Some(line) = lines.next() {
        let Some((code, said)) = line.strip_prefix("failure-").and_then(|rest| rest.split_once(" = ")) else {
            continue;
        };
        let hint = lines.peek().and_then(|next| next.trim().strip_prefix(".hint = ")).unwrap_or_default();
        found.insert(code.to_owned(), (said.to_owned(), hint.to_owned()));
    }
    found
}

#[test]
fn every_refusal_is_one_sentence_with_a_way_out_and_stands_in_the_table() {
    let table = read("docs/errors.md");
    let plain = |text: &str| text.replace("{ ", "{").replace(" }", "}");
    let refusals = refusals();
    assert!(refusals.len() > 30);
    for (code, (said, hint)) in &refusals {
        assert!(said.ends_with('.') && said.matches(". ").count() == 0, "{code}: one sentence");
        assert!(!hint.is_empty(), "{code}: a way out");
        let row = format!("| {} | {} |", plain(said), plain(hint));
        assert!(
            table.contains(&format!("| `{code}` | ")) && table.contains(&row),
            "{code} in docs/errors.md"
        );
    }
    let rows = table.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(rows, refusals.len(), "docs/errors.md has rows that no refusal has");
}

#[test]
fn links_of_the_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let pages =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/errors.md", "docs/hub.md"]
            .into_iter()
            .map(str::to_owned)
            .chain(folder(&root, "docs/decisions"))
            .chain(folder(&root, "docs/guides"))
            .chain(folder(&root, "schema/wire"));
    let mut dead = Vec::new();
    for page in pages {
        let text = read(&page);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            if !root.join(&page).parent().unwrap().join(file).exists() {
                dead.push(format!("{page}: {link}"));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

fn folder(root: &Path, name: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(root.join(name)) else { return Vec::new() };
    entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|file| file.ends_with(".md"))
        .map(|file| format!("{name}/{file}"))
        .collect()
}

/// What stands in code type in a cell.
fn ticked(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_row_of_the_two_documents_has_a_place_that_is_there() {
    let map = read("docs/seed-map.md");
    let rows: BTreeMap<&str, Vec<&str>> = map
        .lines()
        .filter(|line| line.starts_with("| A") || line.starts_with("| B"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            (cells[0], cells)
        })
        .collect();
    let wanted = (1..=66).map(|row| format!("A{row:02}")).chain((1..=30).map(|row| format!("B{row:02}")));
    let missing: Vec<String> = wanted.filter(|row| !rows.contains_key(row.as_str())).collect();
    assert_eq!((missing, rows.len()), (vec![], 96));
    let schema = tern_app::Schema::embedded().unwrap();
    let tasks: Vec<&str> =
        tern_record::task::TaskKind::ALL.into_iter().map(tern_record::task::TaskKind::code).collect();
    let rules = read("docs/rules.md");
    for (row, cells) in &rows {
        let (duty, place, later, test) = (cells[2], cells[3], cells[4], cells[5]);
        for key in ticked(place) {
            assert!(schema.field(key).is_some() || schema.list(key).is_some(), "{row}: no field {key}");
        }
        for task in place.split("task ").skip(1) {
            let code: String = task.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(tasks.contains(&code.as_str()), "{row}: no task {code}");
        }
        for rule in
            place.split([' ', ',', ';', ':']).filter(|word| word.starts_with("D-") || word.starts_with("A-"))
        {
            assert!(rules.contains(rule), "{row}: no rule {rule}");
        }
        let to_be_done = duty.split(' ').any(|duty| duty != "P");
        assert!(!to_be_done || !place.is_empty(), "{row} has no place");
        assert!(!to_be_done || !test.is_empty() || later.contains("later"), "{row}: a test, or later");
        if let Some(file) = ticked(test).next() {
            let name = test.rsplit(' ').next().unwrap();
            assert!(read(file).contains(&format!("fn {name}()")), "{row}: no test {name} in {file}");
        }
    }
}
