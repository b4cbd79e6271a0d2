//! Keys that leave the device and come back: a journey, and words that were forgotten. Two coordinators help, on devices
//! of their own that nobody searches.

use serde_json::{Value, json};
use tempfile::TempDir;
use tern_app::call::call;
use tern_app::{Cost, Desk, Ports, Schema};

use crate::secrets::{self, Typed};
use crate::story::Device;

/// A coordinator on another device.
struct Helper {
    desk: Desk,
    words: String,
    _folder: TempDir,
}

impl Helper {
    /// Invited by the device that is searched, and admitted there.
    fn joins(device: &mut Device, worker: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk =
            Desk::new(folder.path().join("home"), Schema::embedded().unwrap(), Ports::system(), Cost::FLOOR);
        let mut helper = Self { desk, words: String::new(), _folder: folder };
        let invitation = device.ok("invite", json!({ "hours": 2 }))["text"].clone();
        let drawn = helper.ok("draw_secrets", json!({}));
        let words = texts(&drawn["words"]).join(" ");
        let ask = json!({
            "invitation": invitation, "device": format!("Laptop of {worker}"), "words": words,
            "rescue_check": { "1": drawn["rescue_groups"][1], "4": drawn["rescue_groups"][4] },
        });
        helper.ok("request_seat", json!({ "ask": ask }));
        let waiting = helper.ok("waiting", json!({}));
        let site = device.ok("people", json!({}))["sites"][0]["id"].clone();
        let ask = json!({
            "request": waiting["text"], "worker": worker, "same_person": null, "roles": ["coordinator"],
            "site": site, "words": texts(&waiting["words"]).join(" "),
        });
        let admission = device.ok("admit_seat", json!({ "ask": ask }))["text"].clone();
        helper.ok("join", json!({ "words": words, "admission": admission }));
        helper.words = words;
        helper
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        call(&self.desk, command, &args).unwrap_or_else(|refused| panic!("{command}: {}", refused.code))
    }

    /// Calls the device over the network and leaves again, with all that it heard.
    fn calls(&self, device: &mut Device) {
        let open = device.ok("be_found", json!({ "on": true }))["nearby"]["open"].clone();
        self.ok("exchange_with", json!({ "address": open["addresses"][0] }));
        let line = loop {
            let line = self.ok("routes", json!({}))["line"].clone();
            if line["done"] == true {
                break line;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        };
        assert_eq!(line["equal"], true, "{line}");
        self.ok("lock", json!({}));
    }

    fn comes_back(&self) {
        self.ok("unlock", json!({ "words": self.words }));
    }

    /// What this coordinator gives to a device that asks.
    fn approves(&self, ask: &Value) -> Value {
        let words = texts(&ask["words"]).join(" ");
        self.ok("approve", json!({ "text": ask["text"], "words": words }))["text"].clone()
    }
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// The keys stay behind and come back; then the words are forgotten. Gives the new ones.
pub fn away_and_back(device: &mut Device, leila: &Typed) -> Typed {
    device.ok("unlock", json!({ "words": leila.words }));
    let helpers = ["Nadia", "Tomas"].map(|worker| Helper::joins(device, worker));
    device.at_work("others have joined", leila);
    helpers[0].calls(device);
    assert_eq!(device.ok("travel", json!({}))["door"], "travelling");
    device.nothing("the keys are left behind");
    helpers[0].comes_back();
    let ask = device.ok("ask_keys", json!({}))["ask"].clone();
    let approval = helpers[0].approves(&ask);
    device.learn(secrets::of_ask(device.folder(), &[&approval]));
    device.nothing("asked for the keys");
    device.ok("take_approval", json!({ "text": approval }));
    device.nothing("the keys are back");
    device.ok("unlock", json!({ "words": leila.words }));
    device.at_work("at work after a journey", leila);
    helpers[1].calls(device);
    device.lock("locked after a journey");
    helpers[1].comes_back();
    forgotten(device, leila, &helpers)
}

fn forgotten(device: &mut Device, leila: &Typed, helpers: &[Helper; 2]) -> Typed {
    let ask = device.ok("ask_words", json!({ "seat": null }))["ask"].clone();
    let approvals = helpers.each_ref().map(|helper| helper.approves(&ask));
    device.learn(secrets::of_ask(device.folder(), &approvals.each_ref()));
    for approval in &approvals {
        device.ok("take_approval", json!({ "text": approval }));
    }
    device.nothing("two have approved");
    let drawn = device.draw("Leila");
    device.ok("recover_words", json!({ "words": drawn.words }));
    let leila = Typed { words: drawn.words, ..leila.clone() };
    device.learn_of(&leila);
    device.nothing("new words by two coordinators");
    device.ok("unlock", json!({ "words": leila.words }));
    device.at_work("opened by new words", &leila);
    device.lock("locked after words were forgotten");
    leila
}
