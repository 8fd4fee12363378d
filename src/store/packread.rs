//! Reading packs without libgit2, so that a damaged pack gives an error that
//! names the place, never a hang. Nothing is mapped or loaded whole: opening a
//! pack of a million objects reads one kilobyte, finding an object in it one or
//! two reads of five.

use std::collections::VecDeque;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::StoreError;
use super::delta;
use super::object::{Kind, ObjectId};
use super::sync::read_at;
use super::zlib;

/// Longest chain of differences followed: git's own limit.
const MAX_CHAIN: usize = 4095;
const FANOUT: u64 = 8;
const NAMES: u64 = FANOUT + 1024;
/// So many ids are read at once when one is looked for: five kilobytes.
const WINDOW: u64 = 256;

/// An open pack and its index.
pub(super) struct Pack {
    stem: PathBuf,
    pack: File,
    pack_len: u64,
    idx: File,
    idx_len: u64,
    fanout: Vec<u32>,
}

/// Fetches an object that a difference builds on and that is not in its pack.
pub(super) type Elsewhere<'a> =
    &'a dyn Fn(&ObjectId) -> Result<Option<(Kind, Vec<u8>)>, StoreError>;

/// The last few objects read from a pack, by offset: when all of it is read in
/// order, each difference finds its base here.
#[derive(Default)]
pub(super) struct Recent(VecDeque<(u64, Kind, Arc<Vec<u8>>)>);

impl Recent {
    fn get(&self, at: u64) -> Option<(Kind, Arc<Vec<u8>>)> {
        self.0.iter().find(|(o, ..)| *o == at).map(|(_, k, b)| (*k, b.clone()))
    }

    fn put(&mut self, at: u64, kind: Kind, bytes: &Arc<Vec<u8>>) {
        // A few texts of a megabyte, or a few hundred trees.
        if self.0.len() >= 64 {
            self.0.pop_front();
        }
        self.0.push_back((at, kind, bytes.clone()));
    }
}

/// How an object lies in a pack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stored {
    /// By itself.
    Whole(Kind),
    /// As a difference to the object at this offset of the same pack.
    OnOffset(u64),
    /// As a difference to a named object.
    OnObject(ObjectId),
}

impl Pack {
    /// Opens `<stem>.pack` and `<stem>.idx`.
    pub fn open(stem: &Path) -> Result<Self, StoreError> {
        let (pack_path, idx_path) = (stem.with_extension("pack"), stem.with_extension("idx"));
        let open = |p: &Path| {
            let f = File::open(p).map_err(StoreError::io("open", p))?;
            let len = f.metadata().map_err(StoreError::io("read", p))?.len();
            Ok::<_, StoreError>((f, len))
        };
        let (idx, idx_len) = open(&idx_path)?;
        let (pack, pack_len) = open(&pack_path)?;
        let mut head = vec![0; NAMES as usize];
        let n = read_at(&idx, &mut head, 0).map_err(StoreError::io("read", &idx_path))?;
        let damaged = |what: &str| StoreError::Damaged {
            path: idx_path.display().to_string(),
            place: "its header".into(),
            what: what.into(),
        };
        if n < head.len() || !head.starts_with(b"\xfftOc\0\0\0\x02") {
            return Err(damaged("not an index of a pack"));
        }
        let fanout: Vec<u32> = head[FANOUT as usize..]
            .chunks_exact(4)
            .map(|c| u32::from_be_bytes(c.try_into().expect("chunks of four")))
            .collect();
        let count = u64::from(fanout[255]);
        if !fanout.is_sorted() || idx_len < NAMES + count * 28 + 40 {
            return Err(damaged("its table of contents does not fit its length"));
        }
        Ok(Self { stem: stem.to_owned(), pack, pack_len, idx, idx_len, fanout })
    }

    /// The pack's path without extension.
    pub fn stem(&self) -> &Path {
        &self.stem
    }

    /// Number of objects.
    pub fn count(&self) -> u64 {
        u64::from(self.fanout[255])
    }

    /// Bytes of the pack file.
    pub fn len(&self) -> u64 {
        self.pack_len
    }

