use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{sync_channel, RecvTimeoutError};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(100);

fn main() {
    let (tx, rx) = sync_channel(0);
    let sent = Arc::new(AtomicI32::new(0));
    let worker = thread::spawn({
        let sent = sent.clone();
        move || {
            for value in [1, 2] {
                tx.send(value).unwrap();
                sent.store(value, Ordering::SeqCst);
            }
        }
    });
    thread::sleep(PAUSE);
    println!("sent {}", sent.load(Ordering::SeqCst));
    println!("got {}", rx.recv().is_ok());
    thread::sleep(PAUSE);
    println!("sent {}", sent.load(Ordering::SeqCst));
    println!("got {}", rx.recv().is_ok());
    worker.join().unwrap();
    println!("sent {}", sent.load(Ordering::SeqCst));
    match rx.recv_timeout(Duration::from_millis(5)) {
        Ok(_) => println!("ok"),
        Err(RecvTimeoutError::Timeout) => println!("timeout"),
        Err(RecvTimeoutError::Disconnected) => println!("disconnected"),
    }
}
