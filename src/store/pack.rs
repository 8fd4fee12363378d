//! Writing packs: one file of objects and its index (git's
//! `gitformat-pack`, version 2 of both).
//!
//! The store writes each commit as one small pack instead of twenty loose
//! files: two files to sync instead of twenty and their folders, 8 KiB of
//! blocks instead of 80, and nothing half-written can be found, because a pack
//! exists for readers only when its index has its final name.
//! Cost: one pass over the bytes; the index is sorted in memory (56 bytes an
//! object).

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::object::{Checksum, Kind, ObjectId};
use super::sync::{publish, sync_dir};
use super::{StoreError, loose};

/// Prefix of unfinished files; only the holder of the lock makes them.
pub(super) const TMP: &str = "tmp_variorum_";

/// Prefix of the index of a pack that is being removed.
const GONE: &str = "tmp_variorum_gone_";

/// Pack number of an object stored as a difference to one before it.
const OFS_DELTA: u8 = 6;

/// A pack being written. Dropped unfinished, it leaves nothing behind.
pub(super) struct PackWriter {
    dir: PathBuf,
    tmp: PathBuf,
    out: BufWriter<File>,
    sum: Checksum,
    at: u64,
    announced: u32,
    index: Vec<(ObjectId, u32, u64)>,
}

impl PackWriter {
    /// Starts a pack of exactly `count` objects in the folder `objects/pack`.
    pub fn new(dir: &Path, count: u32) -> Result<Self, StoreError> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let tmp = dir.join(format!("{TMP}{}_{n}.pack", std::process::id()));
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&tmp)
            .map_err(StoreError::io("write", &tmp))?;
        let mut w = Self {
            dir: dir.to_owned(),
            tmp,
            out: BufWriter::with_capacity(256 * 1024, file),
            sum: Checksum::default(),
            at: 0,
            announced: count,
            index: Vec::with_capacity(count as usize),
        };
        let mut head = b"PACK\0\0\0\x02".to_vec();
        head.extend_from_slice(&count.to_be_bytes());
        w.put(&head)?;
        Ok(w)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.sum.update(bytes);
        self.at += bytes.len() as u64;
        self.out.write_all(bytes).map_err(StoreError::io("write", &self.tmp))
    }

    /// Adds a whole object: `zlib` is the stream of its `size` bytes. Returns
    /// where it lies in the pack.
    pub fn add(
        &mut self,
        id: ObjectId,
        kind: Kind,
        size: usize,
        zlib: &[u8],
    ) -> Result<u64, StoreError> {
        let mut head = Vec::with_capacity(10);
        entry_header(&mut head, kind as u8, size);
        self.entry(id, &head, zlib)
    }

    /// Adds an object as a difference of `size` bytes (compressed in `zlib`)
    /// to the object that lies at `base`.
    pub fn add_delta(
        &mut self,
        id: ObjectId,
        base: u64,
        size: usize,
        zlib: &[u8],
    ) -> Result<u64, StoreError> {
        let mut head = Vec::with_capacity(20);
        entry_header(&mut head, OFS_DELTA, size);
        back_offset(&mut head, self.at - base);
        self.entry(id, &head, zlib)
    }

    fn entry(&mut self, id: ObjectId, head: &[u8], zlib: &[u8]) -> Result<u64, StoreError> {
        let mut crc = flate2::Crc::new();
        crc.update(head);
        crc.update(zlib);
        let at = self.at;
        self.index.push((id, crc.sum(), at));
        self.put(head)?;
        self.put(zlib)?;
        Ok(at)
    }

    /// Bytes written so far.
    pub fn len(&self) -> u64 {
        self.at
    }

    /// Syncs the pack and its index, names them, syncs the folder. From here
    /// on readers find the objects, and a power failure does not lose them.
    /// Returns the pack's stem and whether it is new (false: the same pack was
    /// there already, left by a writer that was killed).
    pub fn finish(mut self) -> Result<(PathBuf, bool), StoreError> {
        assert_eq!(self.announced as usize, self.index.len(), "as many objects as announced");
        let trailer = self.sum.clone().finish();
        self.out.write_all(&trailer).map_err(StoreError::io("write", &self.tmp))?;
        self.out.flush().map_err(StoreError::io("write", &self.tmp))?;
        self.out.get_ref().sync_all().map_err(StoreError::io("sync", &self.tmp))?;

        self.index.sort_unstable();
        let idx = encode_index(&self.index, &trailer);
        let tmp_idx = self.tmp.with_extension("idx");
        let written = File::create(&tmp_idx).and_then(|mut f| {
            f.write_all(&idx)?;
            f.sync_all()
        });
        let stem = self.dir.join(format!("pack-{}", hex::encode(trailer)));
        let is_new = !stem.with_extension("idx").exists();
        let published = written
            .map_err(StoreError::io("write", &tmp_idx))
            .and_then(|()| publish(&self.tmp, &stem.with_extension("pack")))
            .and_then(|()| publish(&tmp_idx, &stem.with_extension("idx")))
            .and_then(|()| sync_dir(&self.dir));
        if let Err(e) = published {
            // Best effort: what cannot be removed now, the next writer removes.
            let _ = fs::remove_file(&tmp_idx);
            if is_new {
                remove_pack(&stem);
            }
            return Err(e);
        }
        Ok((stem, is_new))
    }
}

impl Drop for PackWriter {
    fn drop(&mut self) {
        // After `finish` the name is gone and this does nothing.
        let _ = fs::remove_file(&self.tmp);
    }
}

