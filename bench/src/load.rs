//! Load by `wrk`: people who ask again as soon as they are answered.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};

use crate::program;

/// How many ask at once, everywhere.
pub(crate) const PEOPLE: usize = 8;

/// What was asked, by whom: an address and a cookie, which is empty for somebody not signed in.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) path: String,
    pub(crate) cookie: String,
}

impl Ask {
    /// By somebody who is not signed in.
    pub(crate) fn anybody(path: &str) -> Self {
        Self { path: path.to_owned(), cookie: String::new() }
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Load {
    pub(crate) per_second: f64,
    /// Milliseconds.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

/// Asks a server for these addresses in turn, on [`PEOPLE`] connections that stay open.
///
/// # Errors
/// When any answer was no success: such a figure would say nothing.
pub(crate) async fn ask(address: &str, asks: &[Ask], length: Duration) -> Result<Load> {
    // wrk takes the way to the sign-in page for a success.
    for ask in asks {
        let told = program::get(address, &ask.path, &ask.cookie)?;
        ensure!(told.status == 200, "{} answers {}", ask.path, told.status);
    }
    let script = Script::write(asks)?;
    let arguments = [
        "--latency".to_owned(),
        "--threads=1".to_owned(),
        format!("--connections={PEOPLE}"),
        format!("--duration={}s", length.as_secs()),
        // A page that is slow is a figure, no failure.
        "--timeout=60s".to_owned(),
        format!("--script={}", script.0.display()),
        format!("http://{address}/"),
    ];
    // wrk waits for its whole duration: not on a thread of the runtime.
    let output = tokio::task::spawn_blocking(move || Command::new("wrk").args(arguments).output()).await?;
    let output = output.context("wrk cannot be started")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    read(&said).ok_or_else(|| anyhow!("wrk: {said}{}", String::from_utf8_lossy(&output.stderr)))
}

/// The requests for `wrk`, made before it begins.
struct Script(PathBuf);

impl Script {
    fn write(asks: &[Ask]) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("tinhso-wrk-{}.lua", std::process::id()));
        let mut file = std::fs::File::create(&path)?;
        writeln!(file, "local asks = {{}}\nlocal turn = 0\nfunction init()")?;
        for ask in asks {
            let cookie =
                if ask.cookie.is_empty() { "{}".to_owned() } else { format!("{{ [\"Cookie\"] = {:?} }}", ask.cookie) };
            writeln!(file, "  asks[#asks + 1] = wrk.format(\"GET\", {:?}, {cookie})", ask.path)?;
        }
        writeln!(file, "end\nfunction request()\n  turn = turn % #asks + 1\n  return asks[turn]\nend")?;
        Ok(Self(path))
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // Somebody who cleaned up meanwhile did no harm.
        drop(std::fs::remove_file(&self.0));
    }
}

fn read(said: &str) -> Option<Load> {
    if said.contains("Non-2xx") || said.contains("Socket errors") {
        return None;
    }
    let after = |name: &str| said.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let per_second = after("Requests/sec:")?.parse().ok()?;
    if per_second == 0.0 {
        // wrk says nought of what it waited for in vain.
        return Some(Load { per_second, p50: f64::INFINITY, p99: f64::INFINITY });
    }
    Some(Load { per_second, p50: milliseconds(after("50%")?)?, p99: milliseconds(after("99%")?)? })
}

fn milliseconds(told: &str) -> Option<f64> {
    let (factor, figure) = match told {
        _ if told.ends_with("us") => (0.001, told.strip_suffix("us")?),
        _ if told.ends_with("ms") => (1.0, told.strip_suffix("ms")?),
        _ if told.ends_with('s') => (1000.0, told.strip_suffix('s')?),
        _ => (60_000.0, told.strip_suffix('m')?),
    };
    Some(figure.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "Running 2s test @ http://127.0.0.1:80/\n  Latency Distribution\n     50%  850.00us\n     75%    1.20ms\n     \
                        90%    2.01ms\n     99%    1.10s \n  100 requests in 2.00s, 1.00MB read\nRequests/sec:   1234.50\n";

    #[test]
    fn what_wrk_says_is_understood() {
        assert_eq!(read(SAID), Some(Load { per_second: 1234.5, p50: 0.85, p99: 1100.0 }));
    }

    #[test]
    fn nobody_answered_in_time_is_no_quick_answer() {
        let said = SAID.replace("1234.50", "0.00").replace("850.00us", "0.00us").replace("1.10s", "0.00us");
        assert_eq!(read(&said), Some(Load { per_second: 0.0, p50: f64::INFINITY, p99: f64::INFINITY }));
    }

    #[test]
    fn answers_that_were_no_success_are_no_figure() {
        assert_eq!(read(&format!("{SAID}  Non-2xx or 3xx responses: 3\n")), None);
        assert_eq!(read(&format!("{SAID}  Socket errors: connect 0, read 1\n")), None);
    }
}
