//! People, devices and keys by command line.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tern_app::members::script::{self, Whom};
use tern_app::{App, Ports, Schema};

use crate::args::{Common, Device, Roster, Scope, Site, Worker};
use crate::run::{Refused, passphrase, passphrase_given};

/// What works without a programme on the device: asking and joining.
pub fn alone(
    device: &Device,
    folder: &Path,
    common: &Common,
    schema: &Arc<Schema>,
    ports: &Arc<Ports>,
) -> Result<Option<Value>, Refused> {
    Ok(match device {
        Device::Request { invite, device, out } => {
            let given = passphrase_given(common)?;
            Some(script::device_request(folder, invite, device, out, given.as_deref(), ports)?)
        }
        Device::Join { admission } => {
            let typed = passphrase(common)?;
            Some(script::device_join(folder, admission, &typed, Arc::clone(schema), Arc::clone(ports))?)
        }
        _ => None,
    })
}

/// Devices of a programme.
pub fn devices(app: &mut App, device: &Device) -> Result<Value, Refused> {
    Ok(match device {
        Device::Request { .. } | Device::Join { .. } => {
            return Err(Refused::Usage("This command stands alone.".into()));
        }
        Device::Invite { out, hours } => app.script_invite(out, *hours)?,
        Device::Admit { request, whom, check_words, out } => {
            let whom = Whom { worker: whom.name.clone(), roles: whom.roles.clone(), site: whom.site.clone() };
            app.script_admit(request, &whom, check_words.as_deref(), out)?
        }
        Device::List => app.script_devices()?,
        Device::Change { seat, roles, site } => app.script_change(seat, roles, site.as_deref())?,
        Device::Remove { seat, reason } => app.script_remove(seat, reason)?,
    })
}

/// Workers of this device.
pub fn workers(app: &mut App, worker: &Worker) -> Result<Value, Refused> {
    let Worker::Add { name, roles, site, words_file } = worker;
    let whom = Whom { worker: name.clone(), roles: roles.clone(), site: site.clone() };
    let words = words_file.as_deref().map(tern_app::script::read_text).transpose()?;
    let words = words.map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
    Ok(app.script_add_worker(&whom, words.as_deref())?)
}

/// Sites, keys, the signed membership.
pub fn sites(app: &mut App, site: &Site) -> Result<Value, Refused> {
    let Site::Create { name, country } = site;
    Ok(app.script_create_site(name, country)?)
}

/// Keys.
pub fn scopes(app: &App, scope: &Scope) -> Value {
    let Scope::List = scope;
    app.script_scopes()
}

/// The signed membership.
pub fn roster(app: &mut App, roster: &Roster) -> Result<Value, Refused> {
    Ok(match roster {
        Roster::Log { out } => app.script_roster(out.as_deref())?,
        Roster::Read { file } => app.script_read_roster(file)?,
    })
}
