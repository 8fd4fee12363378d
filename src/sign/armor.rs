//! The outside of an SSHSIG (OpenSSH's PROTOCOL.sshsig, sections 1 and 2):
//! the armoured lines and the names inside the blob. `ssh-key` wants lines of
//! exactly 70 characters and cannot name a key kind it was built without, so
//! both are read here first.

use super::base64::{from_base64, to_base64};

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
const MAGIC: &[u8] = b"SSHSIG";
/// Characters of Base64 in a line, as `ssh-keygen` writes it.
const LINE: usize = 70;

/// What the head of an SSHSIG blob says.
pub(super) struct Head {
    pub version: u32,
    /// Name of the kind of key, such as `ssh-ed25519`.
    pub algorithm: String,
}

/// The blob between the two marker lines, whatever the width of its lines.
/// `Err` says what is wrong.
pub(super) fn blob(armored: &str) -> Result<Vec<u8>, &'static str> {
    let text = armored.trim_matches([' ', '\t', '\r', '\n', '\u{feff}']);
    let body =
        text.strip_prefix(BEGIN).ok_or("it does not begin with the line BEGIN SSH SIGNATURE")?;
    let body = body.strip_suffix(END).ok_or("it does not end with the line END SSH SIGNATURE")?;
    if !body.starts_with(['\r', '\n']) || !body.ends_with('\n') {
        return Err("the two marker lines do not stand on lines of their own");
    }
    let joined: String = body.split_ascii_whitespace().collect();
    from_base64(&joined).ok_or("what stands between the marker lines is not Base64")
}

/// The armoured form as `ssh-keygen -Y sign` writes it.
pub(super) fn armored(blob: &[u8]) -> String {
    let text = to_base64(blob);
    let mut out =
        String::with_capacity(text.len() + text.len() / LINE + BEGIN.len() + END.len() + 3);
    out.push_str(BEGIN);
    out.push('\n');
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at(LINE.min(rest.len()));
        out.push_str(line);
        out.push('\n');
        rest = tail;
    }
    out.push_str(END);
    out.push('\n');
    out
}

/// Reads magic, version and the name of the key's kind. `None` when the blob
/// is not an SSHSIG at all.
pub(super) fn head(blob: &[u8]) -> Option<Head> {
    let rest = blob.strip_prefix(MAGIC)?;
    let (version, rest) = rest.split_first_chunk::<4>()?;
    let (key, _) = string(rest)?;
    let (name, _) = string(key)?;
    let algorithm = String::from_utf8(name.to_vec()).ok()?;
    let plain = !algorithm.is_empty()
        && algorithm.len() <= 64
        && algorithm.bytes().all(|b| b.is_ascii_graphic());
    plain.then(|| Head { version: u32::from_be_bytes(*version), algorithm })
}

/// SSH's `string`: a big-endian uint32 length and as many bytes (RFC 4251).
fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*len)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_width_of_line_is_read_and_one_is_written() {
        let bytes: Vec<u8> = (0..=200).collect();
        let ours = armored(&bytes);
        assert!(ours.lines().all(|l| l.len() <= LINE));
        assert_eq!(blob(&ours).unwrap(), bytes);
        assert_eq!(blob(&ours.replace('\n', "\r\n")).unwrap(), bytes);
        assert_eq!(blob(&format!("{BEGIN}\n{}\n{END}", to_base64(&bytes))).unwrap(), bytes);
        assert!(blob(&ours.replace("BEGIN", "BEGUN")).is_err());
        assert!(blob(ours.trim_end().strip_suffix(END).unwrap()).is_err());
        assert!(blob(&format!("{BEGIN}{}{END}", to_base64(&bytes))).is_err());
    }
}
