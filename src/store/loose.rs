//! Loose objects, read with a bound on every step. The store writes none, but
//! `git` itself may leave some behind (a push into the archive, an unpacked
//! bundle).

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::object::{Kind, ObjectId};
use super::zlib;

/// Longest header: "commit " and twenty digits.
const MAX_HEADER: usize = 32;

/// Where a loose object would lie.
pub(super) fn path(objects: &Path, id: &ObjectId) -> PathBuf {
    let hex = id.to_string();
    objects.join(&hex[..2]).join(&hex[2..])
}

/// Reads a loose object, if it is there. The caller checks its hash.
pub(super) fn read(objects: &Path, id: &ObjectId) -> Result<Option<(Kind, Vec<u8>)>, StoreError> {
    let path = path(objects, id);
    let mut file = match File::open(&path) {
        Ok(f) => f,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(StoreError::io("open", &path)(e)),
    };
    let mut z = Vec::new();
    file.read_to_end(&mut z).map_err(StoreError::io("read", &path))?;
    parse(&z).map(Some).map_err(|what| StoreError::Damaged {
        path: path.display().to_string(),
        place: path.display().to_string(),
        what,
    })
}

fn parse(z: &[u8]) -> Result<(Kind, Vec<u8>), String> {
    // The size stands inside the stream: look at the first bytes, then read
    // the whole with that bound.
    let mut head = [0; MAX_HEADER];
    let mut d = flate2::Decompress::new(true);
    d.decompress(z, &mut head, flate2::FlushDecompress::None)
        .map_err(|_| "its compressed bytes are not a zlib stream".to_owned())?;
    let head = &head[..d.total_out() as usize];
    let bad = || "its header is not that of a git object".to_owned();
    let nul = head.iter().position(|&c| c == 0).ok_or_else(bad)?;
    let (kind, size) =
        std::str::from_utf8(&head[..nul]).ok().and_then(|h| h.split_once(' ')).ok_or_else(bad)?;
    let kind = Kind::from_name(kind.as_bytes()).ok_or_else(bad)?;
    let size: u64 = size.parse().map_err(|_| bad())?;
    let mut once = Some(z);
    let (mut bytes, used) =
        zlib::inflate(size.saturating_add(nul as u64 + 1), z.len() as u64, |v| {
            v.extend_from_slice(once.take().unwrap_or_default());
            Ok(())
        })?;
    if used != z.len() as u64 {
        return Err("bytes follow after its end".into());
    }
    bytes.drain(..=nul);
    Ok((kind, bytes))
}

/// The ids of all loose objects.
pub(super) fn all(objects: &Path) -> Result<Vec<ObjectId>, StoreError> {
    let mut ids = Vec::new();
    for (_, path, name) in listing(objects)? {
        if name.len() == 2 && path.is_dir() {
            ids.extend(
                listing(&path)?
                    .into_iter()
                    .filter_map(|(_, _, rest)| ObjectId::parse(&format!("{name}{rest}"))),
            );
        }
    }
    ids.sort_unstable();
    Ok(ids)
}

/// The names in a folder with their paths, sorted; no folder gives none.
pub(super) fn listing(dir: &Path) -> Result<Vec<(fs::DirEntry, PathBuf, String)>, StoreError> {
    let rd = match fs::read_dir(dir) {
        Ok(rd) => rd,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(StoreError::io("list", dir)(e)),
    };
    let mut all = Vec::new();
    for e in rd {
        let e = e.map_err(StoreError::io("list", dir))?;
        let (path, name) = (e.path(), e.file_name().to_string_lossy().into_owned());
        all.push((e, path, name));
    }
    all.sort_by(|a, b| a.2.cmp(&b.2));
    Ok(all)
}
