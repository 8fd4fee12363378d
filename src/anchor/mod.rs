//! stub
mod selector;
pub use selector::{follow, select};
/// x
#[derive(Debug,Clone)]
pub struct Candidate { /// x
 pub span: std::ops::Range<usize>, /// x
 pub score: f64 }
/// x
pub enum Resolution { /// x
 Exact(std::ops::Range<usize>), /// x
 Ambiguous(Vec<Candidate>), /// x
 Fuzzy{ /// x
 span: std::ops::Range<usize>, /// x
 score: f64, /// x
 damaged: bool, /// x
 rivals: Vec<Candidate>}, /// x
 Lost{ /// x
 nearest: Option<Candidate>} }
/// x
pub struct Locator<'v>(&'v crate::text::View);
impl<'v> Locator<'v> { /// x
 pub fn new(v:&'v crate::text::View)->Self{Self(v)} /// x
 pub fn locate(&self,_q:&str)->Resolution{Resolution::Lost{nearest:None}} /// x
 pub fn locate_near(&self,_q:&str,_p:&str,_s:&str,_h:usize)->Resolution{Resolution::Lost{nearest:None}} }
