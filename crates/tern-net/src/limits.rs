//! What callers are held to before anybody looks at what they say.

use std::time::Duration;

/// Limits of a server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Longest request in bytes.
    pub body: usize,
    /// Connections at once. Each may hold one request and one reply in memory.
    pub connections: usize,
    /// What one address may do. None behind a proxy, which has but one.
    pub per_address: Option<PerAddress>,
    /// Requests that are worked on at once.
    pub answers: usize,
    /// How long a request waits for its turn.
    pub wait: Duration,
    /// How long nothing may come or go before the line is dropped.
    pub stall: Duration,
    /// How long a connection may last.
    pub longest: Duration,
    /// How long what is going on may go on after the stop.
    pub grace: Duration,
}

/// Limits of one address: for IPv6, of one network of 64 bits.
#[derive(Clone, Copy, Debug)]
pub struct PerAddress {
    /// Connections at once.
    pub connections: usize,
    /// Requests at once, after a pause.
    pub burst: u32,
    /// Requests a minute for good.
    pub per_minute: u32,
}

impl Limits {
    /// For requests of so many bytes: a hub of a programme of some hundred devices. An office stands behind one address.
    pub const fn for_body(body: usize) -> Self {
        Self {
            body,
            connections: 256,
            per_address: Some(PerAddress { connections: 32, burst: 600, per_minute: 1_200 }),
            answers: 4,
            wait: Duration::from_secs(30),
            stall: Duration::from_secs(60),
            longest: Duration::from_secs(2 * 60 * 60),
            grace: Duration::from_secs(20),
        }
    }

    /// For a device that listens to a few others, and is locked without delay.
    pub const fn of_device(body: usize) -> Self {
        Self {
            connections: 16,
            per_address: Some(PerAddress { connections: 4, burst: 600, per_minute: 1_200 }),
            answers: 1,
            grace: Duration::from_millis(300),
            ..Self::for_body(body)
        }
    }
}
