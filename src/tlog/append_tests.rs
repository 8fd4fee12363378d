//! Appending in any batches gives the tree that all entries give at once, and
//! every proof made from the tiles is accepted, and only it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::digest::{TreeHasher, tree_hash};
use crate::tlog::tiles::{Tiles, entries, root_of};
use crate::tlog::verify::{verify_consistency, verify_inclusion};

type Files = BTreeMap<String, Vec<u8>>;

fn entry(i: u64) -> [u8; 32] {
    *Digest::of(&i.to_be_bytes()).as_bytes()
}

fn reader(files: &Files) -> impl Fn(&str) -> Result<Vec<u8>, String> {
    |path| files.get(path).cloned().ok_or_else(|| "no such file".to_owned())
}

/// Appends `new` and writes the files as a store would.
fn grow(files: &mut Files, old_size: u64, new: &[[u8; 32]]) -> Appended {
    let done = append(old_size, new, &reader(files)).unwrap();
    for path in &done.remove {
        files.remove(path).expect("what is to be removed is there");
    }
    files.extend(done.write.iter().cloned());
    done
}

fn log_of(size: u64) -> (Files, Appended) {
    let all: Vec<_> = (0..size).map(entry).collect();
    let mut files = Files::new();
    let done = grow(&mut files, 0, &all);
    (files, done)
}

#[test]
fn an_empty_log() {
    let files = Files::new();
    let done = append(0, &[], &reader(&files)).unwrap();
    assert_eq!((done.size, done.root, done.old_root), (0, Digest::of(b""), Digest::of(b"")));
    assert!(done.write.is_empty() && done.remove.is_empty());
    assert_eq!(root_of(0, &reader(&files)).unwrap(), Digest::of(b""));
}

/// The specification's own example, here with its level 2 tile.
#[test]
fn seventy_thousand_entries() {
    let (files, done) = log_of(70_000);
    let names: BTreeSet<&str> = files.keys().map(String::as_str).collect();
    let full0 = names.iter().filter(|n| n.starts_with("tile/0/") && !n.contains(".p/")).count();
    assert_eq!(full0, 273);
    for name in [
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/273.p/112",
    ] {
        assert!(names.contains(name), "{name}");
    }
    assert_eq!(names.len(), 273 + 1 + 1 + 1 + 1 + 273 + 1);
    assert_eq!(files["tile/0/000"].len(), 8192);
    assert_eq!(&files["tile/entries/000"][..2], [0, 32]);

    let mut tree = TreeHasher::default();
    (0..70_000).for_each(|i| tree.push(leaf_hash(&entry(i))));
    assert_eq!(done.root, tree.root());
    let read = reader(&files);
    let tiles = Tiles::new(70_000, &read);
    assert_eq!(tiles.root_of(70_000).unwrap(), tree.root());
    for index in [0, 1, 255, 256, 65_535, 65_536, 69_887, 69_999] {
        let proof = tiles.inclusion_proof(index, 70_000).unwrap();
        verify_inclusion(&leaf_hash(&entry(index)), index, 70_000, &proof, &tree.root()).unwrap();
    }
    for old in [1, 256, 65_535, 65_536, 65_537, 69_999] {
        let proof = tiles.consistency_proof(old, 70_000).unwrap();
        verify_consistency(old, 70_000, &proof, &tiles.root_of(old).unwrap(), &tree.root())
            .unwrap();
    }
    assert_eq!(
        entries(65_530..65_540, 70_000, &read).unwrap(),
        (65_530..65_540).map(entry).collect::<Vec<_>>()
    );
    tiles.check_entries(65_000..70_000).unwrap();
}

