//! Several people in this process who do something again and again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::task::JoinSet;

use crate::alternate::quantile;
use crate::load::{Load, PEOPLE};

/// [`PEOPLE`] tasks, each doing the next piece as soon as its last is done, for so long. `piece` is given the task's number.
pub(crate) async fn visits<P>(length: Duration, piece: impl Fn(usize) -> P + Clone + Send + 'static) -> Result<Load>
where
    P: Future<Output = Result<()>> + Send + 'static,
{
    let began = Instant::now();
    let mut people = JoinSet::new();
    for number in 0..PEOPLE {
        let piece = piece.clone();
        people.spawn(async move {
            let mut took = Vec::new();
            while began.elapsed() < length {
                let at = Instant::now();
                piece(number).await?;
                took.push(at.elapsed().as_secs_f64() * 1000.0);
            }
            Ok(took)
        });
    }
    let took = people.join_all().await.into_iter().collect::<Result<Vec<_>>>()?.concat();
    Ok(Load {
        per_second: count(took.len()) / began.elapsed().as_secs_f64(),
        p50: quantile(took.clone(), 0.5),
        p99: quantile(took, 0.99),
    })
}

/// Every piece once, by [`PEOPLE`] tasks; how long it took them.
pub(crate) async fn each<T, P>(pieces: Vec<T>, work: impl Fn(T) -> P + Clone + Send + 'static) -> Result<Duration>
where
    T: Send + 'static,
    P: Future<Output = Result<()>> + Send + 'static,
{
    let pieces = Arc::new(Mutex::new(VecDeque::from(pieces)));
    let began = Instant::now();
    let mut people = JoinSet::new();
    for _ in 0..PEOPLE {
        let (pieces, work) = (pieces.clone(), work.clone());
        people.spawn(async move {
            loop {
                let next = pieces.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                match next {
                    Some(piece) => work(piece).await?,
                    None => return Ok(()),
                }
            }
        });
    }
    people.join_all().await.into_iter().collect::<Result<()>>()?;
    Ok(began.elapsed())
}

#[expect(clippy::cast_precision_loss, reason = "a count of pieces that fit into memory")]
pub(crate) const fn count(pieces: usize) -> f64 {
    pieces as f64
}
