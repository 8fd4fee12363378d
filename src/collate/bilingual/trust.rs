//! How far a pair can be trusted.
//!
//! The weight that the lattice gives a pair is relative: it says that this
//! partner is better than the neighbours, even where neither is a translation.
//! So each pair is judged once more by words alone, with tables that were
//! learnt without it: the beads are dealt into two hands by turns of [`TURN`],
//! each hand judged by what the other one taught. True pairs gain by that,
//! pairs of unrelated texts lose (measured: medians +10 and -6; see
//! `benches/translations.rs`).
//!
//! A short true sentence may hold no word that was learnt; what stands on both
//! sides of it speaks for it. So a chain of two states, aligned and not, runs
//! over the beads in their order (a hidden Markov model), and gives each pair
//! the chance that it is aligned, from its own words and its neighbours'.

use super::beads::Link;
use super::lattice::evidence;
use super::side::Side;
use super::table::{Hint, Tables};

/// Beads of one turn, and in a short text.
const TURN: usize = 16;
const SHORT_TURN: usize = 4;
/// What evidence counts above the decoys: words of a sentence hang together, so
/// their logarithms of likelihood are not simply added.
const SCALE: f32 = 0.55;
/// The most that one bead can say.
const LIMIT: f32 = 4.0;
/// Chance that the next bead is of the other state.
const SWITCH: f32 = 0.03;
/// A bead without a partner, beside aligned ones, is no rarity.
const SKIPPED: f32 = -0.5;
/// The part of the decoys that must be left behind.
const DECOYS: f32 = 0.95;
/// Beads between a bead and its decoy partner.
const AWAY: [usize; 3] = [7, 19, 31];
/// What must be at stake for half of the bar to hold.
const KNOWN: f32 = 1.0;
/// Fewer decoys than this say little: then one bead in doubt is the limit.
const FEW: usize = 8;

/// For each bead of a string, in order: the chance that it is aligned. A bead
/// without a partner gets 0.
pub fn chances(a: &Side, b: &Side, beads: &[Link], hints: &[Hint]) -> Vec<f32> {
    let real: Vec<usize> =
        (0..beads.len()).filter(|&k| !beads[k].a.is_empty() && !beads[k].b.is_empty()).collect();
    let mut says = vec![SKIPPED; beads.len()];
    let mut stakes = vec![0.0; beads.len()];
    let mut decoys = Vec::new();
    let turns = if real.len() < 8 * TURN { SHORT_TURN } else { TURN };
    for hand in 0..2 {
        let of = |hand: usize| -> Vec<usize> {
            let turn = |(n, k): (usize, &usize)| (n / turns % 2 == hand).then_some(*k);
            real.iter().enumerate().filter_map(turn).collect()
        };
        let taught: Vec<Link> = of(hand).into_iter().map(|k| beads[k].clone()).collect();
        let judged = of(1 - hand);
        let links: Vec<Link> = judged.iter().map(|&k| beads[k].clone()).collect();
        let tables = Tables::learn(a, b, &taught, hints, 2);
        for (k, value) in judged.into_iter().zip(evidence(a, b, &tables, &links)) {
            says[k] = value.says;
            stakes[k] = value.stake;
        }
        decoys.extend(evidence(a, b, &tables, &crossed(&links)).into_iter().map(|e| e.says));
    }
    let bar = bar(decoys);
    for &k in &real {
        // A bead of whose words nothing is known says nothing.
        let bar = bar * stakes[k] / (stakes[k] + KNOWN);
        says[k] = (SCALE * (says[k] - bar)).clamp(-LIMIT, LIMIT);
    }
    let mut out = chain(&says);
    for (chance, bead) in out.iter_mut().zip(beads) {
        if bead.a.is_empty() || bead.b.is_empty() {
            *chance = 0.0;
        }
    }
    out
}

/// Beads that are certainly wrong: each side A with a side B from elsewhere.
fn crossed(links: &[Link]) -> Vec<Link> {
    let n = links.len();
    let one = |k: usize, away: usize| Link {
        a: links[k].a.clone(),
        b: links[(k + away % n.max(1)) % n].b.clone(),
        weight: 0.0,
    };
    // A few beads have few decoys: then each meets several.
    let times = if n < 200 { AWAY.len() } else { 1 };
    let all = (0..n).flat_map(|k| AWAY[..times].iter().map(move |away| (k, *away)));
    all.filter(|(_, away)| n > 1 && away % n != 0).map(|(k, away)| one(k, away)).collect()
}

/// The evidence that chance alone reaches in this text.
fn bar(mut decoys: Vec<f32>) -> f32 {
    if decoys.len() < FEW {
        return decoys.into_iter().fold(1.0, f32::max);
    }
    let at = ((decoys.len() - 1) as f32 * DECOYS) as usize;
    *decoys.select_nth_unstable_by(at, f32::total_cmp).1
}

/// Forward and backward sums of the two states.
fn chain(says: &[f32]) -> Vec<f32> {
    let step = |(yes, no): (f32, f32), says: f32| {
        let odds = says.exp();
        let (stay, turn) = (1.0 - SWITCH, SWITCH);
        let (y, n) = ((yes * stay + no * turn) * odds, yes * turn + no * stay);
        (y / (y + n), n / (y + n))
    };
    let mut heads = Vec::with_capacity(says.len());
    let mut state = (0.5, 0.5);
    for &value in says {
        state = step(state, value);
        heads.push(state);
    }
    let mut tail = (0.5f32, 0.5f32);
    let mut out = vec![0.0; says.len()];
    for k in (0..says.len()).rev() {
        let (yes, no) = (heads[k].0 * tail.0, heads[k].1 * tail.1);
        out[k] = yes / (yes + no);
        let odds = says[k].exp();
        let (y, n) = (tail.0 * odds, tail.1);
        let (yes, no) = (y * (1.0 - SWITCH) + n * SWITCH, y * SWITCH + n * (1.0 - SWITCH));
        tail = (yes / (yes + no), no / (yes + no));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_speak_for_a_bead_that_says_nothing() {
        let chances = chain(&[3.0, 3.0, 0.0, 3.0, -3.0, -3.0, -3.0]);
        assert!(chances[2] > 0.95, "{chances:?}");
        assert!(chances[6] < 0.05, "{chances:?}");
    }
}