/// One more entry reads four files and writes two, however long the log is.
#[test]
fn one_more_costs_the_right_edge_only() {
    let (mut files, _) = log_of(70_000);
    let read = std::cell::Cell::new(0);
    let done = append(70_000, &[entry(70_000)], &|path: &str| {
        read.set(read.get() + 1);
        files.get(path).cloned().ok_or("no such file")
    })
    .unwrap();
    // Partial tiles of three levels and the partial bundle.
    assert_eq!(read.get(), 4);
    assert_eq!(
        done.write.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(),
        ["tile/entries/273.p/113", "tile/0/273.p/113"]
    );
    assert_eq!(done.remove, ["tile/entries/273.p/112", "tile/0/273.p/112"]);
    let again = grow(&mut files, 70_000, &[entry(70_000)]);
    assert_eq!(again, done);
    assert_eq!(files, log_of(70_001).0);
}

#[test]
fn every_size_up_to_six_hundred() {
    let mut files = Files::new();
    let mut root = Digest::of(b"");
    let mut tree = TreeHasher::default();
    for size in 1..=600 {
        let done = grow(&mut files, size - 1, &[entry(size - 1)]);
        tree.push(leaf_hash(&entry(size - 1)));
        assert_eq!((done.size, done.old_root, done.root), (size, root, tree.root()));
        root = done.root;
        let read = reader(&files);
        let tiles = Tiles::new(size, &read);
        // All places of small logs, every 17th and the last of larger ones.
        for index in (0..size).filter(|i| size <= 70 || i % 17 == 0 || i + 1 == size) {
            let proof = tiles.inclusion_proof(index, size).unwrap();
            let leaf = leaf_hash(&entry(index));
            verify_inclusion(&leaf, index, size, &proof, &root).unwrap();
            assert!(
                verify_inclusion(&leaf_hash(&entry(index + 1)), index, size, &proof, &root)
                    .is_err()
            );
            assert!(verify_inclusion(&leaf, index, size, &proof, &Digest::of(b"other")).is_err());
            assert!(verify_inclusion(&leaf, index + 1, size, &proof, &root).is_err());
            if index > 0 {
                assert!(verify_inclusion(&leaf, index - 1, size, &proof, &root).is_err());
            }
            for at in 0..proof.len() {
                let mut bad = proof.clone();
                bad[at] = Digest::of(b"other");
                assert!(verify_inclusion(&leaf, index, size, &bad, &root).is_err());
                bad.remove(at);
                assert!(verify_inclusion(&leaf, index, size, &bad, &root).is_err());
            }
            let longer = [&proof[..], &[root]].concat();
            assert!(verify_inclusion(&leaf, index, size, &longer, &root).is_err());
        }
    }
    assert_eq!(files, log_of(600).0);
}

#[test]
fn damage_is_seen_before_it_is_signed() {
    let (files, done) = log_of(300);
    let damaged = |path: &str, at: usize| {
        let mut files = files.clone();
        files.get_mut(path).unwrap()[at] ^= 1;
        append(300, &[entry(300)], &reader(&files))
    };
    // In the tree, a damaged leaf no longer fits the bundle beside it.
    assert!(matches!(damaged("tile/0/001.p/44", 3), Err(TileError::EntryHash { index: 256, .. })));
    assert_ne!(damaged("tile/1/000.p/1", 3).unwrap().old_root, done.root);
    assert!(matches!(
        damaged("tile/entries/001.p/44", 40),
        Err(TileError::EntryHash { index: 257, .. })
    ));
    assert!(matches!(damaged("tile/entries/001.p/44", 1), Err(TileError::Entry { at: 0, .. })));
    let mut short = files.clone();
    short.get_mut("tile/1/000.p/1").unwrap().pop();
    assert!(matches!(
        append(300, &[], &reader(&short)),
        Err(TileError::Length { expected: 32, found: 31, .. })
    ));
    assert!(matches!(append(301, &[], &reader(&files)), Err(TileError::Read { .. })));
    assert!(matches!(append(u64::MAX, &[entry(0)], &reader(&files)), Err(TileError::TooLarge)));
    // A full bundle is compared when it is asked for.
    let mut full = files.clone();
    full.get_mut("tile/entries/000").unwrap()[34 * 7 + 5] ^= 1;
    let read = reader(&full);
    assert!(matches!(
        Tiles::new(300, &read).check_entries(0..300),
        Err(TileError::EntryHash { index: 7, .. })
    ));
}

