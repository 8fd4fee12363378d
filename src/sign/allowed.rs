//! OpenSSH's `allowed_signers` file (ssh-keygen(1), "ALLOWED SIGNERS"): who
//! may seal what, and when. Written in one spelling; read in the subset that
//! names plain principals and Ed25519 keys.

use std::fmt::Write as _;

use super::key::{KeyError, PublicKey};

/// One line: this principal's key, for these purposes, in this time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedSigner {
    /// Whom `ssh-keygen -Y verify -I` names: one word, no pattern.
    pub principal: String,
    /// The key.
    pub key: PublicKey,
    /// What it may seal; empty means anything.
    pub namespaces: Vec<String>,
    /// First second at which it is valid, since 1970, UTC.
    pub valid_after: Option<i64>,
    /// Last second at which it is valid, since 1970, UTC.
    pub valid_before: Option<i64>,
}

/// Why a line cannot be written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllowedSignersError {
    /// A principal or namespace that OpenSSH would take for something else.
    #[error(
        "{0:?} cannot be a name in allowed_signers: only one word, without quotes, commas, patterns (* ? !) or #"
    )]
    Name(String),
    /// A time before 1970 or after 9999.
    #[error("{0} seconds since 1970 is not a time that allowed_signers can hold")]
    Time(i64),
    /// The line does not parse.
    #[error("allowed_signers, line {line}: {reason}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The key in the line does not parse.
    #[error("allowed_signers, line {line}: {error}")]
    Key {
        /// The line, from 1.
        line: usize,
        /// What is wrong with the key.
        error: KeyError,
    },
}

/// Why a good seal does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    /// The key may not seal for this purpose.
    #[error("the key of {principal} may not be used for {namespace:?}")]
    Namespace {
        /// Whose key.
        principal: String,
        /// The purpose.
        namespace: String,
    },
    /// The key was not valid yet.
    #[error("the key of {principal} was not valid yet: valid after {after}")]
    NotYet {
        /// Whose key.
        principal: String,
        /// When it begins, as OpenSSH writes it.
        after: String,
    },
    /// The key was not valid any more: expired or revoked.
    #[error("the key of {principal} was not valid any more: valid before {before}")]
    Expired {
        /// Whose key.
        principal: String,
        /// When it ended, as OpenSSH writes it.
        before: String,
    },
}

impl AllowedSigner {
    /// Whether the key may seal for `namespace` at `at` (seconds since 1970).
    ///
    /// # Errors
    /// The first reason why not.
    pub fn permits(&self, namespace: &str, at: i64) -> Result<(), NotAllowed> {
        let principal = || self.principal.clone();
        if !self.namespaces.is_empty() && !self.namespaces.iter().any(|n| n == namespace) {
            return Err(NotAllowed::Namespace {
                principal: principal(),
                namespace: namespace.to_owned(),
            });
        }
        match (self.valid_after, self.valid_before) {
            (Some(after), _) if at < after => {
                Err(NotAllowed::NotYet { principal: principal(), after: shown(after) })
            }
            (_, Some(before)) if at > before => {
                Err(NotAllowed::Expired { principal: principal(), before: shown(before) })
            }
            _ => Ok(()),
        }
    }

    /// The line, without a line end.
    ///
    /// # Errors
    /// When a name or a time cannot stand in the file.
    pub fn to_line(&self) -> Result<String, AllowedSignersError> {
        check_name(&self.principal)?;
        let mut options = Vec::new();
        if !self.namespaces.is_empty() {
            self.namespaces.iter().try_for_each(|n| check_name(n))?;
            options.push(format!("namespaces=\"{}\"", self.namespaces.join(",")));
        }
        for (name, time) in [("valid-after", self.valid_after), ("valid-before", self.valid_before)]
        {
            if let Some(seconds) = time {
                let text = timestamp(seconds).ok_or(AllowedSignersError::Time(seconds))?;
                options.push(format!("{name}=\"{text}\""));
            }
        }
        let mut line = self.principal.clone();
        if !options.is_empty() {
            write!(line, " {}", options.join(",")).expect("writing to a string cannot fail");
        }
        write!(line, " {}", self.key).expect("writing to a string cannot fail");
        Ok(line)
    }
}

