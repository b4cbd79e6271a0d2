//! An exchange whose line, and whose two ends, fail at one of its steps.

use tern_app::{App, Failure};
use tern_record::RealmId;
use tern_sync::{Exchange, Outcome, Shelf as _};

use crate::fault::Fault;
use crate::run::Run;

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// The hub.
    Hub,
    /// Another device of the run.
    Device(usize),
}

/// What may go wrong in any exchange.
const ANY: [Fault; 18] = [
    Fault::RequestLost,
    Fault::RequestLate,
    Fault::RequestTwice,
    Fault::RequestOutOfOrder,
    Fault::RequestCut,
    Fault::RequestFlipped,
    Fault::ReplyLost,
    Fault::ReplyOld,
    Fault::ReplyTwice,
    Fault::ReplyCut,
    Fault::ReplyFlipped,
    Fault::KilledBegun,
    Fault::KilledAsked,
    Fault::KilledHearing,
    Fault::KilledHeard,
    Fault::KilledNoted,
    Fault::KilledAnswering,
    Fault::KilledAnswered,
];

/// What a hub may do beside, whoever it is; one that lies with its own signature does so in runs of its own.
const HOSTILE: [Fault; 2] = [Fault::HubGarbage, Fault::HubReplays];

/// Requests and replies that were on the way and are kept for later.
#[derive(Default)]
pub struct Line {
    pub requests: Vec<(Whom, Vec<u8>)>,
    replies: Vec<Vec<u8>>,
}

/// The one thing that goes wrong in an exchange, and at which step.
type Plan = Option<(Fault, usize)>;

/// Why an exchange may end before its time, when something went wrong.
fn is_expected(failure: &Failure) -> bool {
    let name = failure.code.name();
    name.starts_with("sync-") || failure.code.shuts_out()
}

