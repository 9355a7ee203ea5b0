//! Two sides of a comparison that take turns, so that what else the machine does meets both.

use std::time::Duration;

use anyhow::Result;

/// How often and how long each side runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turns {
    pub(crate) rounds: usize,
    pub(crate) seconds: u64,
}

/// Medians of both sides, and of their ratio within each round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Compared {
    pub(crate) ours: f64,
    pub(crate) ceiling: f64,
    pub(crate) ratio: f64,
}

impl Turns {
    pub(crate) const fn length(self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    /// One figure of each side per round.
    pub(crate) async fn compare(
        self,
        mut ours: impl AsyncFnMut() -> Result<f64>,
        mut ceiling: impl AsyncFnMut() -> Result<f64>,
    ) -> Result<Compared> {
        let mut rounds = Vec::new();
        for round in 0..self.rounds {
            // Who goes first changes: the second may find the disk busy with what the first left.
            rounds.push(if round % 2 == 0 {
                let ours = ours().await?;
                (ours, ceiling().await?)
            } else {
                let ceiling = ceiling().await?;
                (ours().await?, ceiling)
            });
        }
        Ok(of(&rounds))
    }
}

fn of(rounds: &[(f64, f64)]) -> Compared {
    Compared {
        ours: median(rounds.iter().map(|(ours, _)| *ours).collect()),
        ceiling: median(rounds.iter().map(|(_, ceiling)| *ceiling).collect()),
        ratio: median(rounds.iter().map(|(ours, ceiling)| ours / ceiling).collect()),
    }
}

/// The middle one; `NaN` of nothing.
pub(crate) fn median(figures: Vec<f64>) -> f64 {
    quantile(figures, 0.5)
}

/// The smallest figure below which this share lies (nearest rank); `NaN` of nothing.
pub(crate) fn quantile(mut figures: Vec<f64>, share: f64) -> f64 {
    figures.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a count that fits into memory"
    )]
    let rank = (figures.len() as f64 * share).ceil() as usize;
    figures.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noisy_round_moves_neither_side_nor_the_ratio() {
        let compared = of(&[(50.0, 100.0), (10.0, 20.0), (52.0, 100.0)]);
        assert_eq!(compared, Compared { ours: 50.0, ceiling: 100.0, ratio: 0.5 });
    }

    #[test]
    fn quantiles_are_figures_that_were_measured() {
        let figures: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!((quantile(figures.clone(), 0.99), quantile(figures, 0.5)), (198.0, 100.0));
        assert!(quantile(Vec::new(), 0.99).is_nan());
    }
}