/// The whole file: one line each, in the order given.
///
/// # Errors
/// When a name or a time cannot stand in the file.
pub fn allowed_signers(entries: &[AllowedSigner]) -> Result<String, AllowedSignersError> {
    entries.iter().map(|e| e.to_line().map(|l| l + "\n")).collect()
}

/// Reads a file of that form. Empty lines and lines that begin with `#` are
/// passed over.
///
/// # Errors
/// What is wrong in which line; a certificate authority, a pattern or another
/// kind of key is refused, not ignored.
pub fn parse_allowed_signers(text: &str) -> Result<Vec<AllowedSigner>, AllowedSignersError> {
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            out.push(parse_line(trimmed, at + 1)?);
        }
    }
    Ok(out)
}

fn parse_line(line: &str, number: usize) -> Result<AllowedSigner, AllowedSignersError> {
    let malformed =
        |reason: &str| AllowedSignersError::Malformed { line: number, reason: reason.to_owned() };
    let (principal, rest) =
        line.split_once([' ', '\t']).ok_or_else(|| malformed("there is only one word"))?;
    check_name(principal)?;
    let mut entry = AllowedSigner {
        principal: principal.to_owned(),
        key: PublicKey::from_bytes([0; 32]),
        namespaces: Vec::new(),
        valid_after: None,
        valid_before: None,
    };
    let mut rest = rest.trim_start();
    // Options, if there are any, are one word; quoted values hold no spaces
    // in what we write, but may in what others write.
    if rest.contains('=')
        && !rest.split_ascii_whitespace().next().is_some_and(|w| w.starts_with("ssh-"))
    {
        loop {
            let (name, tail) =
                rest.split_once('=').ok_or_else(|| malformed("an option without a value"))?;
            let tail = tail
                .strip_prefix('"')
                .ok_or_else(|| malformed("an option's value is not in quotes"))?;
            let (value, tail) =
                tail.split_once('"').ok_or_else(|| malformed("a quote is not closed"))?;
            let time = || {
                timestamp_value(value).ok_or_else(|| malformed("a time is not YYYYMMDD[HHMM[SS]]Z"))
            };
            match name.to_ascii_lowercase().as_str() {
                "namespaces" => {
                    entry.namespaces = value.split(',').map(str::to_owned).collect();
                    entry.namespaces.iter().try_for_each(|n| check_name(n))?;
                }
                "valid-after" => entry.valid_after = Some(time()?),
                "valid-before" => entry.valid_before = Some(time()?),
                _ => return Err(malformed("an option that is not known here")),
            }
            match tail.strip_prefix(',') {
                Some(more) => rest = more,
                None => {
                    rest = tail;
                    break;
                }
            }
        }
    }
    entry.key = rest.parse().map_err(|error| AllowedSignersError::Key { line: number, error })?;
    Ok(entry)
}

fn check_name(name: &str) -> Result<(), AllowedSignersError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "\"',*?!\\".contains(c);
    if name.is_empty() || name.starts_with('#') || name.chars().any(bad) {
        return Err(AllowedSignersError::Name(name.chars().take(80).collect()));
    }
    Ok(())
}

fn shown(seconds: i64) -> String {
    timestamp(seconds).unwrap_or_else(|| format!("{seconds} s"))
}

const DAY: i64 = 86_400;

