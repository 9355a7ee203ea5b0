//! nginx as the ceiling of pages: the same bytes, from files.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use crate::program::{free_address, get};

/// One worker, connections that stay open, no log: it is killed when it is left.
pub(crate) struct Nginx {
    child: Child,
    folder: PathBuf,
    pub(crate) address: String,
}

impl Nginx {
    /// Serves each body under `/1`, `/2`, … in their order.
    pub(crate) fn serve(folder: &Path, bodies: &[Vec<u8>]) -> Result<Self> {
        let folder = folder.join("nginx");
        fs::create_dir_all(folder.join("files"))?;
        for (number, body) in bodies.iter().enumerate() {
            fs::write(folder.join(format!("files/{}", number + 1)), body)?;
        }
        let address = free_address()?;
        // Without this, root's nginx would hand its worker to a user who may not read root's folders.
        let user = if fs::metadata("/proc/self")?.uid() == 0 { "user root;" } else { "" };
        let configuration = format!(
            "{user} worker_processes 1; daemon off; pid nginx.pid; error_log error.log;\n\
             events {{ worker_connections 256; }}\n\
             http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;\n\
             client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;\n\
             default_type \"text/html; charset=utf-8\";\n\
             server {{ listen {address}; root files; }} }}\n"
        );
        fs::write(folder.join("nginx.conf"), configuration)?;
        let child = Command::new("nginx")
            .args(["-c", "nginx.conf", "-e", "error.log", "-p"])
            .arg(&folder)
            .stdin(Stdio::null())
            .spawn()
            .context("nginx cannot be started")?;
        let mut nginx = Self { child, folder, address };
        let began = Instant::now();
        while !get(&nginx.address, "/1", "").is_ok_and(|told| bodies.first() == Some(&told.body)) {
            if nginx.child.try_wait()?.is_some() || began.elapsed() > Duration::from_secs(10) {
                let log = fs::read_to_string(nginx.folder.join("error.log")).unwrap_or_default();
                return Err(anyhow!("nginx does not serve: {log}"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Asked, not killed: its worker would be left over.
        drop(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}
