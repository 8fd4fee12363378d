//! Each code on texts in our own words: what must be found, and the traps in
//! which nothing may be.

mod chronicle_order;
mod finding;
mod impossible_range;
mod mixed_script;
mod names;
mod near_copy;
mod properties;
mod quotation_differs;
mod reference_dangling;
mod sum_mismatch;
mod weekday_mismatch;
