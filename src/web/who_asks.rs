//! The address from which a request comes, and whether another site sent it.

use std::net::IpAddr;

use axum::http::{HeaderMap, Uri, header};

/// The address of the client, as the log and the limits know it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Who(pub IpAddr);

/// The client behind a connection from `peer`. Behind a proxy it is the last
/// address of `X-Forwarded-For`: the one that the proxy itself has added, where
/// a client can write nothing. Without a proxy the header is anybody's word.
pub(super) fn client(peer: IpAddr, headers: &HeaderMap, behind_proxy: bool) -> Who {
    let told = behind_proxy.then(|| {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        address(last.rsplit(',').next()?.trim())
    });
    Who(told.flatten().unwrap_or(peer).to_canonical())
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.strip_prefix('[')?.split(']').next()?.parse().ok();
    let with_port = || text.rsplit_once(':')?.0.parse().ok();
    text.parse().ok().or_else(bare).or_else(with_port)
}

/// Whether a page of another site has sent this request, as browsers tell.
/// What is no browser tells nothing, and sends no one's credentials.
pub(super) fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = text(header::HOST.as_str()).unwrap_or_default();
            let from = origin.parse::<Uri>().ok();
            from.and_then(|o| o.authority().map(ToString::to_string)).as_deref() != Some(host)
        }
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(n, v): &(&'static str, &'static str)| {
            (HeaderName::from_static(n), HeaderValue::from_static(v))
        };
        list.iter().map(pair).collect()
    }

    #[test]
    fn a_client_cannot_choose_its_address() {
        let peer: IpAddr = "127.0.0.1".parse().unwrap();
        let told = headers(&[("x-forwarded-for", "198.51.100.7, 192.0.2.1")]);
        assert_eq!(client(peer, &told, false).0, peer);
        assert_eq!(client(peer, &told, true).0.to_string(), "192.0.2.1");
        for (text, found) in [
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("192.0.2.1:80", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("nobody", "127.0.0.1"),
        ] {
            let told = HeaderMap::from_iter([(
                HeaderName::from_static("x-forwarded-for"),
                HeaderValue::from_str(text).unwrap(),
            )]);
            assert_eq!(client(peer, &told, true).0.to_string(), found, "{text}");
        }
    }

    #[test]
    fn another_site_cannot_send_in_a_readers_name() {
        for (list, elsewhere) in [
            (&[][..], false),
            (&[("sec-fetch-site", "same-origin")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("host", "a.example:8080"), ("origin", "http://a.example:8080")], false),
            (&[("host", "a.example"), ("origin", "https://b.example")], true),
            (&[("host", "a.example"), ("origin", "null")], true),
        ] {
            assert_eq!(is_from_elsewhere(&headers(list)), elsewhere, "{list:?}");
        }
    }
}
