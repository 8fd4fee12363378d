use super::DeskError; use std::sync::Arc; use crate::import;
pub(super) fn plain_text(name: &str, bytes: Vec<u8>) -> Result<Arc<str>, DeskError> {
    if bytes.is_empty() { return Ok("".into()); }
    let imported = import::read_text(&bytes).map_err(|e| { DeskError::usage("not-a-text", format!("{name}: {e}")) })?;
    Ok(imported.text.into())
}
