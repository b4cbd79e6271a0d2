//! Documents that were opened last, and what is known of others that need not be opened.

use std::collections::{BTreeMap, HashMap, HashSet};

use tern_doc::Document;
use tern_record::{DocId, IntentId};

/// How many opened documents are kept.
const KEPT: usize = 96;
/// And while lists wait for more of the same records.
const KEPT_LATE: usize = 1_500;
/// Changes that outlines name at most, some 20 MB of them.
const MOST_NAMED: usize = 300_000;

/// Changes that count in a document in which nothing waits for others and nothing was moved.
#[derive(Default)]
pub(crate) struct Outline(HashSet<IntentId>);

impl Outline {
    /// A change that builds on these counts at once, and wakes no other.
    pub(crate) fn has_all(&self, deps: &[IntentId], along: &[IntentId]) -> bool {
        deps.iter().all(|dep| self.0.contains(dep) || along.contains(dep))
    }
}

/// Documents by what is kept of them: those that were opened last, and the outlines of others. No document has both, so that
/// whoever opens one to change it leaves no outline of what it was.
pub(crate) struct Opened {
    documents: BTreeMap<DocId, (u64, Document)>,
    /// The oldest first.
    order: BTreeMap<u64, DocId>,
    next: u64,
    most: usize,
    outlines: HashMap<DocId, Outline>,
    named: usize,
    /// Outlines stay of what is let go of.
    outlined: bool,
}

impl Default for Opened {
    fn default() -> Self {
        Self {
            documents: BTreeMap::new(),
            order: BTreeMap::new(),
            next: 0,
            most: KEPT,
            outlines: HashMap::new(),
            named: 0,
            outlined: false,
        }
    }
}

impl Opened {
    /// Gives a document away, to be put back when it was not spoiled.
    pub(crate) fn take(&mut self, doc: DocId) -> Option<Document> {
        if let Some(outline) = self.outlines.remove(&doc) {
            self.named -= outline.0.len();
        }
        let (at, document) = self.documents.remove(&doc)?;
        self.order.remove(&at);
        Some(document)
    }

    /// Keeps a document for the next time.
    pub(crate) fn put(&mut self, doc: DocId, document: Document) {
        self.take(doc);
        self.next += 1;
        self.order.insert(self.next, doc);
        self.documents.insert(doc, (self.next, document));
        self.let_go();
    }

    fn let_go(&mut self) {
        while self.order.len() > self.most {
            let Some((_, oldest)) = self.order.pop_first() else { return };
            if let Some((_, document)) = self.documents.remove(&oldest)
                && self.outlined
                && let Some(counting) = document.plain()
            {
                self.outline(oldest, counting.collect());
            }
        }
    }

    /// The document itself is at hand.
    pub(crate) fn has(&self, doc: &DocId) -> bool {
        self.documents.contains_key(doc)
    }

    /// What is known of a document that is not at hand.
    pub(crate) fn outline_of(&self, doc: &DocId) -> Option<&Outline> {
        self.outlines.get(doc)
    }

    /// Notes what counts in a document that is not at hand.
    pub(crate) fn outline(&mut self, doc: DocId, counting: Vec<IntentId>) {
        if self.named + counting.len() > MOST_NAMED {
            self.drop_outlines();
        }
        let outline = self.outlines.entry(doc).or_default();
        let before = outline.0.len();
        outline.0.extend(counting);
        self.named += outline.0.len() - before;
    }

    /// Knows nothing any more of documents that are not at hand.
    pub(crate) fn drop_outlines(&mut self) {
        self.outlines = HashMap::new();
        self.named = 0;
    }

    /// Lets go of none until [`Opened::keep_few`]: while much work is taken in, which comes back to the same records.
    pub(crate) const fn keep_all(&mut self) {
        self.most = usize::MAX;
    }

    /// Lets go of the oldest, but keeps what small news touches until lists are made of it, and outlines of the rest.
    pub(crate) fn keep_some(&mut self) {
        (self.most, self.outlined) = (KEPT_LATE, true);
        self.let_go();
    }

    /// Lets go of the oldest again, and of all outlines.
    pub(crate) fn keep_few(&mut self) {
        (self.most, self.outlined) = (KEPT, false);
        self.let_go();
        self.drop_outlines();
    }

    /// Lets go of all.
    pub(crate) fn forget(&mut self) {
        self.order.clear();
        self.documents.clear();
        self.drop_outlines();
    }
}
