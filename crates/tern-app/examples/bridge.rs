//! The interface in a plain browser, on the real core: serves `ui/dist-browser` and `POST /ipc` on loopback.
//!
//! For development and tests alone; it is no part of any program that is handed out.
//! `cargo run -p tern-app --example bridge -- --home DIR [--schema DIR] [--ui DIR] [--port N] [--stories FILE]`
//!
//! With `--stories` it begins a practice programme first, opened by `TERN_PASSPHRASE`, and takes in the children of the
//! file.
#![allow(clippy::print_stdout, reason = "a development tool says where it listens")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tern_app::call::call;
use tern_app::programme::NewProgramme;
use tern_app::script::{open, programme_create};
use tern_app::{Cost, Desk, Ports, Schema};
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

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

/// What answers a page.
#[derive(Clone)]
struct Served {
    desk: Arc<Desk>,
    ui: PathBuf,
    origin: String,
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let options = options()?;
    let schema = || match &options.schema {
        Some(folder) => Schema::load(folder),
        None => Schema::embedded(),
    };
    if let Some(stories) = &options.stories {
        take_in(&options.home, stories, schema()?)?;
    }
    let desk = Arc::new(Desk::new(options.home.clone(), schema()?, Ports::system(), Cost::FLOOR));
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    println!("{origin}");
    let router = Router::new()
        .route("/ipc", post(answer))
        .fallback(get(page))
        .layer(DefaultBodyLimit::max(64 * 1024 * 1024))
        .with_state(Served { desk, ui: options.ui, origin });
    Ok(axum::serve(listener, router).await?)
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
fn is_own_page(headers: &HeaderMap, origin: &str) -> bool {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    said(ORIGIN) == Some(origin) && said(HOST) == origin.strip_prefix("http://")
}

async fn answer(State(served): State<Served>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_own_page(&headers, &served.origin) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let replied = spawn_blocking(move || {
        let command = asked.get("command").and_then(Value::as_str).unwrap_or_default();
        match call(&served.desk, command, asked.get("args").unwrap_or(&Value::Null)) {
            Ok(ok) => json!({ "ok": ok }),
            Err(error) => json!({ "error": error }),
        }
    });
    match replied.await {
        Ok(reply) => ([(CONTENT_TYPE, kind("json"))], reply.to_string()).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn page(State(served): State<Served>, asked: Uri) -> Response {
    let name = match asked.path().trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let outside = name.split('/').any(|part| part == "..");
    match std::fs::read(served.ui.join(name)) {
        Ok(bytes) if !outside => {
            let end = name.rsplit('.').next().unwrap_or_default();
            ([(CONTENT_TYPE, kind(end))], bytes).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn kind(end: &str) -> &'static str {
    match end {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
