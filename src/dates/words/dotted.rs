//! Dates in numbers with dots.

use super::super::day::Day;
use super::tokens::{Kind, Token};
use super::{Found, Reader};

impl Reader<'_> {
    /// `17.06.93`, `7.6.1993`, `27.VI`, `27.VI.93`; with whether the century
    /// was told.
    pub(super) fn dotted(&self, at: usize) -> Option<(Found, bool)> {
        let glued = |i: usize| self.tokens.get(i).filter(|t| t.gap.is_none());
        let dot = |i: usize| glued(i).is_some_and(|t| t.kind == Kind::Other('.'));
        let (_, day_digits) = self.tokens[at].number()?;
        if !self.stands_free(at) || day_digits > 2 || !dot(at + 1) {
            return None;
        }
        let token = glued(at + 2)?;
        let roman = token.roman_month();
        let month = match (roman, token.number()) {
            (Some(month), _) => month,
            (None, Some((month, 1 | 2))) => u8::try_from(month).ok()?,
            _ => return None,
        };
        let day = self.tokens[at].day_of(month)?;
        let year = glued(at + 4).filter(|_| dot(at + 3)).and_then(Token::number);
        let (next, year, told) = match year {
            Some((y, 4)) if (1000..=2199).contains(&y) => (at + 5, Some(y as i32), true),
            Some((y, 2)) if roman.is_some() || token.text.len() == 2 => {
                let y = y as i32;
                (at + 5, Some(if y < 30 { 2000 + y } else { 1900 + y }), false)
            }
            None if roman.is_some() && token.text.len() > 1 => (at + 3, None, true),
            _ => return None,
        };
        if year.is_some_and(|y| Day::new(i64::from(y), month, day).is_none()) {
            return None;
        }
        // Not a number of a section or an address: 12.05.94.1, 12.05.94-3.
        let more = glued(next).is_some_and(|t| match t.kind {
            Kind::Other('.' | ':' | '/' | '-') => {
                glued(next + 1).is_some_and(|t| t.number().is_some())
            }
            Kind::Other(_) => false,
            _ => true,
        });
        (!more)
            .then_some((Found { from: at, next, day: Some(day), month, until: None, year }, told))
    }
}
