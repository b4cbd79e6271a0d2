//! Commands by name, with JSON in and JSON out: what the window's one door and the development bridge call.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::desk::{Desk, Reply};
use crate::failure::{Code, Failure};
use crate::view::{ChangeRef, FailureView};

/// Every command, in the order of a day. A test holds the interface's client against it.
pub const COMMANDS: &[&str] = &[
    "status",
    "messages",
    "words",
    "countries",
    "draw_secrets",
    "create_programme",
    "unlock",
    "unlock_rescue",
    "choose_words",
    "cover",
    "uncover",
    "lock",
    "touch",
    "form",
    "today",
    "begin_draft",
    "draft",
    "put_draft",
    "finish_draft",
    "drop_draft",
    "restore_draft",
    "take_draft",
    "find",
    "child",
    "child_on",
    "needed",
    "family",
    "keep_together",
    "links",
    "link",
    "split",
    "tell",
    "edit_child",
    "move_entry",
    "history",
    "put_back",
    "may_be_same",
    "add_photo",
    "photo",
    "remove_photo",
    "whereabouts",
    "settings",
    "save_settings",
    "board",
    "tasks",
    "outcomes",
    "update_need",
    "undo",
    "roll_call",
    "set_group",
    "take_on",
    "away",
    "tell_away",
    "hand_over",
    "take_shift",
    "propose",
    "confirm",
    "withdraw",
    "proposals",
    "open_restricted",
    "kinds",
    "things",
    "thing",
    "begin_thing",
    "thing_text",
    "draft_of",
    "begin_arrival",
    "arrivals",
    "arrival",
    "recount",
    "tally",
    "take_out_line",
    "put_back_line",
    "own_copy",
    "blank_form",
    "codes",
    "read_value",
    "read_mrz",
];

