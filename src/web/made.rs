//! A finished answer: its bytes, once as they are and once compressed, and the
//! tags by which a client knows whether it has them already.

use std::io::Write;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::desk::Digest;

/// Shorter answers are sent as they are.
const WORTH: usize = 600;
/// Bytes of its own that a kept answer takes besides.
const AROUND: usize = 400;
/// Characters of the digest in a tag.
const TAG: usize = 32;

/// A finished answer.
pub(super) struct Made {
    /// Entries of the log that it shows.
    pub size: u64,
    status: StatusCode,
    media: &'static str,
    plain: Bytes,
    gzip: Option<Bytes>,
    tag: String,
}

impl Made {
    /// Compresses and hashes an answer. Cost: some milliseconds for a chapter.
    pub fn new(size: u64, status: StatusCode, media: &'static str, bytes: Vec<u8>) -> Self {
        let gzip = compressed(&bytes).map(Bytes::from);
        let tag = Digest::of(&bytes).short(TAG);
        Self { size, status, media, plain: bytes.into(), gzip, tag }
    }

    /// Bytes of memory that it takes.
    pub fn weight(&self) -> usize {
        self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len) + AROUND
    }

    /// The answer for a client that asks with these headers.
    pub fn answer(&self, asked: &HeaderMap) -> Response<Body> {
        let gzip = self.gzip.as_ref().filter(|_| takes_gzip(asked));
        let tag = match gzip {
            // A tag names the bytes that are sent.
            Some(_) => format!("\"{}-gz\"", self.tag),
            None => format!("\"{}\"", self.tag),
        };
        let found = self.status == StatusCode::OK;
        let known = found && knows(asked, &tag);
        let body = match (known, gzip) {
            (true, _) => Body::empty(),
            (false, Some(gzip)) => Body::from(gzip.clone()),
            (false, None) => Body::from(self.plain.clone()),
        };
        let mut answer = Response::new(body);
        *answer.status_mut() = if known { StatusCode::NOT_MODIFIED } else { self.status };
        let headers = answer.headers_mut();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        set(header::VARY, "accept-encoding");
        // It may be kept, and is asked for again each time.
        set(header::CACHE_CONTROL, "no-cache");
        if found {
            set(header::ETAG, &tag);
        }
        if !known {
            set(header::CONTENT_TYPE, self.media);
            if gzip.is_some() {
                set(header::CONTENT_ENCODING, "gzip");
            }
        }
        answer
    }
}

/// The bytes compressed, where that is worth it.
fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < WORTH {
        return None;
    }
    let mut out = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::default());
    out.write_all(bytes).ok()?;
    out.finish().ok().filter(|gzip| gzip.len() < bytes.len())
}

/// Whether the client says that it reads gzip (RFC 9110, 12.5.3).
fn takes_gzip(asked: &HeaderMap) -> bool {
    let listed = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
    listed.flat_map(|v| v.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight.is_some_and(|q| q > 0.0)
    })
}

/// Whether the client has the answer with this tag already.
fn knows(asked: &HeaderMap, tag: &str) -> bool {
    let listed = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    listed.flat_map(|v| v.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn gzip_goes_to_those_who_take_it() {
        for (value, takes) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("deflate, br", false),
            ("xgzip", false),
            ("", false),
        ] {
            assert_eq!(takes_gzip(&asks(header::ACCEPT_ENCODING, value)), takes, "{value:?}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn a_tag_is_known_weak_or_strong_among_others() {
        for value in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(knows(&asks(header::IF_NONE_MATCH, value), "\"a\""), "{value}");
        }
        assert!(!knows(&asks(header::IF_NONE_MATCH, "\"ab\", a"), "\"a\""));
    }

    #[test]
    fn each_form_has_its_own_tag() {
        let made = Made::new(1, StatusCode::OK, "text/plain", vec![b'a'; 5000]);
        let plain = made.answer(&HeaderMap::new());
        let gzip = made.answer(&asks(header::ACCEPT_ENCODING, "gzip"));
        let (plain, gzip) = (&plain.headers()[header::ETAG], &gzip.headers()[header::ETAG]);
        assert_ne!(plain, gzip);
        let again = made.answer(&asks(header::IF_NONE_MATCH, plain.to_str().unwrap()));
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let other = made.answer(&asks(header::IF_NONE_MATCH, gzip.to_str().unwrap()));
        assert_eq!(other.status(), StatusCode::OK);
    }
}
