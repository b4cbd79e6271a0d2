//! From words to use cases.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal as _, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde_json::{Value, json};
use tern_app::exchange::script::leaving;
use tern_app::own_copy::Reader;
use tern_app::programme::NewProgramme;
use tern_app::script::{self, counted, parse, told};
use tern_app::text::Text;
use tern_app::view::{BeginNext, HouseholdMove, NewArrival, NewBatch, SettleBy, TallyChild};
use tern_app::{App, Code, Failure, Ports, Schema, default_home};

use crate::args::{
    Cli, Command, Common, Device, Export, Family, Forms, Import, Paper, Photo, Print, Programme, Sync, Tally,
    pair,
};
use crate::{members, sync};

/// What a run gives: a value to print, or nothing because it was printed already.
pub type Outcome = Result<Option<Value>, Refused>;

/// Why nothing was done.
pub enum Refused {
    /// The words were wrong: exit 2.
    Usage(String),
    /// The words make no command at all.
    Words(clap::Error),
    /// A use case refused.
    Failure(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Self::Failure(code.into())
    }
}

impl Refused {
    /// The exit code.
    pub fn exit(&self) -> i32 {
        match self {
            Self::Usage(_) | Self::Words(_) => 2,
            Self::Failure(failure) => match failure.code {
                Code::InUse => 3,
                Code::Damaged | Code::DamagedSlot => 4,
                _ => 1,
            },
        }
    }

    /// The refusal in words.
    pub fn json(&self, text: &Text) -> Value {
        match self {
            Self::Usage(message) => {
                json!({"code": "usage", "message": message, "hints": ["tern --help lists the commands."]})
            }
            Self::Words(error) => {
                let hint = format!("{} --help tells what belongs there.", understood(error));
                json!({"code": "usage", "message": sentence(error), "hints": [hint]})
            }
            Self::Failure(failure) => {
                let view = failure.view(text);
                let mut told = json!({"code": view.code, "message": view.message, "hints": view.hints});
                if let Value::Object(told) = &mut told {
                    if !view.paths.is_empty() {
                        told.insert("paths".into(), view.paths.into());
                    }
                    if let Some(seconds) = view.wait_s {
                        told.insert("seconds".into(), seconds.into());
                    }
                }
                told
            }
        }
    }
}

/// Runs one command line.
pub fn run(cli: &Cli, schema: &Arc<Schema>, ports: &Arc<Ports>) -> Outcome {
    let folder = home(&cli.common)?;
    if let Command::Programme(Programme::Create { name, site, country, worker, practice, narrow_core }) =
        &cli.command
    {
        let ask = NewProgramme {
            name: name.clone(),
            site: site.clone(),
            country: country.clone(),
            worker: worker.clone(),
            practice: *practice,
            narrow_core: *narrow_core,
        };
        let given = passphrase_given(&cli.common)?;
        let (schema, ports) = (Arc::clone(schema), Arc::clone(ports));
        return Ok(Some(script::programme_create(&folder, &ask, given.as_deref(), schema, ports)?));
    }
    if let Some(told) = members::alone(&cli.command, &folder, &cli.common, schema, ports)? {
        return Ok(Some(told));
    }
    if !folder.exists() {
        return Err(Code::NoHome.into());
    }
    let typed = passphrase(&cli.common)?;
    let opened = script::open(&folder, &typed, Arc::clone(schema), Arc::clone(ports));
    let mut app = match (opened, &cli.command) {
        (Err(failure), Command::Roster(roster)) if failure.code.shuts_out() => {
            return Ok(Some(members::outside(roster, &folder, &typed, ports)?));
        }
        (Err(failure), command) if failure.code.shuts_out() => {
            let leave = || leaving(&folder, &typed, Arc::clone(schema), Arc::clone(ports));
            return sync::outside(command, failure, leave).map(Some);
        }
        (opened, _) => opened?,
    };
    if matches!(&cli.command, Command::Device(Device::Travel)) {
        let packed = app.pack_keys()?;
        app.leave_keys(&packed)?;
        return Ok(Some(json!({ "keys": false })));
    }
    if let Command::Sync(Sync::Serve { listen, once }) = &cli.command {
        return sync::serve(app, *listen, *once, &cli.common).map(|()| None);
    }
    let outcome = match &cli.command {
        Command::Sync(Sync::Hub { url, watch: true, .. }) => {
            sync::watch(&mut app, url.as_deref(), &cli.common).map(|()| None)
        }
        Command::Batch => batch(&mut app, &cli.common).map(|()| None),
        command => work(&mut app, command, &cli.common).map(Some),
    };
    // What was done stays done and is told, whatever comes last: the next unlock seals what is unsealed.
    let _ = app.end_session();
    outcome
}