/// Runs a command.
pub fn call(desk: &Desk, command: &str, args: &Value) -> Reply<Value> {
    let ask = Args { desk, args };
    match command {
        "status" => out(desk.status()),
        "messages" => out(desk.messages(&ask.text("language")?)),
        "words" => out(desk.words()),
        "countries" => out(desk.countries()),
        "draw_secrets" => out(desk.draw_secrets()),
        "create_programme" => out(desk.create_programme(&ask.get("ask")?)),
        "unlock" => out(desk.unlock(&ask.text("words")?)),
        "unlock_rescue" => out(desk.unlock_rescue(&ask.text("code")?)),
        "choose_words" => out(desk.choose_words(&ask.text("words")?)),
        "cover" => out(desk.cover()),
        "uncover" => out(desk.uncover()),
        "lock" => out(desk.lock()),
        "touch" => out(desk.touch()),
        "form" => out(desk.form(&ask.text("id")?)),
        "today" => out(desk.today()),
        "begin_draft" => out(desk.begin_draft()),
        "draft" => out(desk.draft(&ask.text("id")?)),
        "put_draft" => out(desk.put_draft(&ask.get("ask")?)),
        "finish_draft" => out(desk.finish_draft(&ask.text("id")?)),
        "drop_draft" => out(desk.drop_draft(&ask.text("id")?)),
        "restore_draft" => out(desk.restore_draft(&ask.text("id")?)),
        "take_draft" => out(desk.take_draft(&ask.text("id")?)),
        "find" => out(desk.find(&ask.text("text")?, ask.get("limit")?)),
        "child" => out(desk.child(&ask.text("id")?)),
        "child_on" => out(desk.child_on(&ask.text("id")?, &ask.text("day")?)),
        "needed" => out(desk.needed(&ask.text("id")?)),
        "family" => out(desk.family(&ask.text("id")?)),
        "keep_together" => out(desk.keep_together(&ask.get("ask")?)),
        "links" => out(desk.links(&ask.text("id")?)),
        "link" => out(desk.link(&ask.text("id")?, &ask.text("other")?)),
        "split" => out(desk.split(&ask.text("id")?, &ask.text("other")?)),
        "tell" => out(desk.tell(&ask.get("ask")?)),
        "edit_child" => out(desk.edit_child(&ask.get("ask")?)),
        "move_entry" => out(desk.move_entry(&ask.text("id")?, &ask.text("entry")?, &ask.text("to")?)),
        "history" => out(desk.history(&ask.text("id")?)),
        "put_back" => out(desk.put_back(&ask.text("id")?, &ask.text("change")?, &ask.text("path")?)),
        "may_be_same" => out(desk.may_be_same(&ask.text("id")?)),
        "add_photo" => out(desk.add_photo(&ask.text("id")?, &ask.text("data")?)),
        "photo" => out(desk.photo(&ask.text("id")?)),
        "remove_photo" => out(desk.remove_photo(&ask.text("id")?, &ask.get::<Vec<String>>("heads")?)),
        "whereabouts" => out(desk.whereabouts()),
        "settings" => out(desk.settings()),
        "save_settings" => out(desk.save_settings(&ask.get("settings")?)),
        "board" => out(desk.board()),
        "tasks" => out(desk.tasks(ask.get::<Option<String>>("id")?.as_deref())),
        "outcomes" => out(desk.outcomes(&ask.text("need")?)),
        "update_need" => out(desk.update_need(&ask.get("ask")?)),
        "undo" => out(desk.undo(&ask.get::<Vec<ChangeRef>>("changes")?)),
        "roll_call" => out(desk.roll_call(&ask.get("ask")?)),
        "set_group" => out(desk.set_group(&ask.get::<Vec<String>>("ids")?, &ask.text("group")?)),
        "take_on" => out(desk.take_on(&ask.get::<Vec<String>>("ids")?, ask.get("on")?)),
        "away" => out(desk.away()),
        "tell_away" => out(desk.tell_away(&ask.get("ask")?)),
        "hand_over" => out(desk.hand_over()),
        "take_shift" => out(desk.take_shift()),
        "propose" => out(desk.propose(&ask.text("id")?, &ask.text("path")?, &ask.get("value")?)),
        "confirm" => out(desk.confirm(&ask.text("change")?)),
        "withdraw" => out(desk.withdraw(&ask.text("change")?)),
        "proposals" => out(desk.proposals(&ask.text("id")?)),
        "open_restricted" => out(desk.open_restricted(&ask.text("id")?, &ask.text("reason")?)),
        "kinds" => out(desk.kinds()),
        "things" => out(desk.things(&ask.text("kind")?, &ask.text("text")?)),
        "thing" => out(desk.thing(&ask.text("id")?)),
        "begin_thing" => out(desk.begin_thing(&ask.get("ask")?)),
        "thing_text" => out(desk.thing_text(&ask.text("id")?)),
        "draft_of" => out(desk.draft_of(&ask.text("id")?)),
        "begin_arrival" => out(desk.begin_arrival(&ask.get("ask")?)),
        "arrivals" => out(desk.arrivals()),
        "arrival" => out(desk.arrival(&ask.text("id")?)),
        "recount" => out(desk.recount(&ask.text("id")?, ask.get("count")?)),
        "tally" => out(desk.tally(&ask.get("ask")?)),
        "take_out_line" => out(desk.take_out_line(&ask.text("arrival")?, &ask.text("row")?)),
        "put_back_line" => out(desk.put_back_line(&ask.text("arrival")?, &ask.text("row")?)),
        "own_copy" => out(desk.own_copy(&ask.text("id")?, &ask.text("whom")?)),
        "blank_form" => out(desk.blank_form(&ask.text("form")?)),
        "codes" => out(desk.codes(&ask.text("list")?)),
        "read_value" => out(desk.read_value(&ask.text("path")?, &ask.get("value")?)),
        "read_mrz" => out(desk.read_mrz(&ask.text("text")?)),
        _ => Err(desk.refuse(&Failure::from(Code::Internal("command")))),
    }
}

struct Args<'a> {
    desk: &'a Desk,
    args: &'a Value,
}

impl Args<'_> {
    fn get<T: DeserializeOwned>(&self, name: &str) -> Result<T, FailureView> {
        let value = self.args.get(name).cloned().unwrap_or(Value::Null);
        serde_json::from_value(value)
            .map_err(|_| self.desk.refuse(&Failure::from(Code::Internal("arguments"))))
    }

    fn text(&self, name: &str) -> Result<String, FailureView> {
        self.get(name)
    }
}

fn out<T: Serialize>(reply: Reply<T>) -> Reply<Value> {
    reply.map(|view| serde_json::to_value(view).unwrap_or(Value::Null))
}
