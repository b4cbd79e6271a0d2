//! Sites: each has what protects and what is restricted under keys of its own.

use tern_record::ScopeId;
use tern_seal::SealKey;
use tern_seal::epoch::{commitment, intake_secret, wrap_epoch_key};
use tern_seal::roster::{Body, PlaceName, ScopeKind, ScopeOpened, SiteId};

use super::admit_seat::member_name;
use crate::Reply;
use crate::app::{App, sealing};
use crate::failure::{Code, Failure};
use crate::programme::countries;

impl App {
    /// Opens a site. Who opens it holds its keys only until somebody who works there has come: then they change.
    pub fn create_site(&mut self, name: &str, country: &str) -> Reply<SiteId> {
        self.certifies()?;
        let name = member_name(name)?;
        if !countries(&self.schema).any(|known| known.code == country) {
            return Err(Failure::about(Code::Form("wrong-code".to_owned()), ["country".to_owned()]));
        }
        if self.sites().iter().any(|(_, site)| site.name == name) {
            return Err(Code::SiteThere.into());
        }
        let site: SiteId = *self.draw(ScopeId::make_random).as_bytes();
        let place = PlaceName { name, country: country.to_owned() };
        let narrow =
            self.roster.scopes.values().any(|scope| scope.kind == ScopeKind::Core && scope.site.is_some());
        let mut kinds = vec![ScopeKind::Protection, ScopeKind::Restricted];
        if narrow {
            kinds.push(ScopeKind::Core);
        }
        let bodies = kinds
            .into_iter()
            .map(|kind| self.opened_scope(kind, site, &place).map(Body::Scope))
            .collect::<Reply<_>>()?;
        let event = self.event("site_opened", None, "");
        self.say(bodies, |tx| tx.add_audit(&event))?;
        Ok(site)
    }

    fn opened_scope(&self, kind: ScopeKind, site: SiteId, place: &PlaceName) -> Reply<ScopeOpened> {
        let realm_key =
            self.keys.realm.epochs.get(&self.keys.realm.current).ok_or(Code::Internal("epoch"))?;
        let public = self.payload.wrap.public().map_err(sealing)?;
        let (scope, key) = self.draw(|random| (ScopeId::make_random(random), SealKey::make_random(random)));
        let wrap =
            self.draw(|random| wrap_epoch_key((self.me.seat, &public), self.realm, scope, &key, random));
        Ok(ScopeOpened {
            scope,
            kind,
            site: Some(site),
            commitment: commitment(&key, scope),
            intake: Some(intake_secret(&key, scope).public().map_err(sealing)?),
            name: self.draw(|random| place.close(realm_key, self.realm, scope, random)),
            wraps: vec![wrap.map_err(sealing)?],
            earlier: Vec::new(),
        })
    }

    /// The site of this name.
    pub fn site_named(&self, name: &str) -> Reply<SiteId> {
        let found = self.sites().into_iter().find(|(_, site)| site.name == name.trim());
        found.map(|(site, _)| site).ok_or_else(|| Code::UnknownSite.into())
    }
}
