//! What survives translation: numbers, marks, words spelled alike, names whose
//! skeletons agree. Each gives a hint, that a word of A may be a word of B,
//! with a weight that says how much it is worth before anything is learnt.
//!
//! Cost: words times the few that share a skeleton; a skeleton shared by more
//! than [`CROWD`] words hints at nothing.

use std::collections::{BTreeMap, HashMap};

use super::side::{Kind, Side};
use super::skeleton::skeleton;
use super::table::Hint;
use crate::text::letters::bare;

/// Words of one skeleton above which it says nothing.
const CROWD: usize = 12;

/// All hints, each pair once, in order.
pub fn hints(a: &Side, b: &Side) -> Vec<Hint> {
    let mut found: BTreeMap<(u32, u32), f32> = BTreeMap::new();
    let mut add = |x: u32, y: u32, weight: f32| {
        let best = found.entry((x, y)).or_insert(0.0);
        *best = best.max(weight);
    };
    let keys_b = Keys::of(b);
    for (x, kind) in a.kinds.iter().enumerate() {
        for form in &kind.forms {
            let spelled = bare(form);
            if let Some(&y) = keys_b.spelled.get(&spelled) {
                let figures = spelled.starts_with(|c: char| c.is_ascii_digit());
                let mark = !spelled.starts_with(char::is_alphanumeric);
                let weight = match spelled.chars().count() {
                    _ if figures => 0.8,
                    _ if mark => 0.5,
                    0..=2 => 0.0,
                    3 => 0.1,
                    4 => 0.3,
                    _ => 0.6,
                };
                if weight > 0.0 {
                    add(x as u32, y, weight);
                }
            }
            if !is_name(kind) {
                continue;
            }
            let bones = skeleton(form);
            let near = keys_b.near(&bones);
            for (y, weight) in near {
                let (p, q) = (kind.count as f32, b.kinds[y as usize].count as f32);
                if p.max(q) <= 6.0 * p.min(q) + 2.0 {
                    add(x as u32, y, weight);
                }
            }
        }
    }
    found.into_iter().map(|((a, b), weight)| Hint { a, b, weight }).collect()
}

/// Whether a word is mostly written with a capital.
fn is_name(kind: &Kind) -> bool {
    kind.capitals * 3 >= kind.count * 2
}

struct Keys {
    spelled: HashMap<String, u32>,
    bones: HashMap<String, Vec<u32>>,
    /// Skeletons with one class left out.
    gaps: HashMap<String, Vec<u32>>,
}

impl Keys {
    fn of(side: &Side) -> Self {
        let mut out = Self { spelled: HashMap::new(), bones: HashMap::new(), gaps: HashMap::new() };
        for (y, kind) in side.kinds.iter().enumerate() {
            for form in &kind.forms {
                out.spelled.entry(bare(form)).or_insert(y as u32);
                if is_name(kind) {
                    let bones = skeleton(form);
                    if bones.len() >= LONG {
                        for k in 0..bones.len() {
                            push(&mut out.gaps, without(&bones, k), y as u32);
                        }
                    }
                    push(&mut out.bones, bones, y as u32);
                }
            }
        }
        out
    }

    /// Words whose skeleton is this one, or one class off where it is long.
    fn near(&self, bones: &str) -> Vec<(u32, f32)> {
        let mut out = Vec::new();
        let mut take = |list: Option<&Vec<u32>>, weight: f32| {
            if let Some(list) = list.filter(|l| l.len() <= CROWD) {
                out.extend(list.iter().map(|&y| (y, weight / list.len() as f32)));
            }
        };
        match bones.len() {
            0 | 1 => return out,
            2 => take(self.bones.get(bones), 0.2),
            3 => take(self.bones.get(bones), 0.4),
            _ => take(self.bones.get(bones), 0.6),
        }
        if bones.len() >= LONG {
            take(self.gaps.get(bones), 0.25);
            for k in 0..bones.len() {
                let short = without(bones, k);
                take(self.gaps.get(&short), 0.2);
                take(self.bones.get(&short), 0.25);
            }
        } else if bones.len() == LONG - 1 {
            take(self.gaps.get(bones), 0.2);
        }
        out
    }
}

/// Classes from which on one may be missing.
const LONG: usize = 4;

fn push(map: &mut HashMap<String, Vec<u32>>, key: String, y: u32) {
    let list = map.entry(key).or_default();
    if !list.contains(&y) && list.len() <= CROWD {
        list.push(y);
    }
}

fn without(bones: &str, k: usize) -> String {
    let mut out = bones.to_owned();
    out.remove(k);
    out
}
