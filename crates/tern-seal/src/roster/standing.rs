//! What stands in the end: removals over all that their authors had not seen, and the root key over everything.

use std::collections::BTreeMap;

use tern_record::bits::Bits;
use tern_record::{Role, SeatId};

use super::judge::{Bench, Node, coordinates};
use super::{Author, Body};

impl Bench<'_> {
    /// Accepted statements that no removal and no word of the root key takes away again, in order.
    pub(super) fn standing(&self) -> Vec<usize> {
        let voided = self.voided();
        let removals = self.effective(&voided);
        let of_seat = by_seat(self, &removals);
        let takes_effect: Bits = bits(&removals);
        let (mut stands, mut counts) = (Bits::default(), Vec::new());
        for at in self.accepted.iter().copied() {
            let Some(node) = self.nodes.get(at) else { continue };
            let holds = match (node.entry.author, &node.entry.body) {
                (_, Body::Removed(_)) => takes_effect.contains(at),
                (Author::Root, _) => true,
                (Author::Seat(seat), _) => {
                    let certified =
                        self.certified(seat).any(|said| stands.contains(said) && node.seen.contains(said));
                    certified && !voided.contains(at) && !self.unseen(&of_seat, seat, at)
                }
            };
            if holds {
                stands.insert(at);
                counts.push(at);
            }
        }
        counts
    }

    /// Statements of which the root key says that they do not count.
    fn voided(&self) -> Bits {
        let words =
            self.accepted.iter().copied().filter(|at| matches!(self.body(*at), Some(Body::Voided { .. })));
        let words = by_seat(self, &words.collect::<Vec<_>>());
        let gone = self.accepted.iter().copied().filter(|at| {
            match self.nodes.get(*at).map(|node| node.entry.author) {
                Some(Author::Seat(seat)) => self.unseen(&words, seat, *at),
                _ => false,
            }
        });
        bits(&gone.collect::<Vec<_>>())
    }

    /// Removals that take effect. One whose author is vouched for by nobody but a seat that another one takes out does
    /// not, however deep either lies, nor one whose author had seen that they were out; where such removals rule each other out in a ring, the first in order counts.
    fn effective(&self, voided: &Bits) -> Vec<usize> {
        let said = self.accepted.iter().copied().filter(|at| !voided.contains(*at));
        let said: Vec<usize> = said.filter(|at| self.removes(*at)).collect();
        let mut sure: Vec<usize> = Vec::new();
        loop {
            let possible = self.rightful(&said, &sure, voided);
            let certain = self.rightful(&said, &possible, voided);
            let known = sure.len();
            let have = bits(&sure);
            sure.extend(certain.into_iter().filter(|at| !have.contains(*at)));
            if sure.len() == known {
                let Some(first) = possible.into_iter().find(|at| !have.contains(*at)) else { break };
                sure.push(first);
            }
        }
        sure.sort_unstable();
        sure
    }

    /// Those whose authors are in, when these removals take effect, as far as they had seen.
    fn rightful(&self, said: &[usize], removals: &[usize], voided: &Bits) -> Vec<usize> {
        let (gone, of_seat) = (self.gone(removals, voided), by_seat(self, removals));
        let rightful = |at: &usize| self.is_vouched_for(*at, &gone) && !self.knew_to_be_out(*at, &of_seat);
        said.iter().copied().filter(rightful).collect()
    }

    fn knew_to_be_out(&self, at: usize, of_seat: &BTreeMap<SeatId, Vec<usize>>) -> bool {
        self.nodes.get(at).is_some_and(|node| match node.entry.author {
            Author::Root => false,
            Author::Seat(seat) => {
                of_seat.get(&seat).into_iter().flatten().any(|out| node.seen.contains(*out))
            }
        })
    }

    fn is_vouched_for(&self, at: usize, gone: &Bits) -> bool {
        self.nodes.get(at).is_some_and(|node| match node.entry.author {
            Author::Root => true,
            Author::Seat(seat) => {
                self.certified(seat).any(|said| node.seen.contains(said) && !gone.contains(said))
            }
        })
    }

    /// Certificates that do not stand when these removals take effect, with all that follows from them.
    fn gone(&self, removals: &[usize], voided: &Bits) -> Bits {
        let mut open: Vec<usize> = self.certificates().filter(|at| voided.contains(*at)).collect();
        for by in removals.iter().filter_map(|at| self.nodes.get(*at)) {
            let Some(seat) = super::judge::about(&by.entry.body) else { continue };
            open.extend(self.certified_by(seat).filter(|at| !by.seen.contains(*at)));
        }
        let mut gone = Bits::default();
        while let Some(at) = open.pop() {
            if gone.contains(at) {
                continue;
            }
            gone.insert(at);
            let Some(Body::Seat(certificate)) = self.body(at) else { continue };
            open.extend(self.certified_by(certificate.seat).filter(|at| !self.is_vouched_for(*at, &gone)));
        }
        gone
    }

    /// It is a removal, and none by an administrator of a seat that somebody had made a coordinator meanwhile.
    fn removes(&self, at: usize) -> bool {
        let Some(node) = self.nodes.get(at) else { return false };
        let (Body::Removed(removed), author) = (&node.entry.body, node.entry.author) else { return false };
        match author {
            Author::Root => true,
            Author::Seat(seat) if seat == removed.seat => true,
            Author::Seat(seat) => {
                let roles = self.roles(seat, &node.seen);
                roles.iter().filter_map(|code| Role::from_code(code)).any(Role::certifies)
                    || !self.rose_apart(removed.seat, at, node)
            }
        }
    }

    /// A statement that did not know of this one, and that this one did not know of, makes the seat a coordinator.
    fn rose_apart(&self, seat: SeatId, at: usize, removal: &Node<'_>) -> bool {
        self.statements_about(seat).filter(|other| !removal.seen.contains(*other)).any(|other| {
            self.nodes.get(other).is_some_and(|node| !node.seen.contains(at) && coordinates(&node.entry.body))
        })
    }

    /// One of these statements about a seat had not seen what the seat says here.
    fn unseen(&self, of_seat: &BTreeMap<SeatId, Vec<usize>>, seat: SeatId, at: usize) -> bool {
        let about = of_seat.get(&seat).into_iter().flatten().filter_map(|by| self.nodes.get(*by));
        about.into_iter().any(|by| !by.seen.contains(at))
    }
}

fn by_seat(bench: &Bench<'_>, statements: &[usize]) -> BTreeMap<SeatId, Vec<usize>> {
    let mut of_seat: BTreeMap<SeatId, Vec<usize>> = BTreeMap::new();
    for at in statements {
        if let Some(seat) = bench.body(*at).and_then(super::judge::about) {
            of_seat.entry(seat).or_default().push(*at);
        }
    }
    of_seat
}

fn bits(numbers: &[usize]) -> Bits {
    let mut bits = Bits::default();
    numbers.iter().for_each(|at| bits.insert(*at));
    bits
}
