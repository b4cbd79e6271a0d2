//! People, devices and keys by command line.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::members::removal::Extent;
use tern_app::members::script::{self, Whom};
use tern_app::members::sheet::Back;
use tern_app::members::void::Void;
use tern_app::{App, Code, Ports, Schema};

use crate::args::{
    Command, Common, Device, Pages, Programme, Recover, Return, Review, Roster, Scope, Sheet, Site, Work,
    Worker,
};
use crate::run::{Refused, passphrase, passphrase_given, secret};

/// What works on a locked device, or on one without a programme: asking, joining, getting in again.
pub fn alone(
    command: &Command,
    folder: &Path,
    common: &Common,
    schema: &Arc<Schema>,
    ports: &Arc<Ports>,
) -> Result<Option<Value>, Refused> {
    let (schema, ports) = (Arc::clone(schema), Arc::clone(ports));
    Ok(Some(match command {
        Command::Device(Device::Request { invite, device, out }) => {
            let given = passphrase_given(common)?;
            script::device_request(folder, invite, device, out, given.as_deref(), &ports)?
        }
        Command::Device(Device::Join { admission }) => {
            script::device_join(folder, admission, &passphrase(common)?, schema, ports)?
        }
        Command::Device(Device::Return(Return::Ask { out })) => script::return_ask(folder, out, &ports)?,
        Command::Device(Device::Return(Return::Finish { approval })) => {
            script::take_approvals(folder, std::slice::from_ref(approval), None, &ports)?
        }
        Command::Worker(Worker::Recover(Recover::Ask { out, seat })) => {
            script::recover_ask(folder, seat.as_deref(), out, &ports)?
        }
        Command::Worker(Worker::Recover(Recover::Finish { approvals, words_file })) => {
            let words = words_file.as_deref().map(line_of).transpose()?;
            script::take_approvals(folder, approvals, words.as_deref(), &ports)?
        }
        Command::Worker(Worker::Rescue { rescue_file, words_file }) => {
            let code = rescue_code(rescue_file.as_deref())?;
            let words = words_file.as_deref().map(line_of).transpose()?;
            script::rescue(folder, &code, words.as_deref(), schema, ports)?
        }
        Command::Programme(Programme::Recover { roster, pages, worker, device }) => {
            let (one, two) = both(pages)?;
            let given = passphrase_given(common)?;
            let back = Back { pages: (&one, &two), worker, device };
            script::programme_recover(folder, roster, back, given.as_deref(), schema, ports)?
        }
        _ => return Ok(None),
    }))
}

/// The first line of a file, without its end.
fn line_of(file: &Path) -> Result<String, Refused> {
    Ok(tern_app::script::read_text(file)?.trim_end_matches(['\r', '\n']).to_owned())
}

/// The rescue code: from a file, the surroundings, or a terminal; never from an argument.
fn rescue_code(file: Option<&Path>) -> Result<String, Refused> {
    if let Some(file) = file {
        return line_of(file);
    }
    secret("TERN_RESCUE", "Rescue code: ", "No rescue code was given: use --rescue-file or TERN_RESCUE.")
}

fn both(pages: &Pages) -> Result<(String, String), Refused> {
    Ok((line_of(&pages.page_one)?, line_of(&pages.page_two)?))
}

/// Devices of a programme.
pub fn devices(app: &mut App, device: &Device) -> Result<Value, Refused> {
    Ok(match device {
        Device::Return(Return::Approve { ask, check_words, out }) => {
            app.script_approve(ask, Some(check_words), out)?
        }
        Device::Request { .. } | Device::Join { .. } | Device::Return(_) | Device::Travel => {
            return Err(Refused::Usage("This command stands alone.".into()));
        }
        Device::Invite { out, hours } => app.script_invite(out, *hours)?,
        Device::Admit { request, whom, check_words, out } => {
            let whom = Whom { worker: whom.name.clone(), roles: whom.roles.clone(), site: whom.site.clone() };
            app.script_admit(request, &whom, Some(check_words), out)?
        }
        Device::List => app.script_devices()?,
        Device::Change { seat, roles, site } => app.script_change(seat, roles, site.as_deref())?,
        Device::AdmitAgain { seat, worker } => app.script_admit_again(seat, worker.as_deref())?,
        Device::Remove { seat, reason, whole_device, seat_only } => {
            let extent = match (whole_device, seat_only) {
                (true, _) => Some(Extent::Device),
                (_, true) => Some(Extent::Seat),
                _ => None,
            };
            app.script_remove(seat, reason, extent)?
        }
    })
}

