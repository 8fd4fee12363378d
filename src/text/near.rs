//! Places in sorted lists, found from where the last one was: what asks in
//! order pays for the distance it goes, not for the length of the list.

/// The first index at which `before` is false, as `partition_point` gives it,
/// looked for from `hint` on in steps that double (Bentley and Yao 1976).
pub(super) fn partition_near(len: usize, hint: usize, before: impl Fn(usize) -> bool) -> usize {
    let hint = hint.min(len);
    let (mut low, mut high, mut step) = (hint, hint, 1);
    // All below `low` is before, all from `high` on is not.
    while high < len && before(high) {
        low = high + 1;
        high = (high + step).min(len);
        step *= 2;
    }
    if low == hint {
        high = low;
        while low > 0 && !before(low - 1) {
            high = low - 1;
            low = low.saturating_sub(step);
            step *= 2;
        }
    }
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_every_hint_to_every_place() {
        for len in 0..40 {
            for place in 0..=len {
                for hint in 0..=len + 1 {
                    assert_eq!(partition_near(len, hint, |k| k < place), place, "{len} {hint}");
                }
            }
        }
    }
}
