//! The hub of this device: where it is, and whether it is called by itself.

use serde::{Deserialize, Serialize};
use tern_net::{Endpoint, NetError};
use tern_seal::VerifyKey;

use super::trouble::Trouble;
use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

/// Where the setting lies in the vault.
const SETTING: &str = "hub";

/// A hub that somebody set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubSet {
    /// Its whole address.
    pub address: String,
    /// It is called now and then while somebody is at work; not where every byte is paid for.
    pub by_itself: bool,
}

impl App {
    /// The hub that is set.
    pub fn hub_set(&self) -> Reply<Option<HubSet>> {
        let said = self.vault.setting(SETTING)?.unwrap_or_default();
        Ok(serde_json::from_str(&said).ok())
    }

    /// Sets the hub; an empty address means none. Only a whole address is one: cut off before its key it leads to whoever
    /// has the name. The one before is forgotten: nobody goes there any more, so what lies there is safe nowhere.
    pub fn set_hub(&mut self, address: &str, by_itself: bool) -> Reply<Option<HubSet>> {
        let address = address.trim().to_owned();
        let set = if address.is_empty() {
            None
        } else {
            if !has_key(&address) {
                return Err(Trouble::Net(NetError::Address).into());
            }
            self.hub_at(&address)?;
            Some(HubSet { address, by_itself })
        };
        let key = |set: &HubSet| Ok::<_, Failure>(self.hub_at(&set.address)?.peer().key);
        let (before, now) = (self.hub_set()?.as_ref().map(key), set.as_ref().map(key).transpose()?);
        // An address that is none any more leads to no hub that anything is known of.
        let left = before.and_then(Result::ok).filter(|left| now != Some(*left));
        self.put_hub(set.as_ref(), left.as_ref())?;
        Ok(set)
    }

    /// Forgets a hub, the one that is set by default, with all that is known to lie there.
    pub fn forget_hub(&mut self, address: Option<&str>) -> Reply<()> {
        let set = self.hub_set()?;
        let known = set.as_ref().map(|set| set.address.as_str());
        let key = self.hub_at(address.or(known).ok_or(Trouble::NoHub)?)?.peer().key;
        let is_other = |set: &HubSet| self.hub_at(&set.address).is_ok_and(|called| called.peer().key != key);
        let stays = set.filter(is_other);
        self.put_hub(stays.as_ref(), Some(&key))
    }

    fn put_hub(&mut self, set: Option<&HubSet>, left: Option<&VerifyKey>) -> Reply<()> {
        let said = set.map(serde_json::to_string).transpose().map_err(|_| Code::Internal("hub"))?;
        let put = self.vault.write(|tx| {
            left.iter().try_for_each(|left| tx.remove_peer(left.as_bytes()))?;
            tx.put_setting(SETTING, &said.unwrap_or_default())
        });
        put.map_err(|error: tern_store::StoreError| Failure::from(error))
    }

    /// When a hub signed last.
    pub(crate) fn hub_met_ms(&self, set: &HubSet) -> Reply<Option<i64>> {
        let key = self.hub_at(&set.address)?.peer().key;
        Ok(self.vault.peer(key.as_bytes())?.map(|row| row.met_ms))
    }
}

/// It is a whole address, with the key that the hub has to have.
pub(crate) fn has_key(address: &str) -> bool {
    address.parse::<Endpoint>().is_ok_and(|at| at.key().is_some())
}
