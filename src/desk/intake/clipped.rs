//! What somebody typed, short enough for a message.

/// At most its first 60 characters.
pub(super) fn clipped(text: &str) -> String {
    text.chars().take(60).collect()
}
