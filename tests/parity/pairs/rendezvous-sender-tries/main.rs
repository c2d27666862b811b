use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{sync_channel, TrySendError};
use std::thread;

fn main() {
    let (tx, rx) = sync_channel(0);
    let comes = AtomicBool::new(false);
    thread::scope(|s| {
        let comes = &comes;
        s.spawn(move || {
            comes.store(true, SeqCst);
            rx.recv().unwrap();
        });
        thread::yield_now();
        let seen = comes.load(SeqCst);
        let tried = match tx.try_send(1) {
            Ok(()) => "sent",
            Err(TrySendError::Full(_)) => "full",
            Err(TrySendError::Disconnected(_)) => "disconnected",
        };
        if tried != "sent" {
            tx.send(1).unwrap();
        }
        println!("{}, {tried}", if seen { "comes" } else { "not seen" });
    });
}
