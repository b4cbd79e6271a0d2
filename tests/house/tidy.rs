//! The house keeps its own rules: which crate may import which, and what only one crate may touch.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// A crate imports only crates that stand before it here.
const ORDER: [&str; 14] = [
    "tern-record",
    "tern-form",
    "tern-match",
    "tern-doc",
    "tern-seal",
    "tern-store",
    "tern-sync",
    "tern-net",
    "tern-photo",
    "tern-app",
    "tern-cli",
    "tern-hub",
    "tern-window",
    "tern-stories",
];

/// Libraries that these crates alone may import, and why.
const ONLY: [(&str, &[&str], &str); 13] = [
    ("automerge", &["tern-doc"], "the merge engine must stay replaceable"),
    ("ring", &["tern-seal"], "keys and nonces are handled in one place"),
    ("argon2", &["tern-seal"], "keys and nonces are handled in one place"),
    ("hpke", &["tern-seal"], "keys and nonces are handled in one place"),
    ("rusqlite", &["tern-store", "tern-hub"], "what is on a disk is decided in one place"),
    ("object_store", &["tern-hub"], "what is on a disk is decided in one place"),
    ("axum", &["tern-net"], "what comes over a line is met in one place"),
    ("hyper", &["tern-net"], "what comes over a line is met in one place"),
    ("rustls", &["tern-net"], "what a peer must prove is decided in one place"),
    ("image", &["tern-photo"], "pictures from outside are decoded behind limits"),
    ("quircs", &["tern-photo"], "pictures from outside are read behind limits"),
    ("qrcodegen", &["tern-photo"], "codes are made where they are read"),
    ("tauri", &["tern-window"], "the core knows no window"),
];

/// Programs that may import nothing of ours but the use cases.
const CLIENTS: [&str; 2] = ["tern-cli", "tern-window"];

/// All of ours that the hub may import: it knows no form, no vault and no use case.
const HUB: [&str; 4] = ["tern-record", "tern-seal", "tern-sync", "tern-net"];

type Graph = BTreeMap<String, Vec<String>>;

/// The crates of the workspace, as Cargo describes them.
fn packages() -> Vec<Value> {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo metadata runs");
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("cargo metadata prints JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

/// Crates of the workspace with what they import outside tests.
fn graph() -> Graph {
    packages()
        .iter()
        .map(|package| {
            let imports = package["dependencies"].as_array().expect("dependencies");
            let normal = imports.iter().filter(|import| import["kind"].is_null());
            let names = normal.map(|import| import["name"].as_str().unwrap().to_owned()).collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

fn wrong_arrows(graph: &Graph) -> Vec<String> {
    let place = |name: &str| ORDER.iter().position(|have| *have == name);
    let mut wrong = Vec::new();
    for (package, imports) in graph {
        for import in imports {
            if let (Some(from), Some(to)) = (place(package), place(import))
                && to >= from
            {
                wrong
                    .push(format!("{package} imports {import}, which stands above it: turn the arrow round"));
            }
            if import == "tern-testkit" && package != "tern-stories" {
                wrong.push(format!("{package} imports tern-testkit outside tests"));
            }
            if CLIENTS.contains(&package.as_str()) && import.starts_with("tern-") && import != "tern-app" {
                wrong.push(format!("{package} imports {import}: a client calls tern-app alone"));
            }
            if package == "tern-hub" && import.starts_with("tern-") && !HUB.contains(&import.as_str()) {
                wrong.push(format!("{package} imports {import}: the hub carries what it cannot read"));
            }
            for (library, owners, why) in ONLY {
                if import == library && !owners.contains(&package.as_str()) {
                    wrong.push(format!(
                        "{package} imports {library}; only {} may: {why}",
                        owners.join(" and ")
                    ));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_arrow_points_down() {
    let graph = graph();
    assert!(graph.contains_key("tern-app") && graph["tern-app"].contains(&"tern-store".to_owned()));
    assert_eq!(wrong_arrows(&graph), Vec::<String>::new());
}

#[test]
fn a_wrong_arrow_is_found() {
    let wrong = |package: &str, import: &str| {
        let graph = Graph::from([(package.to_owned(), vec![import.to_owned()])]);
        wrong_arrows(&graph).len()
    };
    assert_eq!(wrong("tern-record", "tern-store"), 1);
    assert_eq!(wrong("tern-store", "automerge"), 1);
    assert_eq!(wrong("tern-cli", "tern-store"), 1);
    assert_eq!(wrong("tern-app", "tern-testkit"), 1);
    assert_eq!(wrong("tern-hub", "tern-store"), 1);
    assert_eq!(wrong("tern-app", "tern-store"), 0);
    assert_eq!(wrong("tern-hub", "tern-sync"), 0);
}

#[test]
fn no_build_has_planted_faults_but_the_one_that_asks_for_them() {
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let features = package["features"].as_object().unwrap();
        for (feature, gives) in features {
            let is_planted = feature == "planted" && ["tern-sync", "tern-stories"].contains(&name);
            assert!(is_planted || !gives.to_string().contains("planted"), "{name}: {feature}");
        }
        for import in package["dependencies"].as_array().unwrap() {
            assert!(!import["features"].to_string().contains("planted"), "{name}: {}", import["name"]);
        }
    }
}
