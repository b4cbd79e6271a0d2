//! Two records of one child, called so by two.

use serde_json::json;
use tern_app::App;

use super::{Two, hand_over, open};

/// Whether a child is on the board, by its id.
fn is_on_board(app: &App, child: &str) -> bool {
    let board = app.script_board(None, None).unwrap();
    board["rows"].as_array().unwrap().iter().any(|row| row["id"] == child)
}

#[test]
fn d_06_two_records_of_one_child_never_both_stop_counting() {
    let mut two = Two::begin();
    let first = two.child.clone();
    let answers = json!({ "names": ["Anri"], "sex": "M", "age": 14, "accompaniment": "unaccompanied" });
    let second = two.leila.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    let third = two.leila.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    let change = two.leila.link_same(&first, &second).unwrap().to_hex();
    let other = two.leila.link_same(&second, &third).unwrap().to_hex();
    // Each by the other would be none.
    assert_eq!(two.leila.link_same(&second, &first).unwrap_err().code.name(), "proposal-waits");
    two.meet();
    two.tomas.confirm(&change).unwrap();
    assert!(!is_on_board(&two.tomas, &first) && is_on_board(&two.tomas, &second));
    assert_eq!(two.tomas.link_same(&second, &first).unwrap_err().code.name(), "record-ended");
    assert_eq!(two.tomas.link_same(&third, &first).unwrap_err().code.name(), "record-ended");
    // A ring of three, of which one link was proposed before the others stood.
    let ring = two.tomas.link_same(&third, &second).unwrap_err();
    assert_eq!(ring.code.name(), "proposal-waits");
    two.tomas.confirm(&other).unwrap();
    assert!(!is_on_board(&two.tomas, &second) && is_on_board(&two.tomas, &third));
    two.meet();
    assert!(is_on_board(&two.leila, &third));

    // However the link is taken away, the child counts again by its own record.
    let shown = two.leila.script_show(&first, None, None).unwrap();
    let fields = shown["fields"].as_object().unwrap();
    let decision = fields.keys().find(|path| path.ends_with("/decision")).unwrap().clone();
    for (path, value) in [
        (decision.clone(), json!("different")),
        (decision.replace("/decision", "/removed"), json!("typed_by_mistake")),
    ] {
        let edited = two.leila.script_edit(&first, &[], [(path.clone(), value)].into()).unwrap();
        assert!(is_on_board(&two.leila, &first), "{path}");
        let changes = edited["changes"].as_array().unwrap();
        assert_eq!(changes.len(), 1);
        let change = tern_app::view::ChangeRef {
            child: first.clone(),
            change: changes[0].as_str().unwrap().to_owned(),
        };
        // One does not make them the same again.
        let back = two.leila.undo(&[change]);
        assert!(back.is_err() || is_on_board(&two.leila, &first), "{path}");
    }
}

#[test]
fn d_06_a_child_counts_again_although_the_power_went_when_the_work_had_come() {
    use tern_sync::Shelf as _;
    let mut two = Two::begin();
    let first = two.child.clone();
    let answers = json!({ "names": ["Anri"], "sex": "M", "age": 14, "accompaniment": "unaccompanied" });
    let second = two.leila.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    two.meet();
    // Each by the other, proposed and confirmed on two devices that do not know of it.
    let one = two.leila.link_same(&first, &second).unwrap().to_hex();
    let other = two.tomas.link_same(&second, &first).unwrap().to_hex();
    two.meet();
    two.tomas.confirm(&one).unwrap();
    two.leila.confirm(&other).unwrap();
    two.tomas.end_session().unwrap();
    two.leila.take_all(&two.tomas.envelopes().unwrap()).unwrap();
    let counts = |app: &App| [&first, &second].into_iter().filter(|child| is_on_board(app, child)).count();
    assert_eq!(counts(&two.leila), 0, "it is looked at once all has come");
    let Two { leila, tomas, _folders, .. } = two;
    drop((leila, tomas));
    let (mut leila, mut tomas) = (open(&_folders.0), open(&_folders.1));
    assert_eq!(counts(&leila), 1);
    hand_over(&mut leila, &mut tomas);
    tern_stories::meeting::meet(&mut tomas, &mut leila);
    assert_eq!((counts(&leila), counts(&tomas)), (1, 1));
    assert_eq!(is_on_board(&leila, &first), is_on_board(&tomas, &first));
}
