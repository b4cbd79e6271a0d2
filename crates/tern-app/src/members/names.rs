//! What programme, sites and people are called: sealed in the roster, open to members.

use tern_record::ScopeId;
use tern_seal::roster::{PlaceName, ScopeKind, ScopeState, SiteId};

use crate::app::App;

impl App {
    /// What the programme, this seat's site and its country are called: `programme`, `site`, `country`.
    pub(crate) fn named(&self, key: &str) -> String {
        let name = match key {
            "programme" => self.roster.scopes.iter().find_map(|(id, scope)| {
                (scope.kind == ScopeKind::Realm).then(|| self.place_name(*id, scope)).flatten()
            }),
            _ => self.my_site().and_then(|site| self.site_name(site)),
        };
        name.map_or_else(String::new, |name| if key == "country" { name.country } else { name.name })
    }

    /// The site where this seat works.
    pub(crate) fn my_site(&self) -> Option<SiteId> {
        self.roster.seats.get(&self.me.seat).and_then(|seat| seat.site)
    }

    /// Sites with their names, by name.
    pub(crate) fn sites(&self) -> Vec<(SiteId, PlaceName)> {
        let protected = self.roster.scopes.values().filter(|scope| scope.kind == ScopeKind::Protection);
        let mut sites: Vec<(SiteId, PlaceName)> =
            protected.filter_map(|scope| Some((scope.site?, self.site_name(scope.site?)?))).collect();
        sites.sort_by(|one, other| (&one.1.name, one.0).cmp(&(&other.1.name, other.0)));
        sites
    }

    /// What a site is called.
    pub(crate) fn site_name(&self, site: SiteId) -> Option<PlaceName> {
        self.roster
            .scopes
            .iter()
            .filter(|(_, scope)| scope.site == Some(site))
            .find_map(|(id, scope)| self.place_name(*id, scope))
    }

    fn place_name(&self, id: ScopeId, scope: &ScopeState) -> Option<PlaceName> {
        let mut keys = self.keys.realm.epochs.values();
        keys.find_map(|key| PlaceName::open(&scope.name, key, self.realm, id).ok())
    }
}
