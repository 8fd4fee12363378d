//! The longest order that some keys keep as they stand (patience sorting;
//! Fredman, "On computing the length of longest increasing subsequences", 1975):
//! n log n.

/// Which keys belong to the longest order that never falls; where several are
/// as long, the one that keeps what stands first.
pub fn longest_order<K: Ord + Copy>(keys: &[K]) -> Vec<bool> {
    // From the end: a run that never rises; larger keys leave more room.
    let mut tails: Vec<usize> = Vec::new();
    let mut next: Vec<Option<usize>> = vec![None; keys.len()];
    for i in (0..keys.len()).rev() {
        let rank = tails.partition_point(|&t| keys[t] >= keys[i]);
        next[i] = rank.checked_sub(1).map(|r| tails[r]);
        match tails.get_mut(rank) {
            Some(t) => *t = i,
            None => tails.push(i),
        }
    }
    let mut kept = vec![false; keys.len()];
    let mut at = tails.last().copied();
    while let Some(i) = at {
        kept[i] = true;
        at = next[i];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::longest_order;
    use proptest::prelude::*;

    #[test]
    fn of_two_as_long_what_stands_first_stays() {
        assert_eq!(longest_order(&[2, 1]), [true, false]);
        assert_eq!(longest_order(&[1, 1, 0, 2]), [true, true, false, true]);
        assert!(longest_order::<u8>(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_longer_rises(keys in prop::collection::vec(0u8..40, 0..40)) {
            let order = longest_order(&keys);
            let kept: Vec<u8> = keys.iter().zip(&order).filter(|(_, k)| **k).map(|(x, _)| *x).collect();
            prop_assert!(kept.is_sorted());
            let mut best = vec![1; keys.len()];
            for k in 0..keys.len() {
                for i in (0..k).filter(|&i| keys[i] <= keys[k]) {
                    best[k] = best[k].max(best[i] + 1);
                }
            }
            prop_assert_eq!(kept.len(), best.iter().copied().max().unwrap_or(0));
        }
    }
}
