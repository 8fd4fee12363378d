//! zlib streams (RFC 1950), read with a bound on every step. libgit2 1.9.7 can
//! loop for ever on a damaged stream; nothing here runs longer than its input
//! and the announced output allow.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// Deflate cannot expand more than this many times (zlib's own documentation).
const MAX_RATIO: u64 = 1032;

/// How streams made by [`store`] and [`quick`] begin; [`deflate`]'s begin
/// otherwise.
pub(super) const STORED: [u8; 2] = [0x78, 0x01];

/// From so many bytes on a better search for matches is worth its time.
const LONG: usize = 16 * 1024;

thread_local! {
    // Their tables are tens of kilobytes: making new ones for every small
    // object costs more than the object.
    static DEFLATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(8), true));
    static INFLATE: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// Compresses well: short bytes by level 8 of zlib, long ones by level 12 of
/// libdeflate, whose search is near the best that the format allows (4 % less
/// for a book than level 9 of zlib, a tenth of a second).
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() < LONG {
        return DEFLATE.with_borrow_mut(|c| squeeze(c, bytes));
    }
    whole(bytes, CompressionLvl::best())
}

/// Compresses while somebody waits (level 1 of libdeflate): a book takes some
/// milliseconds. The next compaction does it better.
pub(super) fn quick(bytes: &[u8]) -> Vec<u8> {
    // Level 0, its `fastest`, does not compress at all.
    let level = CompressionLvl::new(1).expect("libdeflate has levels from 0 to 12");
    let mut out = whole(bytes, level);
    // RFC 1950: the level in the header is told for whoever might compress
    // again. 0x7801 is "fastest", whatever the encoder says.
    out[..2].copy_from_slice(&STORED);
    out
}

fn whole(bytes: &[u8], level: CompressionLvl) -> Vec<u8> {
    let mut c = Compressor::new(level);
    let mut out = vec![0; c.zlib_compress_bound(bytes.len())];
    let len = c.zlib_compress(bytes, &mut out).expect("the bound was asked for");
    out.truncate(len);
    out
}

fn squeeze(c: &mut Compress, bytes: &[u8]) -> Vec<u8> {
    c.reset();
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    let mut at = 0;
    loop {
        out.reserve(4096);
        let status = c
            .compress_vec(&bytes[at..], &mut out, FlushCompress::Finish)
            .expect("compressing to memory has no way to fail");
        at = usize::try_from(c.total_in()).expect("no more read than there is");
        if status == Status::StreamEnd {
            return out;
        }
    }
}

/// Frames without compressing: the next compaction compresses. A commit that
/// need not wait for deflate is shorter than one that does.
pub(super) fn store(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 16 + bytes.len() / 65_535 * 5);
    out.extend_from_slice(&STORED);
    let mut chunks = bytes.chunks(65_535).peekable();
    if chunks.peek().is_none() {
        out.extend_from_slice(&[1, 0, 0, 0xff, 0xff]);
    }
    while let Some(c) = chunks.next() {
        let len = u16::try_from(c.len()).expect("chunks of at most 65535");
        out.push(u8::from(chunks.peek().is_none()));
        out.extend_from_slice(&len.to_le_bytes());
        out.extend_from_slice(&(!len).to_le_bytes());
        out.extend_from_slice(c);
    }
    out.extend_from_slice(&adler32(bytes).to_be_bytes());
    out
}

fn adler32(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    // 5552 is the most bytes that cannot overflow 32 bits between reductions.
    for chunk in bytes.chunks(5552) {
        for &x in chunk {
            a += u32::from(x);
            b += a;
        }
        a %= 65_521;
        b %= 65_521;
    }
    b << 16 | a
}

/// Reads a stream piece by piece from `more` (which appends the next piece,
/// or nothing at the end) until it ends. `size` is the announced length;
/// `limit` the most compressed bytes there can be.
///
/// # Errors
/// What is wrong with the stream, in words.
pub(super) fn inflate(
    size: u64,
    limit: u64,
    mut more: impl FnMut(&mut Vec<u8>) -> Result<(), String>,
) -> Result<(Vec<u8>, u64), String> {
    if size > limit.saturating_mul(MAX_RATIO) + 64 {
        return Err(format!("announces {size} bytes, more than its file could hold"));
    }
    let size = usize::try_from(size).map_err(|_| "too large for this machine".to_owned())?;
    INFLATE.with_borrow_mut(|d| {
        d.reset(true);
        let mut out = Vec::new();
        let mut input = Vec::new();
        let mut at = 0;
        loop {
            if at == input.len() {
                input.clear();
                at = 0;
                more(&mut input)?;
            }
            let (before_in, before_out) = (d.total_in(), d.total_out());
            if out.len() <= size {
                // One byte more than announced, so that a longer stream shows.
                let want = (size + 1 - out.len()).min(out.len().max(16 * 1024));
                out.reserve_exact(want);
            }
            let status = d
                .decompress_vec(&input[at..], &mut out, FlushDecompress::None)
                .map_err(|_| "its compressed bytes are not a zlib stream".to_owned())?;
            let read = d.total_in() - before_in;
            at += usize::try_from(read).expect("no more read than given");
            if out.len() > size {
                return Err(format!("holds more than the {size} bytes it announces"));
            }
            if status == Status::StreamEnd {
                return if out.len() == size {
                    Ok((out, d.total_in()))
                } else {
                    Err(format!("holds {} bytes but announces {size}", out.len()))
                };
            }
            if read == 0 && d.total_out() == before_out {
                return Err("its compressed bytes end early".to_owned());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(z: &[u8], size: usize) -> Result<Vec<u8>, String> {
        let mut parts = z.chunks(7);
        inflate(size as u64, z.len() as u64, |v| {
            v.extend_from_slice(parts.next().unwrap_or_default());
            Ok(())
        })
        .map(|(v, used)| {
            assert_eq!(used, z.len() as u64);
            v
        })
    }

    #[test]
    fn both_ways_come_back() {
        for n in [0, 1, 100, 65_535, 65_536, 200_000] {
            let bytes: Vec<u8> = (0..n).map(|i: usize| (i * i % 251) as u8).collect();
            assert_eq!(back(&store(&bytes), n).unwrap(), bytes);
            let q = quick(&bytes);
            assert!(q.len() < 100 + n / 2, "{n} bytes take {}", q.len());
            assert_eq!(back(&q, n).unwrap(), bytes);
            let z = deflate(&bytes);
            assert!(!z.starts_with(&STORED), "a compaction would compress it again");
            assert_eq!(back(&z, n).unwrap(), bytes);
        }
    }

    #[test]
    fn every_flipped_bit_ends_in_an_answer() {
        let bytes = b"a text a text a text that can be compressed, a text, a text".repeat(9);
        for z in [store(&bytes), deflate(&bytes)] {
            for bit in 0..z.len() * 8 {
                let mut bad = z.clone();
                bad[bit / 8] ^= 1 << (bit % 8);
                // The two header bytes have spare bits; all else must show.
                let answer = std::panic::catch_unwind(|| back(&bad, bytes.len()));
                if let Ok(Ok(v)) = answer {
                    assert_eq!(v, bytes);
                }
            }
            assert!(back(&z[..z.len() - 1], bytes.len()).is_err());
            assert!(back(&z, bytes.len() - 1).is_err());
            assert!(back(&z, bytes.len() + 1).is_err());
        }
        assert!(inflate(u64::MAX, 100, |_| Ok(())).is_err());
    }
}
