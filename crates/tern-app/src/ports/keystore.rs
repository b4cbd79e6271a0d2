//! The keystore of the operating system: Secret Service on Linux, the keychain on Apple's systems, the credential manager
//! on Windows. One key a device, as an extra factor beside the passphrase. It is never the only holder of anything: the
//! rescue code opens without it.

use tern_record::DeviceId;
use tern_seal::slot::KeystoreKey;
use zeroize::Zeroizing;

use super::Keystore;

/// What keystores call this program.
const SERVICE: &str = "tern";

/// The system's keystore, when one answers.
#[cfg(any(target_os = "linux", target_os = "macos", target_os = "windows"))]
pub(super) fn find() -> Option<Box<dyn Keystore>> {
    #[cfg(target_os = "linux")]
    let store = dbus_secret_service_keyring_store::Store::new().ok()?;
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new().ok()?;
    #[cfg(target_os = "windows")]
    let store = windows_native_keyring_store::Store::new().ok()?;
    Some(Box::new(System(store)))
}

/// Other systems keep keys in ways of their own.
#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
pub(super) fn find() -> Option<Box<dyn Keystore>> {
    None
}

struct System(std::sync::Arc<keyring_core::CredentialStore>);

impl System {
    fn entry(&self, device: DeviceId) -> Option<keyring_core::Entry> {
        keyring_core::Entry::new_in_store(&self.0, SERVICE, &device.to_hex()).ok()
    }
}

impl Keystore for System {
    fn get(&self, device: DeviceId) -> Option<KeystoreKey> {
        let secret = Zeroizing::new(self.entry(device)?.get_secret().ok()?);
        KeystoreKey::from_slice(&secret).ok()
    }

    fn put(&self, device: DeviceId, key: &KeystoreKey) -> bool {
        self.entry(device).is_some_and(|entry| entry.set_secret(key.as_bytes()).is_ok())
    }
}
