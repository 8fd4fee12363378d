//! All records of an archive, read once from the store.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use super::report::Fixity;
use crate::digest::{Digest, Id};
use crate::model::{Code, ContentUse, Finding, History, Record, RecordError, Typed};
use crate::store::{Store, StoreError, record_path};

/// The records that could be read, in log order.
pub(super) struct Records {
    list: Vec<(Digest, Record, Vec<u8>)>,
    place: HashMap<Digest, usize>,
    /// Ids of the log whose records could not be read; they were named once.
    broken: Vec<Digest>,
}

impl Records {
    pub fn read(
        store: &Store,
        entries: &[Digest],
        out: &mut Fixity,
        watch: &mut dyn FnMut(u64, u64),
    ) -> Self {
        let mut all = Self {
            list: Vec::with_capacity(entries.len()),
            place: HashMap::new(),
            broken: Vec::new(),
        };
        for (n, id) in (1..).zip(entries) {
            watch(n, entries.len() as u64);
            let path = record_path(id);
            let mut trouble =
                |code, text| out.findings.push(Finding::new(code, path.clone(), text));
            match store.record(id) {
                Err(StoreError::NoRecord(_)) => {
                    trouble(Code::RecordMissing, "the log names it, but it is not there".into())
                }
                Err(e) => trouble(Code::RecordDamaged, e.to_string()),
                Ok(bytes) => {
                    out.records += 1;
                    match Record::decode(&bytes) {
                        Ok(record) => {
                            if let Record::Unknown { kind } = &record {
                                out.findings.push(Finding::new(
                                    Code::RecordNotUnderstood,
                                    path,
                                    format!("is of kind {kind:?}; its digest and place in the log were checked, nothing else"),
                                ));
                            }
                            all.place.insert(*id, all.list.len());
                            all.list.push((*id, record, bytes));
                            continue;
                        }
                        Err(
                            e @ (RecordError::Canon(_)
                            | RecordError::Fields { .. }
                            | RecordError::TooLong(_)),
                        ) => {
                            trouble(Code::RecordMalformed, e.to_string());
                        }
                    }
                }
            }
            all.broken.push(*id);
        }
        all
    }

    /// Ids and records, in log order.
    pub fn all(&self) -> impl Iterator<Item = (&Digest, &Record)> {
        self.list.iter().map(|(id, r, _)| (id, r))
    }

    /// Every id of the log.
    pub fn ids(&self) -> impl Iterator<Item = Digest> + '_ {
        self.list.iter().map(|(id, ..)| *id).chain(self.broken.iter().copied())
    }

    /// Record and stored bytes.
    pub fn get(&self, id: &Digest) -> Option<(&Record, &[u8])> {
        self.place.get(id).map(|n| (&self.list[*n].1, self.list[*n].2.as_slice()))
    }

    /// Place in the log among what could be read.
    pub fn order(&self, id: &Digest) -> Option<usize> {
        self.place.get(id).copied()
    }

    /// The newest record of a kind.
    pub fn newest<T: Typed>(&self) -> Option<T> {
        self.list.iter().rev().find_map(|(_, r, _)| T::from_record(r.clone()))
    }

    /// The content objects that records name and that are stored.
    pub fn contents(&self) -> Vec<ContentUse> {
        let mut seen = HashSet::new();
        let uses = self.list.iter().flat_map(|(_, r, _)| r.contents());
        uses.filter(|u| u.stored && seen.insert(u.name)).collect()
    }

    /// Every record that is named is there.
    pub fn check_links(&self, store: &Store, out: &mut Fixity) {
        // Asked for only where a record names none that has one of its own.
        let inner = LazyCell::new(|| inner_ids(store, self));
        for (id, record, _) in &self.list {
            for (link, target) in record.links() {
                let known = self.place.contains_key(target.digest())
                    || self.broken.contains(target.digest())
                    || inner.contains(target.digest());
                if !known {
                    let text = format!(
                        "names {} ({}), which is not in the log",
                        target.digest().short(12),
                        link.name()
                    );
                    out.findings.push(Finding::new(Code::LinkBroken, record_path(id), text));
                }
            }
        }
    }
}

/// The ids of all revisions inside histories, as far as their roots are here.
fn inner_ids(store: &Store, records: &Records) -> HashSet<Digest> {
    let mut ids = HashSet::new();
    for (id, record) in records.all() {
        let Record::History(history) = record else { continue };
        let Ok(roots) = store.content(&history.roots.name) else { continue };
        if history.roots_of(&roots).is_some() {
            let id = Id::new(*id);
            let numbers = history.first()..=history.revisions;
            ids.extend(numbers.map(|n| *History::revision_id(&id, n).digest()));
        }
    }
    ids
}
