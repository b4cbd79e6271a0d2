//! The hub of this device: where it is, and whether it is called by itself.

use serde::{Deserialize, Serialize};
use tern_net::{Endpoint, NetError};

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
    /// has the name.
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
        let said = set.as_ref().map(serde_json::to_string).transpose().map_err(|_| Code::Internal("hub"))?;
        self.vault.write(|tx| tx.put_setting(SETTING, &said.unwrap_or_default())).map_err(Failure::from)?;
        Ok(set)
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