/// Workers of this device.
pub fn workers(app: &mut App, worker: &Worker) -> Result<Value, Refused> {
    Ok(match worker {
        Worker::Add { name, roles, site, words_file } => {
            let whom = Whom { worker: name.clone(), roles: roles.clone(), site: site.clone() };
            let words = words_file.as_deref().map(line_of).transpose()?;
            app.script_add_worker(&whom, words.as_deref())?
        }
        Worker::Request { invite, words_file, out } => {
            let words = words_file.as_deref().map(line_of).transpose()?;
            app.script_ask_beside(invite, words.as_deref(), out)?
        }
        Worker::Join { admission } => app.script_join_beside(admission)?,
        Worker::Waiting => app.script_besides()?,
        Worker::GiveUp { seat } => app.script_give_up_beside(seat)?,
        Worker::Recover(Recover::Approve { ask, check_words, out }) => {
            app.script_approve(ask, Some(check_words), out)?
        }
        Worker::Recover(_) | Worker::Rescue { .. } => {
            return Err(Refused::Usage("This command stands alone.".into()));
        }
    })
}

/// The recovery sheet.
pub fn sheets(app: &mut App, sheet: &Sheet) -> Result<Value, Refused> {
    Ok(match sheet {
        Sheet::Make => app.script_sheet()?,
        Sheet::List => app.script_sheets()?,
        Sheet::Keep => {
            app.keep_sheet()?;
            app.script_sheets()?
        }
        Sheet::Drop => {
            app.script_drop_sheet()?;
            app.script_sheets()?
        }
        Sheet::Drill(pages) => {
            let (one, two) = both(pages)?;
            app.script_drill((&one, &two))?
        }
    })
}

/// Where this worker's work is.
pub fn work(app: &mut App, work: &Work) -> Result<Value, Refused> {
    Ok(match work {
        Work::Show => app.script_work()?,
        Work::Move => json!({ "moved": app.move_stranded()? }),
    })
}

/// Work that is kept aside.
pub fn reviews(app: &mut App, review: &Review) -> Result<Value, Refused> {
    Ok(match review {
        Review::List => app.script_reviews()?,
        Review::Accept { entry } => app.script_review(entry, true)?,
        Review::Decline { entry } => app.script_review(entry, false)?,
    })
}

/// Sites, keys, the signed membership.
pub fn sites(app: &mut App, site: &Site) -> Result<Value, Refused> {
    let Site::Create { name, country } = site;
    Ok(app.script_create_site(name, country)?)
}

/// Keys.
pub fn scopes(app: &App, scope: &Scope) -> Value {
    let Scope::List = scope;
    app.script_scopes()
}

/// The signed membership.
pub fn roster(app: &mut App, roster: &Roster) -> Result<Value, Refused> {
    Ok(match roster {
        Roster::Log { out } => app.script_roster(out.as_deref())?,
        Roster::Read { file } => app.script_read_roster(file)?,
        Roster::Lend { seat, out } => app.script_lend(seat, out)?,
        Roster::Share { half } => app.script_share(half)?,
        Roster::Void { .. } => app.script_void(&void(roster))?,
    })
}

fn void(roster: &Roster) -> Void {
    let Roster::Void { seat, from, half, back, keep_out, done } = roster else { return Void::default() };
    Void {
        seat: seat.clone(),
        from: from.clone(),
        half: half.clone(),
        back: back.clone(),
        keep_out: keep_out.clone(),
        done: *done,
    }
}

/// The signed membership on a device whose seat is out: it hears, and helps to undo a removal.
pub fn outside(roster: &Roster, folder: &Path, typed: &str, ports: &Arc<Ports>) -> Result<Value, Refused> {
    let mut outside = script::outside(folder, typed, ports)?;
    Ok(match roster {
        Roster::Log { out } => outside.script_log(out.as_deref())?,
        Roster::Read { file } => outside.script_read(file)?,
        Roster::Lend { seat, out } => outside.script_lend(seat, out)?,
        Roster::Void { .. } => outside.script_void(&void(roster))?,
        Roster::Share { .. } => return Err(Code::SeatRemoved.into()),
    })
}
