//! The program's pages on a port of this process, for topics that act in the same province meanwhile: a folder belongs to
//! one process.

use anyhow::Result;
use tinhso::Demo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) struct Host {
    pub(crate) address: String,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Host {
    pub(crate) async fn of(demo: &Demo) -> Result<Self> {
        let router = web::router(&demo.program.app, &demo.program.systems);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        Ok(Self { address, serving: tokio::spawn(axum::serve(listener, router).into_future()) })
    }

    /// Answers nobody any more.
    pub(crate) async fn stop(self) {
        self.serving.abort();
        // It was told to end.
        drop(self.serving.await);
    }
}
