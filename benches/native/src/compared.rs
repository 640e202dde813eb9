//! Two pieces of work take turns, both warm; the median of their ratios. As `benches/compared.js` does it.

use std::time::{Duration, Instant};

const ROUNDS: usize = 15;
const WARM: Duration = Duration::from_millis(450);
const ROUND: Duration = Duration::from_millis(20);

/// How long the first piece of work takes when the second takes 1, and how long the first takes.
pub fn compared(ours: &dyn Fn(), theirs: &dyn Fn()) -> (f64, Duration) {
    let works = [ours, theirs];
    let counts = works.map(warm);
    let (mut ratios, mut times) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let mut taken = [0.0; 2];
        // Who begins changes.
        for side in if round % 2 == 0 { [0, 1] } else { [1, 0] } {
            taken[side] = time(works[side], counts[side]).as_secs_f64() / f64::from(counts[side]);
        }
        ratios.push(taken[0] / taken[1]);
        times.push(taken[0]);
    }
    (median(ratios), Duration::from_secs_f64(median(times)))
}

pub fn median(mut list: Vec<f64>) -> f64 {
    list.sort_by(f64::total_cmp);
    list[list.len() / 2]
}

/// Of ratios.
#[allow(dead_code, reason = "rules.rs has no mean")]
pub fn geometric_mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp()
}

/// Runs until it is warm; how often it fits a round.
fn warm(work: &dyn Fn()) -> u32 {
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < WARM || count == 0 {
        work();
        count += 1;
    }
    ((f64::from(count) * ROUND.as_secs_f64() / start.elapsed().as_secs_f64()).round() as u32).max(1)
}

fn time(work: &dyn Fn(), count: u32) -> Duration {
    let start = Instant::now();
    (0..count).for_each(|_| work());
    start.elapsed()
}
