//! An exchange over a line: with a hub, asked again and again until both hold the same.

use tern_net::{Bounds, Client, Endpoint, NetError, Watch};
use tern_sync::limits::MAX_BODY;
use tern_sync::{Outcome, Peer};

use super::trouble::Trouble;
use crate::Reply;
use crate::app::App;

/// What stands around a reply of the longest body.
const AROUND: usize = 512;

impl App {
    /// Exchanges with the hub at an address, such as `https://hub.example:8443#KEY`. A hub whose address tells no key is
    /// asked for it the first time, and has to have the same one ever after.
    pub fn sync_with_hub(&mut self, address: &str, watch: &mut dyn Watch) -> Reply<Outcome> {
        let endpoint = self.endpoint(address, watch)?;
        let key = endpoint.key().ok_or(Trouble::Net(NetError::Address))?;
        let peer = Peer { key, seat: None };
        let mut client = line(endpoint)?;
        let mut exchange = self.begin_exchange(peer)?;
        let done = loop {
            let request = self.ask_peer(&mut exchange)?;
            let reply = match client.post(request, watch) {
                Ok(reply) => reply,
                Err(error) => break Err(Trouble::Net(error).into()),
            };
            match self.hear_reply(&mut exchange, &reply) {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(failure) => break Err(failure),
            }
        };
        // What the hub has signed for until now it holds, however it ended.
        if exchange.outcome().tally.round_trips > 0 && !exchange.memory().is_empty() {
            self.note_exchange(&exchange, &peer, address)?;
        }
        done.map(|()| exchange.outcome().clone())
    }

    fn endpoint(&self, address: &str, watch: &mut dyn Watch) -> Reply<Endpoint> {
        let endpoint: Endpoint = address.parse().map_err(Trouble::Net)?;
        if endpoint.key().is_some() {
            return Ok(endpoint);
        }
        let before = self.vault.peers()?.into_iter().find(|peer| peer.address == address);
        let asked = line(endpoint.clone())?.ask_key(watch).map_err(Trouble::Net)?;
        match before {
            Some(before) if before.key != *asked.as_bytes() => Err(Trouble::Net(NetError::Tls).into()),
            _ => Ok(endpoint.with_key(asked)),
        }
    }
}

fn line(endpoint: Endpoint) -> Reply<Client> {
    Ok(Client::new(endpoint, None, Bounds::for_reply(MAX_BODY + AROUND)).map_err(Trouble::Net)?)
}
