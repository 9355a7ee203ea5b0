//! The real program as a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use tinhso::Place;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tinhso");

/// A command with its arguments; the place of a province comes from the arguments alone.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_remove("TINHSO_DATABASE_URL").env("RUST_LOG", "error");
    command
}

/// Arguments that say where a province lies.
pub(crate) fn at(place: &Place) -> Vec<&str> {
    let mut arguments = vec!["--data", place.data.to_str().unwrap()];
    arguments.extend(place.database_url.iter().flat_map(|url| ["--database-url", url]));
    arguments
}

/// What a command said and how it ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// # Panics
/// When the command does not end by itself: it serves where it should have refused.
pub(crate) fn run(arguments: &[&str]) -> Ended {
    let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let patience = Instant::now() + Duration::from_mins(3);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > patience {
            child.kill().unwrap();
            let ended = Ended::from(child.wait_with_output().unwrap());
            panic!("{arguments:?} does not end: {}{}", ended.out, ended.err);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap().into()
}

/// Begins a command and ends it without any warning after a while.
pub(crate) fn cut_off(arguments: &[&str], place: &Place, after: Duration) {
    let mut child = command(&[arguments, &at(place)].concat()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(after);
    assert!(child.try_wait().unwrap().is_none(), "it was quicker than the cut");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// A command on a province: `run_at(&["verify"], &place)`.
pub(crate) fn run_at(arguments: &[&str], place: &Place) -> Ended {
    run(&[arguments, &at(place)].concat())
}

/// A program that serves a province on a port of its own; it is killed when the test leaves it.
pub(crate) struct Serving {
    child: Child,
    address: String,
    client: Client<HttpConnector, Body>,
}

impl Serving {
    pub(crate) fn start(arguments: &[&str], place: &Place) -> Self {
        let mut command = command(&[arguments, &at(place), &["--listen", "127.0.0.1:0"]].concat());
        Self::of(&mut command)
    }

    /// The same under a shell that first does what `before` says: sets a limit, ignores a signal.
    pub(crate) fn start_after(before: &str, arguments: &[&str], place: &Place) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{before}; exec \"$@\""), "sh", PROGRAM]);
        shell.args(arguments).args(at(place)).args(["--listen", "127.0.0.1:0"]).env_remove("TINHSO_DATABASE_URL");
        Self::of(&mut shell)
    }

    fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.strip_prefix("Tỉnh Số: http://").map(str::to_owned));
        let Some(address) = address else {
            let mut said = String::new();
            child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            panic!("the program ended with {:?} before it served: {said}", child.wait().unwrap().code());
        };
        // Nobody reads what it says later; an unread pipe that is full would stop it.
        let mut said = child.stderr.take().unwrap();
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { child, address, client: Client::builder(TokioExecutor::new()).build_http() }
    }

    /// Ends it without any warning, as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end; gives its exit code.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().code()
    }

    pub(crate) fn sender(&self) -> Sender {
        Sender { address: self.address.clone(), client: self.client.clone() }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Sends requests to a serving program.
#[derive(Clone)]
pub(crate) struct Sender {
    address: String,
    client: Client<HttpConnector, Body>,
}

/// No answer came: the program is gone, or a connection broke.
#[derive(Debug)]
pub(crate) struct NoAnswer;

impl Sender {
    pub(crate) async fn get(&self, path: &str) -> Result<(StatusCode, String), NoAnswer> {
        let request = Request::get(format!("http://{}{path}", self.address)).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Calls the API.
    pub(crate) async fn post(
        &self,
        path: &str,
        token: &str,
        key: &str,
        body: Posted,
    ) -> Result<(StatusCode, Value), NoAnswer> {
        let (kind, body) = match body {
            Posted::Json(value) => ("application/json", Body::from(value.to_string())),
            Posted::Bytes(bytes) => ("application/octet-stream", Body::from(bytes)),
        };
        let request = Request::post(format!("http://{}{path}", self.address))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(CONTENT_TYPE, kind)
            .header("idempotency-key", key)
            .body(body)
            .unwrap();
        let (status, text) = self.send(request).await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    async fn send(&self, request: Request<Body>) -> Result<(StatusCode, String), NoAnswer> {
        let response = self.client.request(request).await.map_err(|_| NoAnswer)?;
        let status = response.status();
        let bytes = to_bytes(Body::new(response.into_body()), 1 << 24).await.map_err(|_| NoAnswer)?;
        Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
    }
}

pub(crate) enum Posted {
    Json(Value),
    Bytes(Vec<u8>),
}

/// Files under a folder, however deep.
pub(crate) fn files_under(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_under(&path)) } else { files.push(path) }
    }
    files
}