impl Run<'_> {
    fn plan(&mut self, whom: Whom) -> Plan {
        if !self.is_rough || !self.random.percent(60) {
            return None;
        }
        let step = [0, 0, 1, 1, 2, 3][self.random.below(6)];
        if whom == Whom::Hub && !self.is_hub_true && self.random.percent(12) {
            return Some((Fault::HubLies, step));
        }
        let all = if whom == Whom::Hub { ANY.len() + HOSTILE.len() } else { ANY.len() };
        let which = self.random.below(all);
        let fault = ANY.iter().chain(&HOSTILE).nth(which).copied()?;
        Some((fault, step))
    }

    /// It goes wrong now.
    fn fails(&mut self, plan: Plan, fault: Fault, step: usize) -> bool {
        let now = plan == Some((fault, step));
        if now {
            self.count(fault);
        }
        now
    }

    /// One exchange, as far as it comes.
    pub fn meet(&mut self, asks: usize, whom: Whom) -> Option<Outcome> {
        let plan = self.plan(whom);
        if let Whom::Device(other) = whom
            && !self.devices[other].is_in()
        {
            return None;
        }
        let (peer, mut exchange) = self.begin_with(asks, whom)?;
        let (mut was_met, mut is_done, mut step) = (false, false, 0);
        while !is_done {
            assert!(step < 300, "an exchange does not end");
            if self.fails(plan, Fault::KilledBegun, step) {
                self.devices[asks].kill();
                return None;
            }
            let request = self.devices[asks].within(None, |app| app.ask_peer(&mut exchange).unwrap())?;
            let realm = self.realm;
            if self.fails(plan, Fault::KilledAsked, step) {
                self.devices[asks].kill();
                return None;
            }
            let reply = self.carry(plan, step, whom, realm, request);
            let Some(replies) = self.carry_back(plan, step, reply) else { break };
            for reply in replies {
                let killed = self.fails(plan, Fault::KilledHearing, step).then(|| self.random.below(10));
                let heard = self.devices[asks].within(killed, |app| app.hear_reply(&mut exchange, &reply));
                // Killed, or out by what it heard.
                match heard? {
                    Ok(more) => (was_met, is_done) = (true, !more),
                    Err(failure) => {
                        let is_rough = plan.is_some() || failure.code.shuts_out();
                        assert!(is_expected(&failure) && (is_rough || self.is_rough), "{failure:?}");
                        is_done = true;
                    }
                }
            }
            if self.fails(plan, Fault::KilledHeard, step) {
                self.devices[asks].kill();
                return None;
            }
            step += 1;
        }
        if was_met {
            self.devices[asks].within(None, |app| app.note_exchange(&exchange, &peer, "").unwrap())?;
        }
        if plan.is_some_and(|(fault, _)| fault == Fault::KilledNoted) {
            self.count(Fault::KilledNoted);
            self.devices[asks].kill();
        }
        let outcome = exchange.outcome().clone();
        self.say(&format!("{} met {whom:?}, {plan:?}: {outcome:?}", self.name(asks)));
        Some(outcome)
    }

    fn begin_with(&mut self, asks: usize, whom: Whom) -> Option<(tern_sync::Peer, Exchange)> {
        let hub = self.hub.peer();
        let other = match whom {
            Whom::Hub => None,
            Whom::Device(other) => Some(self.template.seats[self.devices[other].who]),
        };
        let begin = |app: &mut App| {
            // Nobody can ask a device of which nothing was heard.
            let peer = match other {
                Some(seat) => app.peer_of(seat).ok()?,
                None => hub,
            };
            Some((peer, app.begin_exchange(peer).unwrap()))
        };
        self.devices[asks].within(None, begin).flatten()
    }

    /// The request on its way to who answers; gives the reply.
    fn carry(
        &mut self,
        plan: Plan,
        step: usize,
        whom: Whom,
        realm: RealmId,
        mut request: Vec<u8>,
    ) -> Option<Vec<u8>> {
        self.line.requests.push((whom, request.clone()));
        if self.fails(plan, Fault::RequestLost, step) {
            return None;
        }
        if self.fails(plan, Fault::RequestLate, step) {
            self.late.push((whom, request));
            return None;
        }
        if plan.is_some_and(|(fault, at)| fault == Fault::RequestOutOfOrder && at == step) {
            let old: Vec<Vec<u8>> =
                self.line.requests.iter().filter(|(to, _)| *to == whom).map(|(_, old)| old.clone()).collect();
            let old = old[self.random.below(old.len())].clone();
            self.count(Fault::RequestOutOfOrder);
            self.answer_of(whom, &old, None);
        }
        if self.fails(plan, Fault::RequestTwice, step) {
            self.answer_of(whom, &request, None);
        }
        if self.fails(plan, Fault::RequestCut, step) {
            request.truncate(self.random.below(request.len()));
        }
        if self.fails(plan, Fault::RequestFlipped, step) {
            self.flip(&mut request);
        }
        if self.fails(plan, Fault::HubGarbage, step) {
            let bytes = self.random.below(400);
            return Some((0..bytes).map(|_| self.random.below(256) as u8).collect());
        }
        if self.fails(plan, Fault::HubLies, step) {
            return self.hub.lie(realm, &request);
        }
        if self.fails(plan, Fault::HubReplays, step)
            && let Some(old) = self.line.replies.last()
        {
            return Some(old.clone());
        }
        let killed = self.fails(plan, Fault::KilledAnswering, step).then(|| self.random.below(10));
        let reply = self.answer_of(whom, &request, killed);
        if self.fails(plan, Fault::KilledAnswered, step) {
            self.kill_of(whom);
            return None;
        }
        reply
    }

    /// A hub answers in one transaction, so what kills it in the middle is the same as never having been asked.
    fn answer_of(&mut self, whom: Whom, request: &[u8], killed: Option<usize>) -> Option<Vec<u8>> {
        match whom {
            Whom::Hub if killed.is_some() => {
                self.hub.kill();
                None
            }
            Whom::Hub => Some(self.hub.answer(request).expect("a hub with room answers")),
            Whom::Device(at) => match self.devices[at].within(killed, |app| app.answer_peer(request))? {
                Ok(reply) => Some(reply),
                Err(failure) if failure.code.shuts_out() => None,
                Err(failure) => panic!("a device does not answer: {failure:?}"),
            },
        }
    }

    fn kill_of(&mut self, whom: Whom) {
        match whom {
            Whom::Hub => self.hub.kill(),
            Whom::Device(at) => self.devices[at].kill(),
        }
    }

    /// The reply on its way back: what is heard, one after another.
    fn carry_back(&mut self, plan: Plan, step: usize, reply: Option<Vec<u8>>) -> Option<Vec<Vec<u8>>> {
        let mut reply = reply?;
        if self.fails(plan, Fault::ReplyLost, step) {
            return None;
        }
        if let Some(old) = self.line.replies.last().cloned()
            && self.fails(plan, Fault::ReplyOld, step)
        {
            return Some(vec![old]);
        }
        self.line.replies.push(reply.clone());
        if self.fails(plan, Fault::ReplyTwice, step) {
            return Some(vec![reply.clone(), reply]);
        }
        if self.fails(plan, Fault::ReplyCut, step) {
            reply.truncate(self.random.below(reply.len()));
        }
        if self.fails(plan, Fault::ReplyFlipped, step) {
            self.flip(&mut reply);
        }
        Some(vec![reply])
    }

    /// Flips one bit.
    pub fn flip(&mut self, bytes: &mut [u8]) {
        if !bytes.is_empty() {
            let at = self.random.below(bytes.len());
            bytes[at] ^= 1 << self.random.below(8);
        }
    }

    /// Requests that were late come now.
    pub fn late_ones_come(&mut self) {
        for (whom, request) in std::mem::take(&mut self.late) {
            let is_there = match whom {
                Whom::Hub => true,
                Whom::Device(at) => self.devices[at].is_in(),
            };
            if is_there {
                self.answer_of(whom, &request, None);
            }
        }
    }

    /// The programme that a device works in.
    pub fn realm_of(app: &App) -> RealmId {
        app.roster().realm
    }
}
