//! What names mean while drafts are applied: what they define, and what the
//! archive has.

use std::collections::{HashMap, HashSet};

use crate::digest::{Any, Id};
use crate::index::Snapshot;
use crate::model::{Kind, Part, Source};

use super::stop::Stop;

/// Names and the records that they stand for: always the first record of a
/// name, so that a better description of a thing does not change what names it.
#[derive(Default)]
pub(super) struct Names {
    known: HashMap<(Kind, String), Id<Any>>,
    expected: HashSet<(Kind, String)>,
}

impl Names {
    /// Notes that a draft defines a name.
    pub fn expect(&mut self, called: Option<(Kind, String)>) -> Result<(), String> {
        match called {
            Some((kind, name)) if !self.expected.insert((kind, name.clone())) => {
                Err(format!("{} {name:?}", kind.word()))
            }
            _ => Ok(()),
        }
    }

    /// Notes what a name stands for.
    pub fn set(&mut self, kind: Kind, name: &str, id: Id<Any>) {
        self.known.insert((kind, name.to_string()), id);
    }

    /// What a name stands for, where it was met already.
    pub fn made(&self, kind: Kind, name: &str) -> Option<Id<Any>> {
        self.known.get(&(kind, name.to_string())).copied()
    }

    /// What a name stands for.
    pub fn get(
        &mut self,
        snap: &Snapshot<'_>,
        kind: Kind,
        name: &str,
        field: &'static str,
    ) -> Result<Id<Any>, Stop> {
        if let Some(id) = self.known.get(&(kind, name.to_string())) {
            return Ok(*id);
        }
        // What a draft defines may give the archive's thing a new description,
        // but keeps its first id.
        if let Some(id) = in_archive(snap, kind, name)? {
            self.set(kind, name, id);
            return Ok(id);
        }
        if self.expected.contains(&(kind, name.to_string())) {
            return Err(Stop::Later(format!("{} {name:?}", kind.word())));
        }
        let word = kind.word();
        Err(Stop::bad(field, format!("there is no {word} called {name:?}")).hint(format!(
            "define it in a draft ([[{word}]]), or mend the name: it is compared letter by letter"
        )))
    }
}

/// The first record of a name that the archive has.
pub(super) fn in_archive(
    snap: &Snapshot<'_>,
    kind: Kind,
    name: &str,
) -> Result<Option<Id<Any>>, Stop> {
    if kind == Kind::Part {
        let Some((siglum, part)) = name.split_once('/') else { return Ok(None) };
        for row in snap.rows(kind, Some(part))? {
            let held = snap.get::<Part>(&row.id.cast())?;
            if snap.get::<Source>(&held.record.source)?.record.siglum == siglum {
                return Ok(Some(row.id));
            }
        }
        return Ok(None);
    }
    Ok(snap.rows(kind, Some(name))?.first().map(|row| row.id))
}
