//! What happens to the device, and what must and may not be found in its memory meanwhile.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tern_seal::SystemRandom;
use tern_seal::passphrase::{RescueCode, draw_words};

use crate::journey::away_and_back;
use crate::scan::{Found, search};
use crate::secrets::{self, Secret, Typed};
use crate::worker::{COMMAND, HOLD, LET_GO};

const NAME: &str = "Samira Haidari Quorrin";
const TOLD: &str = "Vurmek oltin harrad; thassel zembi quorrin.";
const DONE: &str = "Zembi thassel, umbru quorrin, velm harrad.";

/// A process that is asked and searched.
pub struct Device {
    process: Child,
    folder: PathBuf,
    secrets: Vec<Secret>,
    /// Secrets that were found where nothing may be.
    left: usize,
}

impl Device {
    fn start(folder: &Path, usual: bool) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.env("TERN_MEMORY_OF", folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        if usual {
            command.env("TERN_MEMORY_USUAL", "1");
        }
        Self { process: command.spawn().unwrap(), folder: folder.to_owned(), secrets: Vec::new(), left: 0 }
    }

    /// Its files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn say(&mut self, kind: u8, bytes: &[u8]) -> Vec<u8> {
        let to = self.process.stdin.as_mut().unwrap();
        to.write_all(&u32::try_from(bytes.len() + 1).unwrap().to_le_bytes()).unwrap();
        to.write_all(&[&[kind], bytes].concat()).unwrap();
        let from = self.process.stdout.as_mut().unwrap();
        let mut length = [0; 4];
        from.read_exact(&mut length).unwrap();
        let mut said = vec![0; usize::try_from(u32::from_le_bytes(length)).unwrap()];
        from.read_exact(&mut said).unwrap();
        said
    }

    fn ask(&mut self, command: &str, args: Value) -> Value {
        let asked = json!({ "command": command, "args": args }).to_string();
        serde_json::from_slice(&self.say(COMMAND, asked.as_bytes())).unwrap()
    }

    pub fn ok(&mut self, command: &str, args: Value) -> Value {
        let reply = self.ask(command, args);
        reply.get("ok").unwrap_or_else(|| panic!("{command}: {reply}")).clone()
    }

    fn refused(&mut self, command: &str, args: Value) -> String {
        self.ask(command, args)["error"]["code"].as_str().unwrap().to_owned()
    }

    /// Words and a code that the device draws.
    pub fn draw(&mut self, name: &'static str) -> Typed {
        let drawn = self.ok("draw_secrets", json!({}));
        let texts = |key: &str| -> Vec<String> {
            drawn[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let typed = Typed { name, words: texts("words").join(" "), rescue: texts("rescue_groups") };
        self.learn(typed.secrets());
        typed
    }

    /// Looks for what somebody's words and the files hold now from here on, too.
    pub fn learn(&mut self, secrets: Vec<Secret>) {
        for secret in secrets {
            if self.secrets.iter().all(|have| have.whole() != secret.whole()) {
                self.secrets.push(secret);
            }
        }
    }

    pub fn learn_of(&mut self, typed: &Typed) {
        self.learn(secrets::of(&self.folder, typed));
    }

    fn search(&self) -> Found {
        search(self.process.id(), &self.secrets).0
    }

    /// What `typed` has for as long as somebody is at work must be found.
    pub fn at_work(&mut self, when: &str, typed: &Typed) {
        let now = secrets::of(&self.folder, typed);
        self.learn(now.clone());
        let found = self.search();
        let is_now = |secret: &Secret| now.iter().any(|have| have.stays && have.whole() == secret.whole());
        let lacks: Vec<&str> = (0..)
            .zip(&self.secrets)
            .filter(|(at, secret)| is_now(secret) && !found.contains_key(at))
            .map(|(_, secret)| secret.name.as_str())
            .collect();
        assert!(lacks.is_empty(), "{when}: not found, so a search proves nothing: {lacks:?}");
        println!("{when}: {} secrets lie in memory", found.len());
    }

    /// Nothing may be found; what is found is told at once, and counts at the end.
    pub fn nothing(&mut self, when: &str) {
        let (found, searched) = search(self.process.id(), &self.secrets);
        println!("{when}: {} secrets looked for in {} KiB", self.secrets.len(), searched / 1024);
        for (secret, places) in &found {
            println!("    {}: {places:?}", self.secrets[*secret].name);
        }
        self.left += found.len();
    }

    pub fn lock(&mut self, when: &str) {
        let status = self.ok("lock", json!({}));
        assert_eq!(status["door"], "locked");
        self.nothing(when);
    }

    fn end(mut self) {
        drop(self.process.stdin.take());
        assert!(self.process.wait().unwrap().success());
        assert_eq!(self.left, 0, "secrets in the memory of a locked device");
    }

    /// Every secret is kept on purpose on a heap and on a stack, is found in both, and is gone when it is let go.
    fn prove(&mut self) {
        let all: Vec<u8> = self.secrets.iter().flat_map(|secret| secret.whole().to_vec()).collect();
        self.say(HOLD, &all);
        let found = self.search();
        for (at, secret) in self.secrets.iter().enumerate() {
            let places = found.get(&at).unwrap_or_else(|| panic!("{} is not found", secret.name));
            let on = |what: &str| places.keys().any(|place| place.contains(what));
            assert!(on("stack of commands") && on("heap"), "{}: found at {places:?} alone", secret.name);
        }
        self.say(LET_GO, b"");
        self.nothing("all of them held and let go");
    }
}

pub fn run() {
    secrets::check_first_hash();
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let mut device = Device::start(&home, false);
    let leila = begin(&mut device);
    device.at_work("a new programme", &leila);
    write(&mut device);
    device.learn_of(&leila);
    device.ok("cover", json!({}));
    device.lock("covered and locked");
    device.ok("unlock", json!({ "words": leila.words }));
    device.ok("today", json!({}));
    device.at_work("opened by words", &leila);
    device.lock("locked again");
    wrong(&mut device);
    let leila = rescued(&mut device, &leila);
    let omar = second_worker(&mut device, &leila);
    removed(&mut device, &leila, &omar);
    sheet(&mut device, &leila);
    let leila = away_and_back(&mut device, &leila);
    device.prove();
    device.end();
    usual_cost(&home, &leila);
}

fn begin(device: &mut Device) -> Typed {
    assert_eq!(device.ok("status", json!({}))["door"], "new");
    let leila = device.draw("Leila");
    let ask = json!({
        "name": "Harbour", "site": "Velmar", "country": "QME", "worker": "Leila", "practice": true,
        "words": leila.words, "rescue_check": { "1": leila.rescue[1], "4": leila.rescue[4] },
    });
    assert_eq!(device.ok("create_programme", json!({ "ask": ask }))["door"], "open");
    leila
}

/// A child is registered, with what protects it and narratives.
fn write(device: &mut Device) {
    device.learn(vec![
        Secret::text("name of a child", NAME),
        Secret::text("what a child told", TOLD),
        Secret::text("what was done for a child", DONE),
    ]);
    let draft = device.ok("begin_draft", json!({}))["id"].clone();
    let mut put = |path: &str, value: Value| {
        device
            .ok("put_draft", json!({ "ask": { "id": draft, "path": path, "value": value, "typing": false } }))
    };
    put("help_asked/bed/in", json!(true));
    put("consents/+1/purpose", json!("case_management"));
    put("consents/+1/status", json!("granted"));
    put("names/+1/name", json!(NAME));
    put("sex", json!("F"));
    put("dob", json!({ "age": 11 }));
    put("companions/+1/claim", json!("relative"));
    let child = put("companions_answered", json!("listed"))["child"]["id"].clone();
    device.ok("finish_draft", json!({ "id": draft }));
    let puts = json!({
        "concerns/+1/type": "neglect", "concerns/+1/response": DONE,
        "concerns/+1/story": TOLD,
    });
    device.ok("edit_child", json!({ "ask": { "id": child, "heads": [], "puts": puts } }));
    photo(device, &child);
}

/// A photo of the child is kept and looked at.
fn photo(device: &mut Device, child: &Value) {
    let puts = json!({ "consents/+1/purpose": "photo", "consents/+1/status": "granted" });
    device.ok("edit_child", json!({ "ask": { "id": child, "heads": [], "puts": puts } }));
    let given = secrets::picture();
    device.ok("add_photo", json!({ "id": child, "data": STANDARD.encode(&given) }));
    let shown = device.ok("photo", json!({ "id": child }));
    let shown = shown.as_str().unwrap().rsplit(',').next().unwrap();
    device.learn(secrets::of_photo("photo as it was given", &given));
    device.learn(secrets::of_photo("photo as it is kept", &STANDARD.decode(shown).unwrap()));
}

/// Words and codes that open nothing leave nothing.
fn wrong(device: &mut Device) {
    let random = &mut SystemRandom::default();
    let words = draw_words(random).join(" ");
    let code = RescueCode::make_random(random);
    let typed = Typed { name: "nobody", words: words.clone(), rescue: code.groups() };
    device.learn(secrets::of_wrong(&device.folder, &typed));
    assert_eq!(device.refused("unlock", json!({ "words": words })), "wrong-passphrase");
    assert_eq!(device.refused("unlock_rescue", json!({ "code": typed.rescue.join("-") })), "wrong-rescue");
    device.nothing("wrong words and a wrong code");
}

/// The rescue code opens, and new words are chosen.
fn rescued(device: &mut Device, leila: &Typed) -> Typed {
    device.ok("unlock_rescue", json!({ "code": leila.rescue.join("-") }));
    let drawn = device.draw("Leila");
    device.ok("choose_words", json!({ "words": drawn.words }));
    let leila = Typed { words: drawn.words, ..leila.clone() };
    device.at_work("opened by the rescue code", &leila);
    device.lock("locked after the rescue code");
    leila
}

/// Another worker gets words on this device, and works.
fn second_worker(device: &mut Device, leila: &Typed) -> Typed {
    device.ok("unlock", json!({ "words": leila.words }));
    let omar = device.draw("Omar");
    let site = device.ok("people", json!({}))["sites"][0]["id"].clone();
    let ask = json!({
        "worker": "Omar", "roles": ["case_worker"], "site": site, "words": omar.words,
        "rescue_check": { "0": omar.rescue[0], "6": omar.rescue[6] },
    });
    device.ok("add_worker", json!({ "ask": ask }));
    device.lock("locked for the next worker");
    device.ok("unlock", json!({ "words": omar.words }));
    write(device);
    device.at_work("the next worker", &omar);
    device.learn_of(leila);
    device.lock("the next worker has locked");
    omar
}

/// A worker is taken out, and every key is replaced.
fn removed(device: &mut Device, leila: &Typed, omar: &Typed) {
    device.learn_of(omar);
    device.ok("unlock", json!({ "words": leila.words }));
    let people = device.ok("people", json!({}));
    let members = people["members"].as_array().unwrap();
    let seat = members.iter().find(|member| member["worker"] == "Omar").unwrap()["seat"].clone();
    let told = device.ok("remove_seat", json!({ "seat": seat, "device": false, "reason": "left" }));
    assert!(told["replaced"].as_u64().unwrap() >= 3, "{told}");
    write(device);
    device.at_work("keys were replaced", leila);
    device.lock("locked with new keys");
}

/// A recovery sheet is made, and its pages are tried.
fn sheet(device: &mut Device, leila: &Typed) {
    device.ok("unlock", json!({ "words": leila.words }));
    let made = device.ok("make_sheet", json!({}));
    let page = |at: usize| -> String {
        let groups = made["pages"][at].as_array().unwrap();
        groups.iter().map(|group| group.as_str().unwrap()).collect::<Vec<_>>().join("-")
    };
    let pages = [page(0), page(1)];
    device.ok("drill", json!({ "one": pages[0], "other": pages[1] }));
    device.learn(secrets::of_sheet(&device.folder, &pages));
    device.lock("locked after a sheet was made");
}

/// The same at what deriving a key usually costs: more memory, on several threads.
fn usual_cost(home: &Path, leila: &Typed) {
    let mut device = Device::start(home, true);
    device.learn_of(leila);
    device.ok("unlock", json!({ "words": leila.words }));
    let drawn = device.draw("Leila");
    device.ok("choose_words", json!({ "words": drawn.words }));
    let leila = Typed { words: drawn.words, ..leila.clone() };
    device.learn_of(&leila);
    device.lock("locked after words at the usual cost");
    device.ok("unlock", json!({ "words": leila.words }));
    device.at_work("opened at the usual cost", &leila);
    device.lock("locked at the usual cost");
    device.end();
}