/// `YYYYMMDDHHMMSSZ`: without the Z, OpenSSH would read it in the time zone
/// of whoever verifies. Zero is left out because OpenSSH takes it for "no
/// time given".
fn timestamp(seconds: i64) -> Option<String> {
    if !(1..253_402_300_800).contains(&seconds) {
        return None;
    }
    let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (y, m, d) = date(day);
    Some(format!(
        "{y:04}{m:02}{d:02}{:02}{:02}{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    ))
}

fn timestamp_value(text: &str) -> Option<i64> {
    let digits = text.strip_suffix('Z')?;
    if !matches!(digits.len(), 8 | 12 | 14) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let field =
        |from: usize, to: usize| digits.get(from..to).map_or(Some(0), |s| s.parse::<i64>().ok());
    let (y, m, d) = (field(0, 4)?, field(4, 6)?, field(6, 8)?);
    let (hour, minute, second) = (field(8, 10)?, field(10, 12)?, field(12, 14)?);
    if !(1..=12).contains(&m) || !(1..=31).contains(&d) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let day = days(y, m, d);
    (date(day) == (y, m, d)).then_some(day * DAY + hour * 3600 + minute * 60 + second)
}

/// Days since 1970 of a proleptic Gregorian date. March begins the year, so
/// that the leap day is its last (Howard Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms").
fn days(y: i64, m: i64, d: i64) -> i64 {
    let y = if m <= 2 { y - 1 } else { y };
    let (era, in_era) = (y.div_euclid(400), y.rem_euclid(400));
    let in_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    era * 146_097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719_468
}

/// The date of a day since 1970; the inverse of [`days`].
fn date(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let d = of_year - (153 * month + 2) / 5 + 1;
    let m = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(m <= 2), m, d)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::SecretKey;

    fn signer() -> AllowedSigner {
        AllowedSigner {
            principal: "editor@example.org".into(),
            key: SecretKey::generate([5; 32]).public(),
            namespaces: vec!["decide@variorum.v1".into(), "withhold@variorum.v1".into()],
            valid_after: Some(951_782_400),
            valid_before: Some(1_798_761_599),
        }
    }

    #[test]
    fn the_line_and_back() {
        let s = signer();
        let line = s.to_line().unwrap();
        assert_eq!(
            line,
            format!(
                "editor@example.org namespaces=\"decide@variorum.v1,withhold@variorum.v1\",valid-after=\"20000229000000Z\",valid-before=\"20261231235959Z\" {}",
                s.key
            )
        );
        let plain =
            AllowedSigner { namespaces: vec![], valid_after: None, valid_before: None, ..signer() };
        assert_eq!(plain.to_line().unwrap(), format!("editor@example.org {}", s.key));
        let file = allowed_signers(&[s.clone(), plain.clone()]).unwrap();
        assert_eq!(
            parse_allowed_signers(&format!("# who may decide\n\n{file}")).unwrap(),
            [s, plain]
        );
    }

    #[test]
    fn what_a_key_may_do_and_when() {
        let s = signer();
        assert_eq!(s.permits("decide@variorum.v1", 1_700_000_000), Ok(()));
        assert!(matches!(
            s.permits("submit@variorum.v1", 1_700_000_000),
            Err(NotAllowed::Namespace { .. })
        ));
        assert!(matches!(
            s.permits("decide@variorum.v1", 951_782_399),
            Err(NotAllowed::NotYet { .. })
        ));
        assert!(matches!(
            s.permits("decide@variorum.v1", 1_798_761_600),
            Err(NotAllowed::Expired { .. })
        ));
    }

    #[test]
    fn names_that_openssh_reads_otherwise_are_refused() {
        for bad in ["", "a b", "*", "a,b", "!a", "#a", "a\"b", "a\nb"] {
            let s = AllowedSigner { principal: bad.into(), ..signer() };
            assert!(matches!(s.to_line(), Err(AllowedSignersError::Name(_))), "{bad:?}");
        }
        for bad in [
            "a@b",
            "a@b ssh-rsa AAAA",
            "a@b cert-authority ssh-ed25519 AAAA",
            "a@b valid-after=\"2026\" ssh-ed25519 AAAA",
        ] {
            assert!(parse_allowed_signers(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn dates() {
        assert_eq!(timestamp(1).unwrap(), "19700101000001Z");
        assert_eq!(timestamp(0), None);
        assert_eq!(timestamp(253_402_300_799).unwrap(), "99991231235959Z");
        assert_eq!(timestamp(253_402_300_800), None);
        assert_eq!(timestamp_value("20000229Z"), Some(951_782_400));
        assert_eq!(timestamp_value("200002291200Z"), Some(951_825_600));
        for bad in
            ["20010229Z", "20260101", "2026010Z", "20261301Z", "20260101250000Z", "20260101000060Z"]
        {
            assert_eq!(timestamp_value(bad), None, "{bad}");
        }
        for day in (-1000..2_932_000).step_by(97) {
            let (y, m, d) = date(day);
            assert_eq!(days(y, m, d), day);
        }
    }
}
