//! The interface in a plain browser, on the real core: serves `ui/dist-browser` and `POST /ipc` on loopback.
//!
//! For development and tests alone; it is no part of any program that is handed out.
//! `cargo run -p tern-app --example bridge -- --home DIR [--schema DIR] [--ui DIR] [--port N] [--stories FILE]`
//!
//! With `--stories` it begins a practice programme first, opened by `TERN_PASSPHRASE`, and takes in the children of the
//! file.
#![allow(clippy::print_stdout, reason = "a development tool says where it listens")]

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::call::call;
use tern_app::programme::NewProgramme;
use tern_app::script::{open, programme_create};
use tern_app::{Cost, Desk, Ports, Schema};
use tiny_http::{Header, Method, Request, Response, Server};

type Failed = Box<dyn std::error::Error + Send + Sync>;

struct Options {
    home: PathBuf,
    schema: Option<PathBuf>,
    ui: PathBuf,
    port: u16,
    stories: Option<PathBuf>,
}

fn options() -> Result<Options, Failed> {
    let mut options = Options {
        home: PathBuf::new(),
        schema: None,
        ui: PathBuf::from("ui/dist-browser"),
        port: 4170,
        stories: None,
    };
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args.next().ok_or("each option needs a value")?;
        match name.as_str() {
            "--home" => options.home = value.into(),
            "--schema" => options.schema = Some(value.into()),
            "--ui" => options.ui = value.into(),
            "--stories" => options.stories = Some(value.into()),
            "--port" => options.port = value.parse()?,
            _ => return Err(format!("unknown option {name}").into()),
        }
    }
    if options.home.as_os_str().is_empty() { Err("--home is needed".into()) } else { Ok(options) }
}

fn main() -> Result<(), Failed> {
    let options = options()?;
    let schema = || match &options.schema {
        Some(folder) => Schema::load(folder),
        None => Schema::embedded(),
    };
    if let Some(stories) = &options.stories {
        take_in(&options.home, stories, schema()?)?;
    }
    let desk = Arc::new(Desk::new(options.home.clone(), schema()?, Ports::system(), Cost::FLOOR));
    let server = Server::http(("127.0.0.1", options.port))?;
    let origin = format!("http://{}", server.server_addr());
    println!("{origin}");
    for request in server.incoming_requests() {
        let (desk, ui, origin) = (Arc::clone(&desk), options.ui.clone(), origin.clone());
        std::thread::spawn(move || {
            // A browser that went away is no concern of ours.
            let _ = answer(&desk, &ui, &origin, request);
        });
    }
    Ok(())
}

/// A practice programme with the children of a file of stories.
fn take_in(home: &Path, stories: &Path, schema: Schema) -> Result<(), Failed> {
    let words = std::env::var("TERN_PASSPHRASE")?;
    let (schema, ports) = (Arc::new(schema), Arc::new(Ports::system()));
    let programme = NewProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila Noori".into(),
        practice: true,
        narrow_core: false,
    };
    programme_create(home, &programme, Some(&words), Arc::clone(&schema), Arc::clone(&ports))?;
    let mut app = open(home, &words, schema, ports)?;
    app.import_stories(&std::fs::read_to_string(stories)?)?;
    Ok(app.end_session()?)
}

/// Another page that is open in the same browser says where it came from, and is not heard.
fn is_own_page(request: &Request, origin: &str) -> bool {
    let said = |name: &'static str| request.headers().iter().find(|header| header.field.equiv(name));
    said("Origin").is_some_and(|header| header.value == origin)
        && said("Host").is_some_and(|header| origin.strip_prefix("http://") == Some(header.value.as_str()))
}

fn answer(desk: &Desk, ui: &Path, origin: &str, mut request: Request) -> Result<(), Failed> {
    if *request.method() == Method::Post && !is_own_page(&request, origin) {
        return Ok(request.respond(Response::empty(403))?);
    }
    if *request.method() == Method::Post && request.url() == "/ipc" {
        let mut body = String::new();
        request.as_reader().take(64 * 1024 * 1024).read_to_string(&mut body)?;
        let asked: Value = serde_json::from_str(&body)?;
        let command = asked.get("command").and_then(Value::as_str).unwrap_or_default();
        let reply = match call(desk, command, asked.get("args").unwrap_or(&Value::Null)) {
            Ok(ok) => json!({ "ok": ok }),
            Err(error) => json!({ "error": error }),
        };
        return Ok(request.respond(Response::from_string(reply.to_string()).with_header(kind("json")?))?);
    }
    let asked = request.url().split(['?', '#']).next().unwrap_or("/").trim_start_matches('/').to_owned();
    let name = if asked.is_empty() { "index.html".to_owned() } else { asked };
    let outside = name.split('/').any(|part| part == "..");
    match std::fs::read(ui.join(&name)) {
        Ok(bytes) if !outside => {
            let end = name.rsplit('.').next().unwrap_or_default().to_owned();
            Ok(request.respond(Response::from_data(bytes).with_header(kind(&end)?))?)
        }
        _ => Ok(request.respond(Response::empty(404))?),
    }
}

fn kind(end: &str) -> Result<Header, Failed> {
    let kind = match end {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    Header::from_bytes("Content-Type", kind).map_err(|()| "header".into())
}
