use std::sync::{Arc, RwLock, TryLockError};
use std::thread;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(100);

fn main() {
    let words = Arc::new(RwLock::new(Vec::new()));
    let first = words.read().unwrap();
    let own = words.clone();
    let writer = thread::spawn(move || own.write().unwrap().push("writer"));
    thread::sleep(PAUSE);
    println!(
        "{}",
        match words.try_read() {
            Ok(_) => "reads past the writer",
            Err(TryLockError::WouldBlock) => "would-block",
            Err(TryLockError::Poisoned(_)) => "poisoned",
        }
    );
    let own = words.clone();
    let reader = thread::spawn(move || own.read().unwrap().join(","));
    thread::sleep(PAUSE);
    drop(first);
    println!("the reader behind saw: {}", reader.join().unwrap());
    writer.join().unwrap();
}
