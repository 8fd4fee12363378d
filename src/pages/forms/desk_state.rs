//! What the page of the desk is made from.

use super::decided::DecideFields;
use crate::desk::{DeskError, DeskView};

/// What the desk shows.
pub struct DeskState<'a> {
    /// The path at which it is shown: `desk`, or that of the act that failed.
    pub at: &'a str,
    /// What waits.
    pub view: &'a DeskView,
    /// The guard against forms of other sites.
    pub csrf: &'a str,
    /// What was recorded just now, `D-…` or `C-…`.
    pub done: Option<&'a str>,
    /// A decision that was not recorded, and why.
    pub failed: Option<(&'a DecideFields, &'a DeskError)>,
    /// Why something else failed.
    pub trouble: Option<&'a DeskError>,
}
