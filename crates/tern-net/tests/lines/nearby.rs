//! Found by name in a network, as long as one wants to be.

use std::time::Duration;

use tern_net::{Announced, Found, Looking};

/// Waits until what is seen under a name is so.
fn sees(looking: &Looking, name: &str, is_there: bool) -> Option<Found> {
    let look = || looking.found().into_iter().find(|found| found.name == name);
    for _ in 0..200 {
        let found = look();
        if found.is_some() == is_there {
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    look()
}

#[test]
fn who_is_announced_is_found_and_then_not_any_more() {
    let name = format!("x{:016x}", std::process::id());
    let looking = Looking::begin().unwrap();
    let announced = Announced::begin(&name, "0.0.0.0:4711".parse().unwrap()).unwrap();
    let found = sees(&looking, &name, true).expect("it is announced");
    assert_eq!(found.port, 4711);
    assert!(!found.addresses.is_empty());
    drop(announced);
    assert_eq!(sees(&looking, &name, false), None);
}
