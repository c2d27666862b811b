use std::sync::mpsc::{channel, TryRecvError};
use std::thread;

fn main() {
    let (tx, rx) = channel();
    let worker = thread::spawn(move || tx.send(1).is_ok());
    let seen: Vec<_> = (0..2)
        .map(|_| {
            thread::yield_now();
            match rx.try_recv() {
                Ok(value) => format!("ok {value}"),
                Err(TryRecvError::Empty) => "empty".to_string(),
                Err(TryRecvError::Disconnected) => "disconnected".to_string(),
            }
        })
        .collect();
    println!("{}", seen.join(", "));
    worker.join().unwrap();
}
