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
    /// Exchanges with the hub at an address, such as `https://hub.example:8443#KEY`. One that was met before may be named
    /// without its key.
    pub fn sync_with_hub(&mut self, address: &str, watch: &mut dyn Watch) -> Reply<Outcome> {
        let endpoint = self.endpoint(address)?;
        let key = endpoint.key().ok_or(Trouble::Net(NetError::Address))?;
        let peer = Peer { key, seat: None };
        let told = if address.contains('#') { address.to_owned() } else { String::new() };
        let mut client = line(endpoint)?;
        let mut exchange = self.begin_exchange(peer)?;
        let mut was_met = false;
        let done = loop {
            let request = self.ask_peer(&mut exchange)?;
            let reply = match client.post(request, watch) {
                Ok(reply) => reply,
                Err(error) => break Err(Trouble::Net(error).into()),
            };
            match self.hear_reply(&mut exchange, &reply) {
                Ok(more) => {
                    was_met = true;
                    if !more {
                        break Ok(());
                    }
                }
                Err(failure) => break Err(failure),
            }
        };
        // What the hub has signed for until now it holds, however it ended.
        if was_met {
            self.note_exchange(&exchange, &peer, &told)?;
        }
        done.map(|()| exchange.outcome().clone())
    }

    /// The place that an address names. Without a key, only one that was met before, which has to have the same key: cut
    /// off by a message or a shell, an address would lead to whoever has the name.
    fn endpoint(&self, address: &str) -> Reply<Endpoint> {
        let endpoint: Endpoint = address.parse().map_err(Trouble::Net)?;
        if endpoint.key().is_some() {
            return Ok(endpoint);
        }
        let place = |told: &str| told.split('#').next() == Some(address);
        let before = self.vault.peers()?.into_iter().find(|peer| peer.seat.is_none() && place(&peer.address));
        let told = before.ok_or(Trouble::Net(NetError::Address))?.address;
        Ok(told.parse().map_err(Trouble::Net)?)
    }
}

fn line(endpoint: Endpoint) -> Reply<Client> {
    Ok(Client::new(endpoint, None, Bounds::for_reply(MAX_BODY + AROUND)).map_err(Trouble::Net)?)
}
