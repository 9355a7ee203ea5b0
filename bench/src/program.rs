//! The program as a process of its own.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use tinhso::Place;

/// Longer than any start that is worth measuring.
const PATIENCE: Duration = Duration::from_mins(1);

/// A process that answers on a port of its own; it is killed when it is left.
pub(crate) struct Serving {
    child: Child,
    pub(crate) address: String,
    /// From the call to the first answer of `/readyz`.
    pub(crate) ready_after: Duration,
}

/// What a server said.
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Serving {
    /// `command` is `serve` or `demo`. What it says goes to `log`.
    pub(crate) fn start(program: &Path, command: &str, place: &Place, log: &Path) -> Result<Self> {
        let address = free_address()?;
        let mut call = Command::new(program);
        call.arg(command).arg("--data").arg(&place.data).args(["--listen", &address]);
        if let Some(url) = &place.database_url {
            call.args(["--database-url", url]);
        }
        let said = File::create(log)?;
        call.env_remove("TINHSO_DATABASE_URL").env("RUST_LOG", "warn").stdin(Stdio::null());
        call.stdout(said.try_clone()?).stderr(said);
        let began = Instant::now();
        let child = call.spawn().with_context(|| format!("{} cannot be started", program.display()))?;
        let mut serving = Self { child, address, ready_after: Duration::ZERO };
        while !get(&serving.address, "/readyz", "").is_ok_and(|told| told.status == 200) {
            if serving.child.try_wait()?.is_some() || began.elapsed() > PATIENCE {
                return Err(anyhow!("{command}: {}", fs::read_to_string(log)?));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        serving.ready_after = began.elapsed();
        Ok(serving)
    }

    pub(crate) fn get(&self, path: &str, cookie: &str) -> Result<Told> {
        let told = get(&self.address, path, cookie)?;
        if told.status == 200 { Ok(told) } else { Err(anyhow!("{path} answers {}", told.status)) }
    }

    /// Memory that is the process's own (RSS) and its share of what others use as well (PSS), in megabytes.
    pub(crate) fn memory(&self) -> Result<(f64, f64)> {
        let of = |file: &str, name: &str| -> Result<f64> {
            let text = fs::read_to_string(format!("/proc/{}/{file}", self.child.id()))?;
            let line = text.lines().find_map(|line| line.strip_prefix(name)).context("memory is not told")?;
            Ok(line.split_whitespace().next().unwrap_or_default().parse::<f64>()? / 1024.0)
        };
        Ok((of("status", "VmRSS:")?, of("smaps_rollup", "Pss:")?))
    }

    /// Asks it to end and waits.
    pub(crate) fn stop(mut self) -> Result<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) fn free_address() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// One request on a connection of its own.
pub(crate) fn get(address: &str, path: &str, cookie: &str) -> Result<Told> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {cookie}\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    read(&answer).context("no answer that can be read")
}

fn read(answer: &[u8]) -> Option<Told> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Told { status, body: answer.get(end + 4..)?.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn an_answer_is_its_status_and_its_body() {
        let told = read(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nxin\r\n").unwrap();
        assert_eq!((told.status, told.body.as_slice()), (200, b"xin\r\n".as_slice()));
        assert!(read(b"HTTP/1.1 200").is_none());
    }
}
