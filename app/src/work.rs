//! What is due beside the pages: timers of the systems, listeners, the sequencer of the journal.

use std::collections::HashMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use system::{App, System, Timer};
use tokio::sync::watch;

use crate::assemble::{self, Program};
use crate::cli::{Place, told};
use crate::serve;

/// The pause after a round that found nothing to do.
const IDLE: Duration = Duration::from_millis(500);

/// One round over everything that can be due.
pub struct Worker {
    app: App,
    systems: Vec<System>,
    last: HashMap<&'static str, Instant>,
}

impl Worker {
    pub fn new(program: &Program) -> Self {
        Self { app: program.app.clone(), systems: program.systems.clone(), last: HashMap::new() }
    }

    /// Does what is due; says how many things were done. One part that fails does not keep the others from theirs.
    async fn round(&mut self) -> usize {
        let mut done = 0;
        let timers: Vec<Timer> = self.systems.iter().flat_map(|system| system.timers.iter().copied()).collect();
        for timer in timers {
            if self.last.get(timer.name).is_some_and(|last| last.elapsed() < timer.every.period()) {
                continue;
            }
            self.last.insert(timer.name, Instant::now());
            match (timer.run)(&self.app).await {
                Ok(count) => done += count,
                Err(error) => tracing::error!(timer = timer.name, %error, "Timer {} failed", timer.name),
            }
        }
        match journal::sequence(&self.app.store, self.app.now()).await {
            Ok(sealed) => done += sealed,
            Err(error) => tracing::error!(%error, "The journal could not be sealed"),
        }
        for listener in self.systems.iter().flat_map(|system| &system.listeners) {
            match journal::deliver(&self.app.store, &**listener, self.app.now()).await {
                Ok(delivered) => done += delivered.done,
                Err(error) => {
                    tracing::error!(listener = listener.name(), %error, "Listener {} failed", listener.name());
                }
            }
        }
        done
    }

    /// Rounds until nothing is left to do.
    pub async fn drain(&mut self) {
        while self.round().await > 0 {}
    }

    /// Rounds until told to stop.
    pub(crate) async fn until(mut self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if self.round().await == 0 {
                tokio::select! {
                    () = tokio::time::sleep(IDLE) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }
}

pub(crate) async fn run(place: &Place, once: bool) -> Result<ExitCode> {
    let opened = serve::open(place, "http://localhost:8080".to_owned(), Vec::new()).await?;
    let mut worker = Worker::new(&opened.program);
    if once {
        worker.drain().await;
    } else {
        worker.until(serve::stop_signal()?).await;
    }
    opened.program.app.store.clone().close().await.map_err(told)?;
    Ok(ExitCode::SUCCESS)
}

/// The steps a database lacks, or none.
pub(crate) async fn pending(store: &store::Store) -> Result<Vec<&'static str>> {
    store.pending(&assemble::migrations(&crate::systems::all())).await.map_err(told)
}