    /// Where the object lies, if it is here.
    pub fn find(&self, id: &ObjectId) -> Result<Option<u64>, StoreError> {
        let first = usize::from(id.0[0]);
        let mut lo = if first == 0 { 0 } else { u64::from(self.fanout[first - 1]) };
        let mut hi = u64::from(self.fanout[first]);
        // Ids are hashes, evenly spread: their first bytes tell where to look.
        let spread = u64::from(u32::from_be_bytes([id.0[1], id.0[2], id.0[3], id.0[4]]));
        let near = lo + (((hi - lo) * spread) >> 32);
        let (mut from, mut to) = (near.saturating_sub(WINDOW / 2).max(lo), hi);
        loop {
            to = to.min(from + WINDOW);
            if from >= to {
                return Ok(None);
            }
            let mut ids = vec![0; (to - from) as usize * ObjectId::LEN];
            self.read_idx(&mut ids, NAMES + from * ObjectId::LEN as u64)?;
            let ids: Vec<&[u8]> = ids.chunks_exact(ObjectId::LEN).collect();
            match ids.binary_search(&id.0.as_slice()) {
                Ok(n) => return self.offset(from + n as u64).map(Some),
                // Between two of these, so nowhere.
                Err(n) if n > 0 && n < ids.len() => return Ok(None),
                Err(0) => hi = from,
                Err(_) => lo = to,
            }
            // A list that is not even is halved.
            from = lo.max(((lo + hi) / 2).saturating_sub(WINDOW / 2));
            to = hi;
        }
    }

    /// All ids and offsets, in the order of ids.
    pub fn all(&self) -> Result<Vec<(ObjectId, u64)>, StoreError> {
        let n = self.count();
        let mut ids = vec![0; n as usize * ObjectId::LEN];
        self.read_idx(&mut ids, NAMES)?;
        let mut words = vec![0; n as usize * 4];
        self.read_idx(&mut words, NAMES + n * 24)?;
        ids.chunks_exact(ObjectId::LEN)
            .zip(words.chunks_exact(4))
            .map(|(id, w)| {
                let id = ObjectId::from_slice(id).expect("chunks of twenty");
                let w = u32::from_be_bytes(w.try_into().expect("chunks of four"));
                Ok((id, self.wide(w)?))
            })
            .collect()
    }

    /// The bytes and kind of the object at `offset`; `other` fetches a base
    /// that lies in no place of this pack that could be named by offset.
    pub fn read(&self, offset: u64, other: Elsewhere<'_>) -> Result<(Kind, Vec<u8>), StoreError> {
        let (kind, bytes) = self.read_with(offset, &mut Recent::default(), other)?;
        Ok((kind, Arc::unwrap_or_clone(bytes)))
    }

    /// As [`Pack::read`], for reading many objects in the order they lie.
    pub fn read_with(
        &self,
        offset: u64,
        recent: &mut Recent,
        other: Elsewhere<'_>,
    ) -> Result<(Kind, Arc<Vec<u8>>), StoreError> {
        let mut deltas = Vec::new();
        let mut at = offset;
        let (kind, mut bytes) = loop {
            if let Some(found) = recent.get(at) {
                break found;
            }
            let (stored, size, data) = self.entry(at)?;
            let bytes = self.inflate(at, size, data)?;
            match stored {
                Stored::Whole(kind) => break (kind, Arc::new(bytes)),
                Stored::OnOffset(base) => at = base,
                Stored::OnObject(base) => match self.find(&base)? {
                    Some(o) => at = o,
                    None => {
                        deltas.push(bytes);
                        match other(&base)? {
                            Some((kind, bytes)) => break (kind, Arc::new(bytes)),
                            None => {
                                return Err(self.damaged(
                                    at,
                                    format!("it builds on {base}, which is missing"),
                                ));
                            }
                        }
                    }
                },
            }
            deltas.push(bytes);
            if deltas.len() > MAX_CHAIN {
                return Err(self.damaged(offset, "its chain of differences does not end".into()));
            }
        };
        while let Some(d) = deltas.pop() {
            bytes = Arc::new(delta::apply(&bytes, &d).map_err(|e| self.damaged(offset, e))?);
        }
        recent.put(offset, kind, &bytes);
        Ok((kind, bytes))
    }

    /// The entry at `at` as it lies there, `end` being where the next begins:
    /// how stored, inflated size, compressed bytes.
    pub fn raw(&self, at: u64, end: u64) -> Result<(Stored, u64, Vec<u8>), StoreError> {
        let (stored, size, data) = self.entry(at)?;
        let len = end
            .checked_sub(data)
            .ok_or_else(|| self.damaged(at, "its entry overlaps the next".into()))?;
        let mut z = vec![0; len as usize];
        let n = read_at(&self.pack, &mut z, data).map_err(|e| self.pack_io(e))?;
        z.truncate(n);
        Ok((stored, size, z))
    }