/// Removes a pack. Its index loses its name first, so that no reader finds an
/// index without its pack; the new name says what was about to happen, should
/// the removal be cut short. What cannot be removed stays for the next time.
pub(super) fn remove_pack(stem: &Path) {
    let name = stem.file_name().unwrap_or_default().to_string_lossy();
    let gone = stem.with_file_name(format!("{GONE}{name}.idx"));
    if fs::rename(stem.with_extension("idx"), &gone).is_ok() {
        finish_removal(stem, &gone);
    }
}

fn finish_removal(stem: &Path, gone: &Path) {
    for part in ["rev", "bitmap", "mtimes", "pack"] {
        let _ = fs::remove_file(stem.with_extension(part));
    }
    if !stem.with_extension("pack").exists() {
        let _ = fs::remove_file(gone);
    }
}

/// The packs whose index is about to get its name or has just lost it: cut
/// short, not damaged.
pub(super) fn unfinished(dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let all = loose::listing(dir)?.into_iter();
    Ok(all
        .filter(|(_, _, n)| n.starts_with(TMP) && n.ends_with(".idx"))
        .filter_map(|(_, p, _)| pack_of(&p))
        .collect())
}

/// Clears away what a killed writer left in `objects/pack`. A pack that has its
/// name while its index has not yet (the kill came between the two renames)
/// gets it now: a pack is never removed for want of an index, since the index
/// might have been lost some other way. The caller holds the lock.
pub(super) fn recover(dir: &Path) -> Result<(), StoreError> {
    for (_, path, name) in loose::listing(dir)? {
        if !name.starts_with(TMP) {
            continue;
        }
        if let Some(pack) = name.strip_prefix(GONE).and_then(|n| n.strip_suffix(".idx")) {
            let stem = dir.join(pack);
            if stem.with_extension("idx").exists() {
                // Made again since then: it stays.
                fs::remove_file(&path).map_err(StoreError::io("remove the unfinished", &path))?;
            } else {
                finish_removal(&stem, &path);
            }
        } else if name.ends_with(".idx")
            && let Some(stem) = pack_of(&path)
            && stem.with_extension("pack").exists()
            && !stem.with_extension("idx").exists()
        {
            publish(&path, &stem.with_extension("idx"))?;
            sync_dir(dir)?;
        } else {
            fs::remove_file(&path).map_err(StoreError::io("remove the unfinished", &path))?;
        }
    }
    Ok(())
}

/// The pack that a whole index belongs to.
fn pack_of(idx: &Path) -> Option<PathBuf> {
    let bytes = fs::read(idx).ok()?;
    let (body, end) = bytes.split_at_checked(bytes.len().checked_sub(20)?)?;
    let mut sum = Checksum::default();
    sum.update(body);
    let pack = body.get(body.len().checked_sub(20)?..)?;
    (sum.finish() == *end).then(|| idx.with_file_name(format!("pack-{}", hex::encode(pack))))
}

fn entry_header(out: &mut Vec<u8>, number: u8, mut size: usize) {
    let mut byte = number << 4 | (size & 15) as u8;
    size >>= 4;
    while size > 0 {
        out.push(byte | 0x80);
        byte = (size & 0x7f) as u8;
        size >>= 7;
    }
    out.push(byte);
}

/// Git's offset encoding: big-endian groups of seven bits, each longer form
/// starting where the shorter ends.
fn back_offset(out: &mut Vec<u8>, mut distance: u64) {
    let mut buf = vec![(distance & 0x7f) as u8];
    distance >>= 7;
    while distance > 0 {
        distance -= 1;
        buf.push(0x80 | (distance & 0x7f) as u8);
        distance >>= 7;
    }
    buf.reverse();
    out.extend_from_slice(&buf);
}

/// Version 2 index over sorted (id, CRC-32, offset).
fn encode_index(sorted: &[(ObjectId, u32, u64)], pack_trailer: &[u8; 20]) -> Vec<u8> {
    let mut out = Vec::with_capacity(8 + 1024 + sorted.len() * 28 + 40);
    out.extend_from_slice(b"\xfftOc\0\0\0\x02");
    let mut n = 0usize;
    for first in 0..=255u8 {
        while n < sorted.len() && sorted[n].0.0[0] == first {
            n += 1;
        }
        out.extend_from_slice(&(n as u32).to_be_bytes());
    }
    for (id, ..) in sorted {
        out.extend_from_slice(&id.0);
    }
    for (_, crc, _) in sorted {
        out.extend_from_slice(&crc.to_be_bytes());
    }
    let mut large = Vec::new();
    for (.., offset) in sorted {
        let word = match u32::try_from(*offset) {
            Ok(o) if o < 1 << 31 => o,
            _ => {
                large.extend_from_slice(&offset.to_be_bytes());
                1 << 31 | (large.len() / 8 - 1) as u32
            }
        };
        out.extend_from_slice(&word.to_be_bytes());
    }
    out.extend_from_slice(&large);
    out.extend_from_slice(pack_trailer);
    let mut sum = Checksum::default();
    sum.update(&out);
    out.extend_from_slice(&sum.finish());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_gits() {
        let mut v = Vec::new();
        entry_header(&mut v, 3, 10);
        assert_eq!(v, [0x3a]);
        v.clear();
        entry_header(&mut v, 1, 300);
        assert_eq!(v, [0x80 | 0x10 | 12, 18]);
        v.clear();
        back_offset(&mut v, 127);
        back_offset(&mut v, 128);
        assert_eq!(v, [127, 0x80, 0x00]);
    }
}