fn work(app: &mut App, command: &Command, common: &Common) -> Result<Value, Refused> {
    Ok(match command {
        Command::Programme(_) | Command::Batch => {
            return Err(Refused::Usage("This command stands alone.".into()));
        }
        Command::Register { answers } => {
            let text =
                if answers.as_os_str() == "-" { standard_input()? } else { script::read_text(answers)? };
            app.script_register(&parse(&text)?)?
        }
        Command::Sync(exchange) => sync::once(app, exchange)?,
        Command::Conflicts => app.script_conflicts()?,
        Command::Settle { id, path, keep, value, both: _ } => {
            app.script_settle(id, path, settle(keep.as_deref(), value.as_deref())?)?
        }
        Command::Undo { id, changes } => app.script_undo(id, changes)?,
        Command::Quarantine => app.script_quarantine()?,
        Command::Find { text, limit } => app.script_find(text, *limit, common.at)?,
        Command::Show { id, as_of, reason } => app.script_show(id, *as_of, reason.as_deref())?,
        Command::Edit { id, set, heads } => app.script_edit(id, heads, pairs(set)?)?,
        Command::Add { id, list, set } => app.script_add(id, list, pairs(set)?)?,
        Command::New { kind, set } => app.script_new(kind, pairs(set)?)?,
        Command::List { kind } => app.script_list(kind.as_deref())?,
        Command::Text { id } => json!({ "text": app.thing_text(id)? }),
        Command::Move { id, entry, to } => app.script_move(id, entry, to)?,
        Command::History { id, reason } => app.script_history(id, reason.as_deref())?,
        Command::Audit { record, seat } => app.script_audit(record.as_deref(), seat.as_deref())?,
        Command::Board { site } => app.script_board(site.as_deref(), common.at)?,
        Command::Tasks { id } => app.script_tasks(id.as_deref(), common.at)?,
        Command::Propose { id, set } => {
            let (path, value) = one_pair(set)?;
            json!({ "change": app.propose(id, &path, &value)?.to_hex() })
        }
        Command::Confirm { change } => json!({ "change": app.confirm(change)?.to_hex() }),
        Command::Withdraw { change } => json!({ "change": app.withdraw(change)?.to_hex() }),
        Command::LinkSame { id, other } => json!({ "change": app.link_same(id, other)?.to_hex() }),
        Command::Unlink { id, other } => json!({ "change": app.unlink(id, other)?.to_hex() }),
        Command::Device(device) => members::devices(app, device)?,
        Command::Worker(worker) => members::workers(app, worker)?,
        Command::Site(site) => members::sites(app, site)?,
        Command::Scope(scope) => members::scopes(app, scope),
        Command::Roster(roster) => members::roster(app, roster)?,
        Command::Sheet(sheet) => members::sheets(app, sheet)?,
        Command::Work(work) => members::work(app, work)?,
        Command::Review(review) => members::reviews(app, review)?,
        Command::Tally(tally) => count(app, tally)?,
        Command::Paper(paper) => typed(app, paper)?,
        Command::Family(family) => families(app, family)?,
        Command::Print(Print::Blank { form, file, force }) => app.script_print_blank(form, file, *force)?,
        Command::Export(Export::Record { id, file, whom, force }) => {
            told(&app.export_own_copy(id, file, Reader::from_code(whom)?, *force)?)
        }
        Command::Forms(Forms::List) => script::forms_list(app.schema()),
        Command::Forms(Forms::Show { form }) => script::forms_show(app.schema(), form)?,
        Command::Forms(Forms::Check { folder }) => script::forms_check(folder)?,
        Command::Codes { of: None } => script::code_lists(app.schema()),
        Command::Codes { of: Some(of) } => script::codes(app.schema(), of)?,
        Command::Photo(Photo::Add { id, file }) => app.script_photo(id, file)?,
        Command::Demo { children, seed } => {
            let mut progress = Progress::of(*children);
            app.script_demo(*children, *seed, &mut |done| progress.tell(done))?
        }
        Command::Import(Import::Stories { file }) => app.import_stories(&script::read_text(file)?)?,
        Command::Lock => app.script_lock()?,
        Command::Verify { rebuild } => app.script_verify(*rebuild)?,
    })
}

fn count(app: &mut App, tally: &Tally) -> Result<Value, Refused> {
    Ok(match tally {
        Tally::Begin { name, headcount } => {
            counted(&app.begin_arrival(&NewArrival { name: name.clone(), headcount: *headcount })?)
        }
        Tally::Add { arrival, wristband, sex, band, with, asks } => counted(&app.tally(&TallyChild {
            arrival: arrival.clone(),
            wristband: wristband.clone(),
            sex: sex.clone(),
            band: band.clone(),
            with: with.clone(),
            help: asks.clone(),
        })?),
        Tally::List => told(&app.arrivals()?),
        Tally::Show { arrival } => counted(&app.arrival(arrival)?),
        Tally::Out { arrival, row } => counted(&app.take_out_line(arrival, row)?),
        Tally::In { arrival, row } => counted(&app.put_back_line(arrival, row)?),
    })
}

