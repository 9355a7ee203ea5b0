//! What is due beside the pages: timers of the systems, listeners, the sequencer of the journal.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::future::join_all;
use journal::Listener as _;
use system::{App, Listening, Timer};
use tokio::sync::watch;

use crate::assemble::{self, Program};
use crate::place::{Place, told};
use crate::serve;

/// The pause after a round that found nothing to do.
const IDLE: Duration = Duration::from_millis(500);

/// Everything that can be due, part by part.
pub struct Worker {
    app: App,
    parts: Vec<Part>,
}

/// What is looked after by itself, so that one part that waits for an outside party keeps no other from its work.
struct Part {
    duty: Duty,
    last: Option<Instant>,
}

enum Duty {
    Timer(Timer),
    /// Seals what happened, then hands it to whoever listens.
    Journal(Vec<Listening>),
}

impl Worker {
    pub fn new(program: &Program) -> Self {
        let systems = &program.systems;
        let timers = systems.iter().flat_map(|system| system.timers.iter().copied().map(Duty::Timer));
        let listeners = systems.iter().flat_map(|system| &system.listeners);
        let listeners = listeners.map(|reaction| reaction.within(program.app.clone())).collect();
        let duties = timers.chain([Duty::Journal(listeners)]);
        Self { app: program.app.clone(), parts: duties.map(|duty| Part { duty, last: None }).collect() }
    }

    /// Rounds over all parts until nothing is left to do.
    pub async fn drain(&mut self) {
        loop {
            let mut done = 0;
            for part in &mut self.parts {
                if part.is_due() {
                    done += part.turn(&self.app).await;
                }
            }
            if done == 0 {
                break;
            }
        }
    }

    /// All parts beside each other until told to stop.
    pub(crate) async fn until(self, stop: watch::Receiver<bool>) {
        let Self { app, parts } = self;
        join_all(parts.into_iter().map(|part| part.until(&app, stop.clone()))).await;
    }
}

impl Part {
    fn period(&self) -> Duration {
        match &self.duty {
            Duty::Timer(timer) => timer.every.period(),
            Duty::Journal(_) => Duration::ZERO,
        }
    }

    fn is_due(&self) -> bool {
        self.last.is_none_or(|last| last.elapsed() >= self.period())
    }

    /// Does what is due; says how many things were done.
    async fn turn(&mut self, app: &App) -> usize {
        self.last = Some(Instant::now());
        match &self.duty {
            Duty::Timer(timer) => (timer.run)(app).await.unwrap_or_else(|error| {
                tracing::error!(timer = timer.name, %error, "Timer {} failed", timer.name);
                0
            }),
            Duty::Journal(listeners) => tell_on(app, listeners).await,
        }
    }

    async fn until(mut self, app: &App, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if self.turn(app).await == 0 {
                tokio::select! {
                    () = tokio::time::sleep(self.period().max(IDLE)) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }
}

/// One listener that fails does not keep the others from theirs.
async fn tell_on(app: &App, listeners: &[Listening]) -> usize {
    let mut done = journal::sequence(&app.store, app.now()).await.unwrap_or_else(|error| {
        tracing::error!(%error, "The journal could not be sealed");
        0
    });
    for listener in listeners {
        match journal::deliver(&app.store, listener, app.now()).await {
            Ok(delivered) => done += delivered.done,
            Err(error) => tracing::error!(listener = listener.name(), %error, "Listener {} failed", listener.name()),
        }
    }
    done
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
