//! The query of a URL as names and values, read strictly: what is spelled wrong
//! is said, not guessed.

use crate::desk::DeskError;

/// Names and values, as they were given.
#[derive(Debug, Default)]
pub(super) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads `a=b&c=d`; `+` is a space (WHATWG URL, application/x-www-form-urlencoded).
    ///
    /// # Errors
    /// When an escape is none, or what it gives is not UTF-8.
    pub fn read(query: &str) -> Result<Self, DeskError> {
        let mut pairs = Vec::new();
        for pair in query.split('&').filter(|p| !p.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            pairs.push((decoded(name)?, decoded(value)?));
        }
        Ok(Self { pairs })
    }

    /// The same, in order.
    pub fn into_pairs(self) -> Vec<(String, String)> {
        self.pairs
    }

    /// Adds what the path says.
    pub fn add(&mut self, name: &str, value: &str) {
        self.pairs.push((name.to_string(), value.to_string()));
    }

    /// Every name that was given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(name, _)| name.as_str())
    }

    /// All values of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The value of a name that stands once.
    ///
    /// # Errors
    /// When it stands several times.
    pub fn one(&self, name: &str) -> Result<Option<&str>, DeskError> {
        let mut all = self.all(name);
        match (all.next(), all.next()) {
            (one, None) => Ok(one),
            _ => Err(DeskError::usage("parameter-twice", format!("{name} is given several times"))),
        }
    }

    /// The value of a name that must be there.
    ///
    /// # Errors
    /// When it is missing or empty, or stands several times.
    pub fn needed(&self, name: &str) -> Result<&str, DeskError> {
        self.one(name)?.filter(|v| !v.is_empty()).ok_or_else(|| {
            DeskError::usage("parameter-missing", format!("{name} is not given"))
                .hint(format!("add ?{name}=…; all parameters: /api/v1/openapi.json"))
        })
    }

    /// Whether a name is given, as `all` or `all=true`.
    ///
    /// # Errors
    /// When its value is neither true nor false.
    pub fn flag(&self, name: &str) -> Result<bool, DeskError> {
        match self.one(name)? {
            None | Some("false") => Ok(false),
            Some("" | "true") => Ok(true),
            Some(other) => Err(DeskError::usage(
                "parameter",
                format!("{name} is true or false, not {other:?}"),
            )),
        }
    }
}

/// Percent-decoded.
///
/// # Errors
/// When an escape is none, or what it gives is not UTF-8.
fn decoded(text: &str) -> Result<String, DeskError> {
    let broken = || DeskError::usage("query", format!("{text:?} is not spelled as a query"));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |b: Option<u8>| char::from(b?).to_digit(16);
                let (high, low) = (digit(rest.next()), digit(rest.next()));
                let (high, low) = high.zip(low).ok_or_else(broken)?;
                (high * 16 + low) as u8
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded() {
        let q = Query::read("address=%D0%9C%3A1&in=a+b&in=c&all&&x=a=b").unwrap();
        assert_eq!(q.one("address").unwrap(), Some("М:1"));
        assert_eq!(q.all("in").collect::<Vec<_>>(), ["a b", "c"]);
        assert!(q.flag("all").unwrap() && !q.flag("none").unwrap());
        assert_eq!(q.one("x").unwrap(), Some("a=b"));
        assert!(q.one("in").is_err() && q.needed("y").is_err() && q.flag("x").is_err());
    }

    #[test]
    fn what_is_spelled_wrong_is_refused() {
        for query in ["a=%", "a=%4", "a=%zz", "%ff=1", "a=%C3"] {
            assert!(Query::read(query).is_err(), "{query}");
        }
    }
}