fn typed(app: &mut App, paper: &Paper) -> Result<Value, Refused> {
    Ok(match paper {
        Paper::Begin { name, forms, on, by, place, consent, lies, destroy } => {
            told(&app.begin_batch(&NewBatch {
                name: name.clone(),
                forms: *forms,
                interviewed_on: on.clone(),
                interviewed_by: by.as_ref().map(|_| "not_a_user".to_owned()),
                interviewed_by_name: by.clone(),
                interviewed_where: place.clone(),
                consent: consent.clone(),
                lies: lies.clone(),
                destroy_on: destroy.clone(),
            })?)
        }
        Paper::Type { batch, number, answers } => {
            told(&app.type_paper(batch, number, &parse(&script::read_text(answers)?)?)?)
        }
        Paper::List => told(&app.batches()?),
        Paper::Show { batch } => told(&app.batch(batch)?),
    })
}

fn families(app: &mut App, family: &Family) -> Result<Value, Refused> {
    Ok(match family {
        Family::Next { of, sibling, persons } => told(&app.begin_next(&BeginNext {
            of: of.clone(),
            sibling: *sibling,
            persons: persons.clone(),
        })?),
        Family::Move { children, whole, to, name, unit, on } => {
            told(&app.household_move(&HouseholdMove {
                children: children.clone(),
                whole: whole.clone(),
                to: to.clone(),
                name: name.clone(),
                unit: unit.clone(),
                on: on.clone(),
            })?)
        }
    })
}

fn one_pair(text: &str) -> Result<(String, Value), Refused> {
    let (path, json) = pair(text).ok_or_else(|| Refused::Usage("PATH=JSON is needed.".into()))?;
    Ok((path, parse(json)?))
}

fn settle(keep: Option<&str>, value: Option<&str>) -> Result<SettleBy, Refused> {
    Ok(match (keep, value) {
        (Some(change), _) => SettleBy::Keep { change: change.to_owned() },
        (None, Some(value)) => SettleBy::Write { value: parse(value)? },
        (None, None) => SettleBy::Both,
    })
}

fn pairs(set: &[String]) -> Result<BTreeMap<String, Value>, Refused> {
    set.iter()
        .map(|text| {
            let (path, json) = pair(text).ok_or_else(|| Refused::Usage("--set needs PATH=JSON.".into()))?;
            let about = || script::named(&path).into_iter().collect();
            let value = parse(json).map_err(|refused| Failure { paths: about(), ..refused })?;
            Ok((path, value))
        })
        .collect()
}

/// One JSON array of arguments a line in, one result a line out, flushed at once.
fn batch(app: &mut App, common: &Common) -> Result<(), Refused> {
    let text = app.text().clone();
    let (input, output) = (std::io::stdin(), std::io::stdout());
    let mut input = input.lock();
    while let Some(line) = next_line(&mut input) {
        if line.as_ref().is_ok_and(|line| line.trim().is_empty()) {
            continue;
        }
        let result = match line.and_then(|line| one(app, &line, common)) {
            Ok(value) => json!({ "ok": value }),
            Err(refused) => json!({ "error": refused.json(&text) }),
        };
        let mut output = output.lock();
        if writeln!(output, "{result}").and_then(|()| output.flush()).is_err() {
            break;
        }
    }
    Ok(())
}

/// The next line; one that is no text, or longer than any would be, is refused and the next one is read. `None` at the end.
fn next_line(input: &mut impl BufRead) -> Option<Result<String, Refused>> {
    let mut bytes = Vec::new();
    let most = script::MOST_TEXT;
    let read = std::io::Read::take(&mut *input, most).read_until(b'\n', &mut bytes).ok()?;
    if read == 0 {
        return None;
    }
    let whole = bytes.ends_with(b"\n") || (read as u64) < most;
    if !whole {
        skip_line(input)?;
    }
    let line = String::from_utf8(bytes).ok().filter(|_| whole);
    Some(line.ok_or_else(|| Refused::Usage("This line is no text, or too long.".into())))
}

/// Reads on to the end of a line without keeping it.
fn skip_line(input: &mut impl BufRead) -> Option<()> {
    loop {
        let chunk = input.fill_buf().ok()?;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(chunk.len(), |at| at + 1);
        let last = end.is_some() || chunk.is_empty();
        input.consume(used);
        if last {
            return Some(());
        }
    }
}

