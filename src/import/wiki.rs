//! The history of one page in the XML that MediaWiki exports
//! (<https://www.mediawiki.org/wiki/Help:Export>, schema 0.10 and 0.11), read as
//! a stream: one revision is in memory at a time. The XML is read by
//! `quick-xml`; entities other than the five of XML and numbers are refused.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;

/// A revision of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WikiRevision {
    /// MediaWiki's number of it.
    pub id: String,
    /// When it was saved, as exported.
    pub timestamp: Option<String>,
    /// Who saved it: a user's name or an IP address; `None` where it is hidden.
    pub contributor: Option<String>,
    /// The wikitext; `None` where it is hidden.
    pub text: Option<String>,
}

/// Why an export cannot be read further.
#[derive(Debug, thiserror::Error)]
pub enum WikiError {
    /// Not well-formed, or the bytes could not be read.
    #[error("byte {at}: {error}")]
    Xml {
        /// Where reading stopped.
        at: u64,
        /// What the reader says.
        error: quick_xml::Error,
    },
    /// The root is another one.
    #[error("this is XML, but no export of MediaWiki: it begins with <{0}>")]
    Another(String),
    /// It ends inside a revision.
    #[error("the export ends inside revision {0}")]
    Short(String),
    /// More than one page.
    #[error("the export holds several pages: {first:?}, then {second:?}")]
    Several {
        /// Title of the first page.
        first: String,
        /// Title of the next one.
        second: String,
    },
    /// An entity that XML does not know.
    #[error("byte {at}: unknown entity &{name};")]
    Entity {
        /// Where reading stopped.
        at: u64,
        /// Its name.
        name: String,
    },
}

/// What the text inside an element goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goes {
    Nowhere,
    Title,
    Id,
    Timestamp,
    Contributor,
    Text,
}

/// An export, read revision by revision, in the order it has them.
#[derive(Debug)]
pub struct WikiExport<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    title: Option<String>,
    begun: bool,
}

impl<R: BufRead> WikiExport<R> {
    /// Begins to read.
    pub fn new(from: R) -> Self {
        Self { reader: Reader::from_reader(from), buffer: Vec::new(), title: None, begun: false }
    }

    /// The title of the page, once it was read.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The next revision; its text is written into `spare`.
    ///
    /// # Errors
    /// What is not well-formed, not an export, or of a second page.
    pub fn next_revision(&mut self, spare: String) -> Result<Option<WikiRevision>, WikiError> {
        let mut revision: Option<WikiRevision> = None;
        let mut text = Some(spare);
        let (mut goes, mut title) = (Goes::Nowhere, String::new());
        let mut inside_contributor = false;
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            let at = self.reader.buffer_position();
            match event.map_err(|error| WikiError::Xml { at, error })? {
                Event::Start(element) => {
                    let name = element.local_name();
                    let name = name.as_ref();
                    if !std::mem::replace(&mut self.begun, true) && name != "mediawiki" {
                        return Err(WikiError::Another(name.chars().take(40).collect()));
                    }
                    goes = match name {
                        "title" => Goes::Title,
                        "revision" => {
                            revision = Some(WikiRevision::default());
                            Goes::Nowhere
                        }
                        "contributor" => {
                            inside_contributor = true;
                            Goes::Nowhere
                        }
                        "username" | "ip" => Goes::Contributor,
                        // The contributor has a number too, and so has the parent.
                        "id" if !inside_contributor => Goes::Id,
                        "timestamp" => Goes::Timestamp,
                        "text" => Goes::Text,
                        _ => Goes::Nowhere,
                    };
                    if let (Goes::Text, Some(revision)) = (goes, &mut revision) {
                        let mut text = text.take().unwrap_or_default();
                        text.clear();
                        revision.text = Some(text);
                    }
                }
                Event::Empty(element) => {
                    let hidden = matches!(element.try_get_attribute("deleted"), Ok(Some(_)));
                    if element.local_name().as_ref() == "text"
                        && let Some(revision) = &mut revision
                        && !hidden
                    {
                        let mut text = text.take().unwrap_or_default();
                        text.clear();
                        revision.text = Some(text);
                    }
                }
                Event::End(element) => {
                    match element.local_name().as_ref() {
                        "revision" => return Ok(revision),
                        "contributor" => inside_contributor = false,
                        "title" => match &self.title {
                            None => self.title = Some(std::mem::take(&mut title)),
                            Some(first) => {
                                return Err(WikiError::Several {
                                    first: first.clone(),
                                    second: title,
                                });
                            }
                        },
                        _ => {}
                    }
                    goes = Goes::Nowhere;
                }
                Event::Text(piece) => put(&mut revision, &mut title, goes, &piece),
                Event::CData(piece) => put(&mut revision, &mut title, goes, &piece),
                Event::GeneralRef(entity) => {
                    let mut bytes = [0; 4];
                    let piece: &str = match entity.as_ref() {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        "apos" => "'",
                        other => match entity.resolve_char_ref() {
                            Ok(Some(c)) => c.encode_utf8(&mut bytes),
                            _ => return Err(WikiError::Entity { at, name: other.to_owned() }),
                        },
                    };
                    put(&mut revision, &mut title, goes, piece);
                }
                Event::Eof => {
                    return match revision {
                        Some(revision) => Err(WikiError::Short(revision.id)),
                        None if !self.begun => Err(WikiError::Another(String::new())),
                        None => Ok(None),
                    };
                }
                _ => {}
            }
        }
    }
}

