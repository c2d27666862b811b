use std::sync::mpsc::{channel, sync_channel};
use std::thread;
use std::time::Duration;

fn main() {
    let (tx, rx) = sync_channel(1);
    let (told, tell) = channel();
    let worker = thread::spawn(move || {
        let first = tx.send(1);
        told.send(if first.is_ok() { "first is in" } else { "first is lost" }).unwrap();
        match tx.send(2) {
            Ok(()) => "second is in",
            Err(_) => "disconnected",
        }
    });
    println!("{}", tell.recv().unwrap());
    thread::sleep(Duration::from_millis(5));
    drop(rx);
    println!("{}", worker.join().unwrap());
}