fn one(app: &mut App, line: &str, common: &Common) -> Result<Value, Refused> {
    let Value::Array(words) = parse(line)? else {
        return Err(Refused::Usage("Each line is one JSON array of arguments.".into()));
    };
    let words = words.iter().map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned));
    let cli = Cli::try_parse_from(std::iter::once("tern".to_owned()).chain(words)).map_err(Refused::Words)?;
    if cli.common.passphrase_file.is_some() || cli.common.home != elsewhere() {
        return Err(Refused::Usage("A batch works in the folder that it was begun in.".into()));
    }
    if matches!(&cli.command, Command::Register { answers } if answers.as_os_str() == "-") {
        return Err(Refused::Usage("In a batch the answers come from a file.".into()));
    }
    // What was heard in this batch may have taken the seat out.
    if app.is_out() {
        return Err(Code::SeatRemoved.into());
    }
    let common = Common { at: cli.common.at.or(common.at), ..common.clone() };
    work(app, &cli.command, &common)
}

/// The folder that a line has when it names none.
fn elsewhere() -> Option<PathBuf> {
    std::env::var_os("TERN_HOME").map(PathBuf::from)
}

/// The commands that were understood before the words went wrong: own ones alone, as `tern sync`.
fn understood(error: &clap::Error) -> String {
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else {
        return "tern".to_owned();
    };
    let usage = usage.to_string();
    // The first word is what the program's file is called.
    let own = usage.trim_start_matches("Usage:").split_whitespace().skip(1);
    let own = own.take_while(|word| word.starts_with(|letter: char| letter.is_ascii_lowercase()));
    std::iter::once("tern").chain(own).collect::<Vec<_>>().join(" ")
}

/// What is wrong with the words, in one sentence that repeats none of them: they may be a child's name.
fn sentence(error: &clap::Error) -> String {
    // Names of the program's own options; of an unknown argument this would be what was typed.
    let own = |kind| match error.get(kind) {
        Some(ContextValue::String(name)) => name.clone(),
        Some(ContextValue::Strings(names)) => names.join(", "),
        _ => String::new(),
    };
    match error.kind() {
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "A command is needed.".to_owned()
        }
        ErrorKind::InvalidSubcommand => match own(ContextKind::SuggestedSubcommand).as_str() {
            "" => "There is no such command.".to_owned(),
            like => format!("There is no such command; {like} is like it."),
        },
        ErrorKind::UnknownArgument => {
            "One word is too many, or an unknown option: quote what has spaces.".to_owned()
        }
        ErrorKind::MissingRequiredArgument => format!("Still needed: {}.", own(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("The value of {} does not fit.", own(ContextKind::InvalidArg))
        }
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => "Help stands alone.".to_owned(),
        _ => "These words make no command.".to_owned(),
    }
}

fn home(common: &Common) -> Result<PathBuf, Refused> {
    common.home.clone().or_else(default_home).ok_or_else(|| Code::NoHome.into())
}

pub(crate) fn passphrase_given(common: &Common) -> Result<Option<String>, Refused> {
    if let Some(file) = &common.passphrase_file {
        // A pipe may bring it, so that it lies on no disk.
        let text = script::read_stream(std::fs::File::open(file).map_err(|_| Code::UnreadableFile)?)?;
        return Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()));
    }
    Ok(surrounding("TERN_PASSPHRASE"))
}

fn surrounding(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|typed| !typed.is_empty())
}

pub(crate) fn passphrase(common: &Common) -> Result<String, Refused> {
    if let Some(given) = passphrase_given(common)? {
        return Ok(given);
    }
    let missing = "No passphrase was given: use --passphrase-file or TERN_PASSPHRASE.";
    secret("TERN_PASSPHRASE", "Passphrase: ", missing)
}

/// What somebody must not see: from the surroundings, or typed on a terminal.
pub(crate) fn secret(name: &str, ask: &str, missing: &str) -> Result<String, Refused> {
    if let Some(given) = surrounding(name) {
        return Ok(given);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Refused::Usage(missing.into()));
    }
    rpassword::prompt_password(ask).map_err(|_| Code::UnreadableFile.into())
}

fn standard_input() -> Result<String, Refused> {
    Ok(script::read_stream(std::io::stdin().lock())?)
}

/// "412 of 1000" on a terminal's standard error; silent elsewhere.
struct Progress {
    all: u64,
    shown: bool,
}

impl Progress {
    fn of(all: u64) -> Self {
        Self { all, shown: std::io::stderr().is_terminal() }
    }

    fn tell(&mut self, done: u64) {
        if self.shown && (done == self.all || done.is_multiple_of(25)) {
            let end = if done == self.all { "\n" } else { "" };
            let _ = write!(std::io::stderr(), "\r{done} of {}{end}", self.all);
        }
    }
}
