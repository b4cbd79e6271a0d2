//! Automerge's own protocol over the same documents: one document a compartment of a record, one change a change, one actor
//! a seat. It is neither signed nor sealed, and says nothing of who may read.

use std::collections::BTreeMap;

use automerge::sync::{Message, State, SyncDoc as _};
use automerge::transaction::Transactable as _;
use automerge::{ActorId, AutoCommit, ROOT, ScalarValue};
use tern_record::{DocId, Intent, Scalar, SeatId};

use crate::cost::{Cost, Row, timed};
use crate::devices::{Change, When};

/// What three exchanges cost, all documents side by side.
#[derive(Default)]
pub struct Automerge {
    documents: usize,
    new: Cost,
    equal: Cost,
    some: Cost,
}

impl Automerge {
    /// One document after another, so that not all of them lie in memory.
    pub fn of(changes: &[Change]) -> Self {
        let mut documents: BTreeMap<DocId, Vec<&Change>> = BTreeMap::new();
        for change in changes {
            documents.entry(change.doc).or_default().push(change);
        }
        let mut all = Self { documents: documents.len(), ..Self::default() };
        documents.values().for_each(|changes| all.add(changes));
        all
    }

    fn add(&mut self, changes: &[&Change]) {
        let mut first = Side::default();
        let mut second = Side::default();
        first.put(changes, When::Before);
        if changes.iter().any(|change| change.when == When::Before) {
            sum(&mut self.new, exchange(&mut second, &mut first));
            sum(&mut self.equal, exchange(&mut second, &mut first));
        }
        first.put(changes, When::OnFirst);
        second.put(changes, When::OnSecond);
        sum(&mut self.some, exchange(&mut second, &mut first));
    }

    pub fn rows(&self, size: usize) -> Vec<Row> {
        let note = format!("{} documents, not signed, not sealed", self.documents);
        let row = |cost: &Cost, job: &str| cost.row(size, job).noted(note.clone());
        vec![
            row(&self.new, "Automerge: new device"),
            row(&self.equal, "Automerge: equal devices"),
            row(&self.some, "Automerge: 1 % new on each side and 100"),
        ]
    }
}

/// Documents travel side by side: bytes add up, and the longest conversation is how many requests there are.
fn sum(all: &mut Cost, one: Cost) {
    all.bytes += one.bytes;
    all.requests = all.requests.max(one.requests);
    all.cpu += one.cpu;
    all.wall += one.wall;
}

/// One document on one device, and what it remembers of the other.
#[derive(Default)]
struct Side {
    document: AutoCommit,
    state: State,
}

impl Side {
    fn put(&mut self, changes: &[&Change], when: When) {
        for change in changes.iter().filter(|change| change.when == when) {
            self.document.set_actor(actor(change.seat));
            put_all(&mut self.document, &change.intent);
        }
    }

    /// What is kept of the other from one exchange to the next.
    fn begin(&mut self) {
        self.state = State::decode(&self.state.encode()).unwrap();
    }

    fn say(&mut self) -> Option<Vec<u8>> {
        self.document.sync().generate_sync_message(&mut self.state).map(Message::encode)
    }

    fn hear(&mut self, message: &[u8]) {
        let message = Message::decode(message).unwrap();
        self.document.sync().receive_sync_message(&mut self.state, message).unwrap();
    }
}

fn exchange(one: &mut Side, other: &mut Side) -> Cost {
    let mut cost = Cost::default();
    let ((), cpu, wall) = timed(|| {
        one.begin();
        other.begin();
        loop {
            let request = one.say();
            if let Some(request) = &request {
                cost.requests += 1;
                cost.bytes += request.len() as u64;
                other.hear(request);
            }
            let reply = other.say();
            if let Some(reply) = &reply {
                cost.bytes += reply.len() as u64;
                one.hear(reply);
            }
            if request.is_none() && reply.is_none() {
                break;
            }
        }
    });
    (cost.cpu, cost.wall) = (cpu, wall);
    cost
}

fn actor(seat: SeatId) -> ActorId {
    ActorId::from(seat.as_bytes().as_slice())
}

fn put_all(document: &mut AutoCommit, intent: &Intent) {
    for (path, value) in intent.puts() {
        document.put(ROOT, path.as_str(), scalar(value)).unwrap();
    }
    document.commit();
}

fn scalar(value: &Scalar) -> ScalarValue {
    match value {
        Scalar::Null => ScalarValue::Null,
        Scalar::Bool(bool) => ScalarValue::Boolean(*bool),
        Scalar::Int(int) => ScalarValue::Int(*int),
        Scalar::Text(text) => ScalarValue::Str(text.as_str().into()),
        Scalar::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
    }
}
