//! Names of the log's files (c2sp.org/tlog-tiles): `tile/<L>/<N>[.p/<W>]` and
//! `tile/entries/<N>[.p/<W>]`, below the log's folder. `<N>` is cut into
//! groups of three digits, all but the last led by an `x`, so that a name is
//! never both a file and a folder.

use std::fmt;
use std::str::FromStr;

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u64 = 256;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// The entries themselves, each led by its length.
    Entries,
    /// Hashes of subtrees over 256 to the power of this level entries
    /// (level 0: leaf hashes). At most 63.
    Level(u8),
}

/// The name of one tile or bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    /// What it holds.
    pub kind: TileKind,
    /// Its place among those of its kind, from 0.
    pub index: u64,
    /// How many hashes or entries it holds: 1 to 256; fewer than 256 makes it
    /// partial.
    pub width: u16,
}

/// The text is not the name of a tile or bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a log file: {0:?}")]
pub struct ParsePathError(pub String);

impl TilePath {
    /// The last tile of this kind in a log of `size` entries, if it is
    /// partial.
    pub fn partial(kind: TileKind, size: u64) -> Option<Self> {
        let count = count(kind, size);
        let width = count % TILE_WIDTH;
        (width > 0).then_some(Self {
            kind,
            index: count / TILE_WIDTH,
            width: u16::try_from(width).expect("a remainder of 256 fits"),
        })
    }

    /// The tile with this index in a log of `size` entries: as wide as that
    /// size makes it. `None` when the log is too short to have it.
    pub fn in_log(kind: TileKind, index: u64, size: u64) -> Option<Self> {
        let width =
            count(kind, size).saturating_sub(index.checked_mul(TILE_WIDTH)?).min(TILE_WIDTH);
        (width > 0).then_some(Self {
            kind,
            index,
            width: u16::try_from(width).expect("at most 256"),
        })
    }

    /// The same tile when it will be full.
    pub fn full(self) -> Self {
        Self { width: 256, ..self }
    }

    /// Whether it holds 256 hashes or entries.
    pub fn is_full(&self) -> bool {
        u64::from(self.width) == TILE_WIDTH
    }
}

/// How many hashes or entries of this kind a log of `size` entries has.
pub(super) fn count(kind: TileKind, size: u64) -> u64 {
    match kind {
        TileKind::Entries => size,
        TileKind::Level(level) => size.checked_shr(8 * u32::from(level)).unwrap_or(0),
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Entries => f.write_str("tile/entries")?,
            TileKind::Level(level) => write!(f, "tile/{level}")?,
        }
        let digits = self.index.to_string();
        let padded = format!("{digits:0>width$}", width = digits.len().div_ceil(3) * 3);
        let last = padded.len() - 3;
        for at in (0..last).step_by(3) {
            write!(f, "/x{}", &padded[at..at + 3])?;
        }
        write!(f, "/{}", &padded[last..])?;
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

impl FromStr for TilePath {
    type Err = ParsePathError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        // What was read must be spelt back alike, so that a file has one name.
        parse(s)
            .filter(|p| p.to_string() == s)
            .ok_or_else(|| ParsePathError(s.chars().take(120).collect()))
    }
}

fn parse(s: &str) -> Option<TilePath> {
    let (kind, rest) = s.strip_prefix("tile/")?.split_once('/')?;
    let kind = match kind {
        "entries" => TileKind::Entries,
        level => TileKind::Level(level.parse().ok().filter(|l| *l <= 63)?),
    };
    let (index, width) = match rest.split_once(".p/") {
        Some((index, width)) => (index, width.parse().ok().filter(|w| (1..=255).contains(w))?),
        None => (rest, 256),
    };
    let digits: String =
        index.split('/').map(|part| part.strip_prefix('x').unwrap_or(part)).collect();
    Some(TilePath { kind, index: digits.parse().ok()?, width })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_examples_of_the_specification() {
        let path = TilePath { kind: TileKind::Level(0), index: 1_234_067, width: 256 };
        assert_eq!(path.to_string(), "tile/0/x001/x234/067");
        assert_eq!(TilePath { width: 7, ..path }.to_string(), "tile/0/x001/x234/067.p/7");
        let entries = TilePath { kind: TileKind::Entries, index: 0, width: 255 };
        assert_eq!(entries.to_string(), "tile/entries/000.p/255");
        assert_eq!(TilePath { index: 1000, ..entries }.full().to_string(), "tile/entries/x001/000");
    }

    /// "A tree of size 70,000 will be represented by 273 full level 0 tiles,
    /// one partial level 0 tile of width 112, one full level 1 tile, one
    /// partial level 1 tile of width 17, and one partial level 2 tile of
    /// width 1."
    #[test]
    fn seventy_thousand() {
        let partial = |level, size| {
            TilePath::partial(TileKind::Level(level), size).map(|p| (p.index, p.width))
        };
        assert_eq!(partial(0, 70_000), Some((273, 112)));
        assert_eq!(partial(1, 70_000), Some((1, 17)));
        assert_eq!(partial(2, 70_000), Some((0, 1)));
        assert_eq!(partial(3, 70_000), None);
        assert_eq!((partial(0, 256), partial(1, 256)), (None, Some((0, 1))));
        assert_eq!(TilePath::in_log(TileKind::Level(0), 272, 70_000).unwrap().width, 256);
        assert_eq!(TilePath::in_log(TileKind::Level(0), 273, 70_000).unwrap().width, 112);
        assert_eq!(TilePath::in_log(TileKind::Level(0), 274, 70_000), None);
        assert_eq!(TilePath::in_log(TileKind::Level(9), 0, u64::MAX), None);
    }

    #[test]
    fn other_names_are_refused() {
        for bad in [
            "",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/0000",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/0/001/234",
            "tile/0/x000/001",
            "tile/0/x001",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/07",
            "tile/0/000.p/+7",
            "tile/data/000",
            "tile/0/../000",
            "/tile/0/000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ] {
            assert!(bad.parse::<TilePath>().is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn names_round_trip(level in 0u8..=63, entries: bool, index: u64, width in 1u16..=256) {
            let kind = if entries { TileKind::Entries } else { TileKind::Level(level) };
            let path = TilePath { kind, index, width };
            prop_assert_eq!(path.to_string().parse::<TilePath>().unwrap(), path);
        }

        #[test]
        fn hostile_names_never_panic(text in "(tile/)?[0-9a-z./x]{0,40}") {
            let _ = text.parse::<TilePath>();
        }
    }
}
