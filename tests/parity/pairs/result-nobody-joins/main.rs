use std::sync::mpsc::{channel, RecvTimeoutError};
use std::thread;
use std::time::Duration;

fn main() {
    let (tx, rx) = channel::<i32>();
    thread::spawn(move || tx);
    match rx.recv_timeout(Duration::from_millis(1000)) {
        Ok(_) => println!("value"),
        Err(RecvTimeoutError::Timeout) => println!("timeout"),
        Err(RecvTimeoutError::Disconnected) => println!("disconnected"),
    }
}
