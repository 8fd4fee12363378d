//! Foreign bytes become exact text or a clear refusal: UTF-8 as it is, other
//! encodings only when a person has named them, the reply form that comes by
//! mail, lists of changes that were kept elsewhere, and exports of MediaWiki.
//! Main types: [`Imported`], [`Decoded`], [`ReplyForm`], [`WikiExport`]. Never
//! repairs a byte and never guesses without saying so.

mod changes;
mod encoding;
mod reply;
mod wiki;

pub use changes::{Change, ChangeError, read_changes};
pub use encoding::{Decoded, ImportError, Imported, MAX_TEXT, decode, read_text};
pub use reply::{MAX_FORM, MissingPart, ReplyForm, ReplyFormError};
pub use wiki::{WikiError, WikiExport, WikiRevision};
