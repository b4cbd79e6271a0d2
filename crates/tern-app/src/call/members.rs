//! Commands about people, devices and keys.

use serde_json::Value;

use super::{Args, out};
use crate::desk::Reply;
use crate::failure::{Code, Failure};

/// Runs a command of this area.
pub(super) fn call(ask: &Args<'_>, command: &str) -> Reply<Value> {
    let desk = ask.desk;
    match command {
        "people" => out(desk.people()),
        "invite" => out(desk.invite(ask.get("hours")?)),
        "read_request" => out(desk.read_request(&ask.text("text")?)),
        "admit_seat" => out(desk.admit_seat(&ask.get("ask")?)),
        "add_worker" => out(desk.add_worker(&ask.get("ask")?)),
        "admit_again" => {
            out(desk.admit_again(&ask.text("seat")?, ask.get::<Option<String>>("named")?.as_deref()))
        }
        "besides" => out(desk.besides()),
        "ask_beside" => out(desk.ask_beside(&ask.get("ask")?)),
        "join_beside" => out(desk.join_beside(&ask.text("text")?)),
        "give_up_beside" => out(desk.give_up_beside(&ask.text("seat")?)),
        "change_seat" => out(desk.change_seat(
            &ask.text("seat")?,
            &ask.get::<Vec<String>>("roles")?,
            ask.get::<Option<String>>("site")?.as_deref(),
        )),
        "remove_seat" => out(desk.remove_seat(&ask.text("seat")?, ask.get("device")?, &ask.text("reason")?)),
        "create_site" => out(desk.create_site(&ask.text("name")?, &ask.text("country")?)),
        "roster_piece" => out(desk.roster_piece()),
        "read_roster" => out(desk.read_roster(&ask.text("text")?)),
        "save_piece" => out(desk.save_piece(&ask.text("text")?)),
        "hear_outside" => out(desk.hear_outside(&ask.text("words")?, &ask.text("text")?)),
        "last_work" => out(desk.last_work(&ask.text("words")?)),
        "write_last_work" => out(desk.write_last_work()),
        "send_last_work" => out(desk.send_last_work()),
        "step_last_work" => out(desk.step_last_work()),
        "last_work_left" => out(desk.last_work_left()),
        "leave_last_work" => out(desk.leave_last_work()),
        "read_pictures" => out(desk.read_pictures(&ask.get::<Vec<String>>("pictures")?)),
        "read_invitation" => out(desk.read_invitation(&ask.text("text")?)),
        "read_admission" => out(desk.read_admission(&ask.text("text")?)),
        "begin_from_sheet" => out(desk.begin_from_sheet(&ask.get("ask")?)),
        "request_seat" => out(desk.request_seat(&ask.get("ask")?)),
        "waiting" => out(desk.waiting()),
        "join" => out(desk.join(&ask.text("words")?, &ask.text("admission")?)),
        "give_up_request" => out(desk.give_up_request()),
        "recovery" => out(desk.recovery()),
        "ask_words" => out(desk.ask_words(ask.get::<Option<String>>("seat")?.as_deref())),
        "ask_keys" => out(desk.ask_keys()),
        "take_approval" => out(desk.take_approval(&ask.text("text")?)),
        "recover_words" => out(desk.recover_words(&ask.text("words")?)),
        "read_ask" => out(desk.read_ask(&ask.text("text")?)),
        "approve" => out(desk.approve(&ask.text("text")?, &ask.text("words")?)),
        "travel" => out(desk.travel()),
        "make_sheet" => out(desk.make_sheet()),
        "keep_sheet" => out(desk.keep_sheet()),
        "drop_sheet" => out(desk.drop_sheet(&ask.text("seat")?)),
        "lend_half" => out(desk.lend_half(&ask.text("seat")?)),
        "share_halves" => out(desk.share_halves(&ask.text("text")?)),
        "drill" => out(desk.drill(&ask.text("one")?, &ask.text("other")?)),
        "audit" => out(desk.audit(&ask.text("text")?)),
        "reviews" => out(desk.reviews()),
        "review" => out(desk.review(&ask.text("entry")?, ask.get("take")?)),
        _ => Err(desk.refuse(&Failure::from(Code::Internal("command")))),
    }
}