fn put(revision: &mut Option<WikiRevision>, title: &mut String, goes: Goes, piece: &str) {
    let Some(revision) = revision else {
        if goes == Goes::Title {
            title.push_str(piece);
        }
        return;
    };
    match goes {
        Goes::Id => revision.id.push_str(piece),
        Goes::Timestamp => revision.timestamp.get_or_insert_default().push_str(piece),
        Goes::Contributor => revision.contributor.get_or_insert_default().push_str(piece),
        Goes::Text => revision.text.get_or_insert_default().push_str(piece),
        Goes::Nowhere | Goes::Title => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = r#"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo><sitename>Test</sitename></siteinfo>
  <page><title>Mills &amp; weirs</title><ns>0</ns><id>7</id>
    <revision><id>1</id><parentid>0</parentid><timestamp>2001-02-03T04:05:06Z</timestamp>
      <contributor><username>Ada</username><id>99</id></contributor><origin>1</origin>
      <text bytes="30" xml:space="preserve">The &quot;old&quot; mill &lt;ref&gt;x&lt;/ref&gt; &#233;
 burned.</text></revision>
    <revision><id>2</id><contributor deleted="deleted" /><text deleted="deleted" /></revision>
    <revision><id>3</id><contributor><ip>192.0.2.1</ip></contributor><text bytes="0" /></revision>
  </page>
</mediawiki>"#;

    fn all(xml: &str) -> Result<Vec<WikiRevision>, WikiError> {
        let mut export = WikiExport::new(xml.as_bytes());
        let mut out = Vec::new();
        while let Some(revision) = export.next_revision(String::new())? {
            out.push(revision);
        }
        assert_eq!(export.title(), Some("Mills & weirs"));
        Ok(out)
    }

    #[test]
    fn revisions_come_as_they_were_saved() {
        let all = all(EXPORT).unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!((all[0].id.as_str(), all[0].contributor.as_deref()), ("1", Some("Ada")));
        assert_eq!(all[0].timestamp.as_deref(), Some("2001-02-03T04:05:06Z"));
        assert_eq!(all[0].text.as_deref(), Some("The \"old\" mill <ref>x</ref> é\n burned."));
        assert_eq!((all[1].contributor.as_ref(), all[1].text.as_ref()), (None, None));
        assert_eq!(all[2].contributor.as_deref(), Some("192.0.2.1"));
        assert_eq!(all[2].text.as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_export_of_one_page_is_refused() {
        let second = "<page><title>B</title></page></mediawiki>";
        let error = |xml: &str| all(xml).unwrap_err().to_string();
        assert_eq!(
            error(&EXPORT.replace("</mediawiki>", second)),
            "the export holds several pages: \"Mills & weirs\", then \"B\""
        );
        assert_eq!(
            error("<html></html>"),
            "this is XML, but no export of MediaWiki: it begins with <html>"
        );
        assert!(error(&EXPORT.replace("&#233;", "&eacute;")).ends_with("unknown entity &eacute;"));
        assert!(error(&EXPORT[..EXPORT.find("burned").unwrap()]).contains("revision 1"));
    }
}
