//! Finished answers, kept in memory by name, at most so many bytes of them.
//!
//! An answer is fresh while the log is as long as when it was made. When the log
//! has grown, the older answer is still handed out for a moment
//! (`published.rs` tells how long) while the new one is made, so that a page with
//! many readers never makes them wait; later nobody gets it any more. Each answer
//! is made once, however many ask for it at the same time. Cost of a hit: one
//! look-up under a lock.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::desk::DeskError;

use super::locked::lock;
use super::made::Made;
use super::published::Use;

/// Of the bytes allowed, how many tenths stay when there is no more room.
const STAY: usize = 8;

/// What making an answer gave; `None` where there is no such thing.
pub(super) type Outcome = Result<Option<Arc<Made>>, DeskError>;
type Making = watch::Receiver<Option<Outcome>>;

/// The answers.
pub(super) struct Kept {
    most: usize,
    slots: Mutex<Slots>,
}

#[derive(Default)]
struct Slots {
    by_name: HashMap<String, Slot>,
    bytes: usize,
    /// Counts look-ups, to tell what was not asked for lately.
    clock: u64,
}

#[derive(Default)]
struct Slot {
    made: Option<Arc<Made>>,
    making: Option<Making>,
    used: u64,
    /// Bytes of what was made, and of its name.
    weight: usize,
}

/// What is there for a name: an answer, the making of a new one, and the way to
/// tell what it gave for whoever has to make it.
struct There {
    made: Option<Arc<Made>>,
    making: Option<Making>,
    tell: Option<watch::Sender<Option<Outcome>>>,
}

impl Kept {
    /// Keeps at most so many bytes.
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, slots: Mutex::default() })
    }

    /// How many answers are kept, and their bytes.
    pub fn count(&self) -> (usize, usize) {
        let slots = lock(&self.slots);
        (slots.by_name.len(), slots.bytes)
    }

    /// An answer as it is kept, if it may be handed out as it is; `usable` says
    /// of how many entries of the log an answer may be.
    pub fn fresh(&self, name: &str, usable: impl Fn(u64) -> Use) -> Option<Arc<Made>> {
        let mut slots = lock(&self.slots);
        slots.clock += 1;
        let clock = slots.clock;
        let slot = slots.by_name.get_mut(name)?;
        slot.used = clock;
        slot.made.clone().filter(|m| usable(m.size) == Use::As)
    }

    /// An answer as it is kept, whatever it shows.
    pub fn any(&self, name: &str) -> Option<Arc<Made>> {
        lock(&self.slots).by_name.get(name)?.made.clone()
    }

    /// The answer of this name, made by `make` where none is kept that is
    /// `usable` by the entries of the log that it shows.
    ///
    /// # Errors
    /// Those of `make`.
    pub async fn get(
        self: &Arc<Self>,
        name: &str,
        usable: impl Fn(u64) -> Use,
        make: impl Future<Output = Result<Option<Made>, DeskError>> + Send + 'static,
    ) -> Outcome {
        let there = self.look(name, usable);
        if let Some(tell) = there.tell {
            // On its own, so that it is finished when who asked is gone.
            let (kept, name) = (Arc::clone(self), name.to_string());
            tokio::spawn(async move {
                let outcome = make.await.map(|made| made.map(Arc::new));
                kept.keep(&name, &outcome);
                let _ = tell.send(Some(outcome));
            });
        }
        if let Some(made) = there.made {
            return Ok(Some(made));
        }
        let Some(mut making) = there.making else { return Ok(None) };
        let told = making.wait_for(Option::is_some).await;
        told.ok().and_then(|o| o.clone()).unwrap_or_else(|| {
            Err(DeskError::io("unanswered", "the answer could not be made").hint("ask again"))
        })
    }

    fn look(&self, name: &str, usable: impl Fn(u64) -> Use) -> There {
        let mut slots = lock(&self.slots);
        slots.clock += 1;
        let clock = slots.clock;
        let slot = slots.by_name.entry(name.to_string()).or_default();
        slot.used = clock;
        let made = slot.made.clone().map(|made| (usable(made.size), made));
        if let Some((Use::As, made)) = made {
            return There { made: Some(made), making: None, tell: None };
        }
        // A maker that panicked left nobody to tell.
        let running = slot.making.clone().filter(|m| m.has_changed().is_ok());
        let (making, tell) = match running {
            Some(making) => (making, None),
            None => {
                let (tell, making) = watch::channel(None);
                slot.making = Some(making.clone());
                (making, Some(tell))
            }
        };
        let meanwhile = made.filter(|(usable, _)| *usable == Use::Meanwhile);
        There { made: meanwhile.map(|(_, made)| made), making: Some(making), tell }
    }

    /// Puts an outcome in its place. What is not there, or could not be made, is
    /// not kept: names that mean nothing shall not fill the memory.
    fn keep(&self, name: &str, outcome: &Outcome) {
        let mut slots = lock(&self.slots);
        let Some(mut slot) = slots.by_name.remove(name) else { return };
        slots.bytes -= std::mem::take(&mut slot.weight);
        let before = slot.made.take();
        slot.making = None;
        if let Ok(Some(made)) = outcome {
            // A thread that lags behind does not undo what another one made.
            let made = before.as_ref().filter(|b| b.size > made.size).unwrap_or(made);
            // A name may be as long as a query.
            slot.weight = made.weight() + name.len();
            slots.bytes += slot.weight;
            slot.made = Some(Arc::clone(made));
            slots.by_name.insert(name.to_string(), slot);
        }
        if slots.bytes > self.most {
            slots.make_room(self.most / 10 * STAY);
        }
    }
}

