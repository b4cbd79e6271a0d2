//! Sites: each has what protects and what is restricted under keys of its own.

use tern_seal::SealKey;
use tern_seal::epoch::{epoch_key, wrap_epoch_key};
use tern_seal::roster::{Author, Body, PlaceName, ScopeKind, ScopeOpened, SiteId, scope_id, site_id};

use super::admit_seat::member_name;
use super::say::Said;
use crate::Reply;
use crate::app::{App, sealing};
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::programme::countries;

impl App {
    /// Opens a site. Who opens it holds its keys only until somebody who works there has come: then they change.
    pub fn create_site(&mut self, name: &str, country: &str) -> Reply<SiteId> {
        self.certifies()?;
        let name = member_name(name)?;
        if !countries(&self.schema).any(|known| known.code == country) {
            return Err(Failure::about(Code::UnknownCountry, [country.to_owned()]));
        }
        if self.sites().iter().any(|(_, site)| site.name == name) {
            return Err(Code::SiteThere.into());
        }
        let mut nonce = [0; 16];
        self.draw(|random| random.fill(&mut nonce));
        let place = PlaceName { name, country: country.to_owned() };
        let narrow =
            self.roster.scopes.values().any(|scope| scope.kind == ScopeKind::Core && scope.site.is_some());
        let mut kinds = vec![ScopeKind::Protection, ScopeKind::Restricted];
        if narrow {
            kinds.push(ScopeKind::Core);
        }
        let said = kinds.into_iter().map(|kind| self.opened_scope(kind, nonce, &place));
        let said = said.collect::<Reply<_>>()?;
        let event = self.event(Event::SiteOpened);
        self.say_all(said, |tx| tx.add_audit(&event))?;
        Ok(site_id(self.realm, Author::Seat(self.me.seat), &nonce))
    }

    fn opened_scope(&self, kind: ScopeKind, nonce: [u8; 16], place: &PlaceName) -> Reply<Said> {
        let realm_key =
            self.keys.realm.epochs.get(&self.keys.realm.current).ok_or(Code::Internal("epoch"))?;
        let public = self.payload.wrap.public().map_err(sealing)?;
        let me = self.me.seat;
        let (scope, key) =
            (scope_id(self.realm, Author::Seat(me), &nonce, kind), self.draw(SealKey::make_random));
        let wrap = self.draw(|random| wrap_epoch_key((me, &public), self.realm, scope, &key, random));
        let name = self.draw(|random| place.close(realm_key, self.realm, scope, random));
        let first = epoch_key(&key, scope, [me]).map_err(sealing)?;
        let opened = ScopeOpened { nonce, kind, at_site: true, name, first };
        Ok(Said { body: Body::Scope(opened), wraps: vec![wrap.map_err(sealing)?] })
    }

    /// The site of this name.
    pub fn site_named(&self, name: &str) -> Reply<SiteId> {
        let found = self.sites().into_iter().find(|(_, site)| site.name == name.trim());
        found.map(|(site, _)| site).ok_or_else(|| Code::UnknownSite.into())
    }
}
