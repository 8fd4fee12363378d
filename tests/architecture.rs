//! The house plan as a test: which room may see which, which outside crate
//! lives where, and a few habits that decay unless a machine watches them.
//!
//! `table.rs` is the plan itself; `tree.rs` holds the files of one package;
//! `scan.rs` reads Rust source into tokens and paths; `house.rs` knows where a
//! path leads; `rules.rs` finds breaches; `planted.rs` shows that every kind of
//! breach is caught, and nothing else.
//!
//! The scanner is our own and light: it drops comments and strings, expands
//! `use` trees and follows `crate::`, `self::`, `super::` and re-exports of
//! door signs. It does no type inference, so a method of a type from
//! elsewhere (`path.exists()` on a `Path`) goes unseen; `syn` would see no
//! more than this, and would be one more crate to trust. Cost: one pass over
//! each file, then one walk per room over its modules.

#[path = "architecture/house.rs"]
mod house;
#[path = "architecture/planted.rs"]
mod planted;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/scan.rs"]
mod scan;
#[path = "architecture/table.rs"]
mod table;
#[path = "architecture/tree.rs"]
mod tree;

use std::path::PathBuf;

/// The root is asked for when the test runs, not when it is built, so that
/// one built test can look at another copy of the package.
#[test]
fn the_house_stands_as_planned() {
    let root = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let tree = tree::Tree::read(&root).expect("the package's own source can be read");
    let breaches = rules::breaches(&tree);
    assert!(
        breaches.is_empty(),
        "{} breach(es) of the house plan:\n{}",
        breaches.len(),
        breaches.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
}