#[test]
fn questions_beyond_the_end() {
    let (files, _) = log_of(10);
    let read = reader(&files);
    let tiles = Tiles::new(10, &read);
    assert!(matches!(tiles.root_of(11), Err(TileError::Beyond { asked: 11, size: 10 })));
    assert!(matches!(tiles.inclusion_proof(10, 10), Err(TileError::Beyond { .. })));
    assert!(matches!(tiles.inclusion_proof(9, 9), Err(TileError::Beyond { .. })));
    assert!(matches!(tiles.consistency_proof(10, 9), Err(TileError::Beyond { .. })));
    assert!(tiles.entries(0..11).is_err());
    assert_eq!(tiles.entries(10..10).unwrap(), Vec::<[u8; 32]>::new());
}

/// A full tile serves where its partial one has been removed, as the
/// specification asks of clients.
#[test]
fn older_sizes_are_served_by_full_tiles() {
    let (files, _) = log_of(256);
    let (_, before) = log_of(200);
    assert_eq!(root_of(200, &reader(&files)).unwrap(), before.root);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_batches_give_the_same_log(batches in proptest::collection::vec(0u64..400, 0..8)) {
        let mut files = Files::new();
        let (mut size, mut roots) = (0, vec![Digest::of(b"")]);
        for batch in batches {
            let new: Vec<_> = (size..size + batch).map(entry).collect();
            let done = grow(&mut files, size, &new);
            prop_assert_eq!(done.old_root, *roots.last().unwrap());
            size += batch;
            prop_assert_eq!(done.size, size);
            prop_assert_eq!(done.root, tree_hash((0..size).map(entry)));
            roots.push(done.root);
        }
        let (fresh, done) = log_of(size);
        prop_assert_eq!(&files, &fresh);
        prop_assert_eq!(root_of(size, &reader(&files)).unwrap(), done.root);
        let read = reader(&files);
        prop_assert_eq!(entries(0..size, size, &read).unwrap(), (0..size).map(entry).collect::<Vec<_>>());
    }

    #[test]
    fn consistency_of_any_two_sizes(a in 0u64..900, b in 0u64..900, flip in 0usize..20) {
        let (old, new) = (a.min(b), a.max(b));
        let (files, done) = log_of(new);
        let read = reader(&files);
        let tiles = Tiles::new(new, &read);
        let old_root = tree_hash((0..old).map(entry));
        prop_assert_eq!(tiles.root_of(old).unwrap(), old_root);
        let proof = tiles.consistency_proof(old, new).unwrap();
        prop_assert_eq!(verify_consistency(old, new, &proof, &old_root, &done.root), Ok(()));
        let other = Digest::of(b"other");
        prop_assert!(verify_consistency(old, new, &proof, &other, &done.root).is_err());
        if old > 0 {
            prop_assert!(verify_consistency(old, new, &proof, &old_root, &other).is_err());
        }
        prop_assert!(verify_consistency(old, new, &[&proof[..], &[other]].concat(), &old_root, &done.root).is_err());
        if !proof.is_empty() {
            let mut bad = proof.clone();
            let at = flip % proof.len();
            bad[at] = other;
            prop_assert!(verify_consistency(old, new, &bad, &old_root, &done.root).is_err());
            bad.remove(at);
            prop_assert!(verify_consistency(old, new, &bad, &old_root, &done.root).is_err());
            prop_assert!(verify_consistency(old + 1, new, &proof, &old_root, &done.root).is_err());
        }
        // An inclusion proof in the older tree, from the newer log's files.
        if old > 0 {
            let index = u64::try_from(flip).unwrap() % old;
            let path = tiles.inclusion_proof(index, old).unwrap();
            prop_assert_eq!(verify_inclusion(&leaf_hash(&entry(index)), index, old, &path, &old_root), Ok(()));
        }
    }
}
