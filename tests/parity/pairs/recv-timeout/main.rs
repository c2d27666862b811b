use std::sync::mpsc::{channel, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

fn show(rx: &Receiver<i32>, ms: u64) {
    match rx.recv_timeout(Duration::from_millis(ms)) {
        Ok(value) => println!("ok {value}"),
        Err(RecvTimeoutError::Timeout) => println!("timeout"),
        Err(RecvTimeoutError::Disconnected) => println!("disconnected"),
    }
}

fn main() {
    let (tx, rx) = channel();
    show(&rx, 5);
    show(&rx, 0);
    tx.send(1).unwrap();
    tx.send(2).unwrap();
    show(&rx, 0);
    let late = tx.clone();
    let worker = thread::spawn(move || {
        thread::sleep(Duration::from_millis(10));
        late.send(3).unwrap();
    });
    drop(tx);
    show(&rx, 1000);
    show(&rx, 1000);
    show(&rx, 1000);
    show(&rx, 0);
    worker.join().unwrap();
}