    /// The header of the entry at `at`: how stored, inflated size, where its
    /// compressed bytes begin.
    fn entry(&self, at: u64) -> Result<(Stored, u64, u64), StoreError> {
        let bad = || self.damaged(at, "its entry has no valid header".into());
        let mut head = [0; 32];
        let end = self.data_end();
        if at < 12 || at >= end {
            return Err(self.damaged(at, "the index points outside the pack".into()));
        }
        let n = read_at(&self.pack, &mut head, at).map_err(|e| self.pack_io(e))?;
        let mut b = head[..n].iter().copied().enumerate();
        let (_, first) = b.next().ok_or_else(bad)?;
        let mut size = u64::from(first & 15);
        let (mut shift, mut last) = (4, first);
        while last & 0x80 != 0 {
            last = b.next().ok_or_else(bad)?.1;
            if shift > 53 {
                return Err(bad());
            }
            size |= u64::from(last & 0x7f) << shift;
            shift += 7;
        }
        let stored = match first >> 4 & 7 {
            6 => {
                let mut c = b.next().ok_or_else(bad)?.1;
                let mut distance = u64::from(c & 0x7f);
                while c & 0x80 != 0 {
                    c = b.next().ok_or_else(bad)?.1;
                    distance = (distance + 1).checked_shl(7).ok_or_else(bad)? | u64::from(c & 0x7f);
                }
                // Strictly backwards: a chain of offsets cannot be a ring.
                let base = at.checked_sub(distance).filter(|_| distance > 0).ok_or_else(bad)?;
                Stored::OnOffset(base)
            }
            7 => {
                let from = b.next().ok_or_else(bad)?.0;
                let id = head.get(from..n).and_then(ObjectId::from_slice).ok_or_else(bad)?;
                for _ in 1..ObjectId::LEN {
                    b.next();
                }
                Stored::OnObject(id)
            }
            k => Stored::Whole(Kind::from_number(k).ok_or_else(bad)?),
        };
        let used = b.next().map_or(n, |(i, _)| i);
        Ok((stored, size, at + used as u64))
    }

    fn inflate(&self, entry: u64, size: u64, data: u64) -> Result<Vec<u8>, StoreError> {
        let end = self.data_end();
        let mut at = data;
        // Small objects in one read; long ones in steps of 64 KiB.
        let mut step = (size + 64).clamp(256, 64 * 1024);
        let mut failed = None;
        let result = zlib::inflate(size, end.saturating_sub(data), |buf| {
            let want = step.min(end.saturating_sub(at));
            step = 64 * 1024;
            buf.resize(want as usize, 0);
            match read_at(&self.pack, buf, at) {
                Ok(n) => {
                    buf.truncate(n);
                    at += n as u64;
                    Ok(())
                }
                Err(e) => {
                    failed = Some(e);
                    Err(String::new())
                }
            }
        });
        match (result, failed) {
            (_, Some(e)) => Err(self.pack_io(e)),
            (Ok((bytes, _)), None) => Ok(bytes),
            (Err(what), None) => Err(self.damaged(entry, what)),
        }
    }

    /// Where the last entry ends and the checksum begins.
    pub fn data_end(&self) -> u64 {
        self.pack_len.saturating_sub(ObjectId::LEN as u64)
    }

    fn offset(&self, n: u64) -> Result<u64, StoreError> {
        let mut b = [0; 4];
        self.read_idx(&mut b, NAMES + self.count() * 24 + n * 4)?;
        self.wide(u32::from_be_bytes(b))
    }

    /// Packs over 2 GiB keep long offsets in a table of their own.
    fn wide(&self, word: u32) -> Result<u64, StoreError> {
        if word & 1 << 31 == 0 {
            return Ok(u64::from(word));
        }
        let mut b = [0; 8];
        self.read_idx(&mut b, NAMES + self.count() * 28 + u64::from(word & !(1 << 31)) * 8)?;
        Ok(u64::from_be_bytes(b))
    }

    fn read_idx(&self, buf: &mut [u8], at: u64) -> Result<(), StoreError> {
        let path = self.stem.with_extension("idx");
        let n = read_at(&self.idx, buf, at).map_err(StoreError::io("read", &path))?;
        if n < buf.len() || at + n as u64 > self.idx_len {
            return Err(StoreError::Damaged {
                path: path.display().to_string(),
                place: format!("byte {at}"),
                what: "it ends early".into(),
            });
        }
        Ok(())
    }

    fn pack_io(&self, e: std::io::Error) -> StoreError {
        StoreError::io("read", &self.stem.with_extension("pack"))(e)
    }

    /// A damage report that names this pack and the place in it.
    pub fn damaged(&self, at: u64, what: String) -> StoreError {
        let file = self.stem.with_extension("pack");
        StoreError::Damaged {
            path: file.display().to_string(),
            place: format!("{} byte {at}", file.display()),
            what,
        }
    }
}
