use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{sync_channel, TryRecvError};
use std::thread;

fn main() {
    let (tx, rx) = sync_channel(0);
    let comes = AtomicBool::new(false);
    thread::scope(|s| {
        let comes = &comes;
        s.spawn(move || {
            comes.store(true, SeqCst);
            tx.send(1).unwrap();
        });
        thread::yield_now();
        let seen = comes.load(SeqCst);
        let tried = match rx.try_recv() {
            Ok(_) => "received",
            Err(TryRecvError::Empty) => "empty",
            Err(TryRecvError::Disconnected) => "disconnected",
        };
        if tried != "received" {
            rx.recv().unwrap();
        }
        println!("{}, {tried}", if seen { "comes" } else { "not seen" });
    });
}