impl Slots {
    /// Lets go of what was not asked for lately until so many bytes are left.
    fn make_room(&mut self, most: usize) {
        let kept = self.by_name.iter().filter(|(_, slot)| slot.made.is_some());
        let mut by_age: Vec<(u64, String)> = kept.map(|(n, s)| (s.used, n.clone())).collect();
        by_age.sort_unstable();
        for (_, name) in by_age {
            if self.bytes <= most {
                return;
            }
            // Somebody may be waiting for the new one of the same name.
            if let Some(slot) = self.by_name.get_mut(&name) {
                self.bytes -= std::mem::take(&mut slot.weight);
                slot.made = None;
                if slot.making.is_none() {
                    self.by_name.remove(&name);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build();
        runtime.unwrap().block_on(work)
    }

    /// Answers of so many entries are fresh, older ones bridge the making or not.
    fn of(size: u64, older: Use) -> impl Fn(u64) -> Use + Copy {
        move |shows| if shows >= size { Use::As } else { older }
    }

    fn only(size: u64) -> impl Fn(u64) -> Use + Copy {
        of(size, Use::Never)
    }

    fn made(size: u64, bytes: usize) -> Made {
        // No two bytes alike enough to be compressed away.
        let bytes = (0..bytes as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8);
        Made::new(size, StatusCode::OK, "text/plain", bytes.collect())
    }

    #[test]
    fn an_answer_is_made_once_for_all_who_ask() {
        let (kept, count) = (Kept::new(1 << 20), Arc::new(AtomicUsize::new(0)));
        run(async {
            let mut asked = Vec::new();
            for _ in 0..20 {
                let (kept, count) = (Arc::clone(&kept), Arc::clone(&count));
                asked.push(tokio::spawn(async move {
                    let make = async move {
                        count.fetch_add(1, Ordering::SeqCst);
                        tokio::task::yield_now().await;
                        Ok(Some(made(3, 10)))
                    };
                    kept.get("a", only(3), make).await.unwrap().unwrap().size
                }));
            }
            for a in asked {
                assert_eq!(a.await.unwrap(), 3);
            }
        });
        assert_eq!(count.load(Ordering::SeqCst), 1);
        assert!(kept.fresh("a", only(3)).is_some() && kept.fresh("a", only(4)).is_none());
    }

    #[test]
    fn what_is_not_there_is_not_kept() {
        let kept = Kept::new(1 << 20);
        run(async {
            assert!(matches!(kept.get("x", only(1), async { Ok(None) }).await, Ok(None)));
            let failed = kept.get("y", only(1), async { Err(DeskError::io("x", "y")) }).await;
            assert!(failed.is_err());
            // The next who asks has it made anew.
            assert!(kept.get("y", only(1), async { Ok(Some(made(1, 5))) }).await.is_ok());
        });
        assert_eq!(kept.count().0, 1);
    }

    #[test]
    fn an_older_answer_bridges_the_making() {
        let kept = Kept::new(1 << 20);
        run(async {
            let make = |size| async move { Ok(Some(made(size, 5))) };
            assert_eq!(
                kept.get("a", of(1, Use::Meanwhile), make(1)).await.unwrap().unwrap().size,
                1
            );
            assert_eq!(
                kept.get("a", of(2, Use::Meanwhile), make(2)).await.unwrap().unwrap().size,
                1
            );
            while kept.fresh("a", only(2)).is_none() {
                tokio::task::yield_now().await;
            }
            assert_eq!(kept.get("a", only(3), make(3)).await.unwrap().unwrap().size, 3);
        });
    }

    #[test]
    fn an_older_answer_does_not_take_the_place_of_a_newer_one() {
        let kept = Kept::new(1 << 20);
        run(async {
            kept.get("a", only(5), async { Ok(Some(made(5, 5))) }).await.unwrap();
            // Made by a thread whose state is older than what was asked for.
            kept.get("a", only(6), async { Ok(Some(made(4, 5))) }).await.unwrap();
        });
        assert_eq!(kept.any("a").unwrap().size, 5);
    }

    #[test]
    fn the_bytes_are_bounded_and_the_oldest_go() {
        let kept = Kept::new(100_000);
        run(async {
            for n in 0..200 {
                let name = format!("{n}");
                kept.get(&name, only(1), async { Ok(Some(made(1, 2000))) }).await.unwrap();
                assert!(
                    kept.fresh("0", only(1)).is_some(),
                    "what is asked for again and again stays"
                );
                assert!(kept.count().1 <= 100_000);
            }
        });
        assert!(kept.fresh("1", only(1)).is_none() && kept.fresh("199", only(1)).is_some());
        let weights = lock(&kept.slots).by_name.values().map(|s| s.weight).sum::<usize>();
        assert_eq!(weights, kept.count().1);
    }
}
