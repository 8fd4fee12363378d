//! Where histories of full texts come from: folders, files, JSON lines, exports
//! of MediaWiki, and git repositories. A thread of its own reads ahead, a few
//! texts at most, and gets the memory of texts back that are done with.

mod files;
mod git;
mod lines;
mod read;
mod way;
mod wiki;

pub(super) use read::read;
