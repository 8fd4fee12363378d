//! The stories in `tests/stories/` are tutorials and tests at once: `trycmd`
//! runs every command in a folder of its own and compares the whole answer.
//! After a change that is meant: `TRYCMD=overwrite cargo test --test stories`,
//! then read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use variorum::sign::SecretKey;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_stories_are_true() {
    trycmd::TestCases::new().case("tests/stories/*.md");
}

/// Every story brings its own copies, because each runs in a folder of its own.
#[test]
fn the_stories_use_the_texts_of_the_example_archive() {
    for story in ["author", "witness", "editor"] {
        for file in ["ferry-memoir.txt", "invitation.txt"] {
            let (copy, original) = (
                here(&format!("tests/stories/{story}.in/{file}")),
                here(&format!("archive/drafts/{file}")),
            );
            assert_eq!(
                fs::read(&copy).unwrap(),
                fs::read(&original).unwrap(),
                "{} is not archive/drafts/{file}",
                copy.display()
            );
        }
    }
    let slip = fs::read(here("tests/stories/witness.in/slip.txt")).unwrap();
    assert_eq!(slip, fs::read(here("archive/drafts/replies/1-slip.txt")).unwrap());
}

/// The author's key is a test key: made from a seed that stands here.
#[test]
fn the_key_of_the_story_is_made_from_a_known_seed() {
    let mut seed = [0; 32];
    let words = b"variorum story: Aurel Dorn's key";
    seed[..words.len()].copy_from_slice(words);
    let key = SecretKey::generate(seed);
    let stored = fs::read_to_string(here("tests/stories/author.in/dorn-key")).unwrap();
    assert_eq!(SecretKey::from_openssh(&stored).unwrap().public(), key.public());
    let line = fs::read_to_string(here("tests/stories/author.in/dorn-key.pub")).unwrap();
    assert!(line.starts_with(&key.public().to_openssh()), "{line}");
}
