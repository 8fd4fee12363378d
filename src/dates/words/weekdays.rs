//! A weekday in front of a date or behind it.

use super::super::day::Weekday;
use super::Reader;
use super::tokens::Kind;

impl Reader<'_> {
    /// `Monday, ` or `Monday the ` before token `from`.
    pub(super) fn weekday_before(&self, from: usize, free: usize) -> Option<(usize, Weekday)> {
        let mut i = from.checked_sub(1)?;
        let mut gap = self.tokens[from].gap;
        for _ in 0..2 {
            let t = &self.tokens[i];
            let between = t.kind == Kind::Other(',')
                || t.word() == Some("the")
                || (t.kind == Kind::Other('.') && t.gap.is_none());
            if !between {
                break;
            }
            gap = gap.max(t.gap);
            i = i.checked_sub(1)?;
        }
        let Kind::Weekday(day) = self.tokens[i].kind else { return None };
        // A full stop belongs to an abbreviation.
        let stop = (i + 1..from).any(|j| self.tokens[j].kind == Kind::Other('.'));
        (i >= free && gap.is_close() && (!stop || self.tokens[i].text.len() <= 5))
            .then_some((i, day))
    }

    /// `, Monday` or ` (Monday)` at token `next`.
    pub(super) fn weekday_behind(&self, next: usize) -> Option<(usize, Weekday)> {
        let sign = self.tokens.get(next)?;
        let token = self.tokens.get(next + 1).filter(|t| t.gap.is_close())?;
        let Kind::Weekday(day) = token.kind else { return None };
        let after = self.tokens.get(next + 2);
        match sign.kind {
            Kind::Other('(') if sign.gap.is_close() => {
                let closed = after.is_some_and(|t| t.kind == Kind::Other(')'));
                closed.then_some((next + 3, day))
            }
            Kind::Other(',') if sign.gap.is_none() => {
                // `May 5, Monday, May 9`: whose weekday is it?
                let mut i = next + 2;
                while self
                    .tokens
                    .get(i)
                    .is_some_and(|t| t.kind == Kind::Other(',') || t.word() == Some("the"))
                {
                    i += 1;
                }
                let other = self.tokens.get(i);
                let other =
                    other.is_some_and(|t| matches!(t.kind, Kind::Month(_) | Kind::Number(_)));
                (!other).then_some((next + 2, day))
            }
            _ => None,
        }
    }
}
