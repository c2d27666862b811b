use std::sync::mpsc::{sync_channel, RecvTimeoutError, TryRecvError, TrySendError};
use std::thread;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(100);

fn main() {
    let (tx, rx) = sync_channel(0);
    println!(
        "{}",
        match tx.try_send(0) {
            Ok(()) => "ok",
            Err(TrySendError::Full(_)) => "full",
            Err(TrySendError::Disconnected(_)) => "disconnected",
        }
    );
    let worker = thread::spawn(move || {
        for value in [1, 2, 3] {
            tx.send(value).unwrap();
        }
        thread::sleep(PAUSE);
        match tx.try_send(4) {
            Ok(()) => "taken at once",
            Err(TrySendError::Full(_)) => "full",
            Err(TrySendError::Disconnected(_)) => "disconnected",
        }
    });
    thread::sleep(PAUSE);
    match rx.try_recv() {
        Ok(value) => println!("ok {value}"),
        Err(TryRecvError::Empty) => println!("empty"),
        Err(TryRecvError::Disconnected) => println!("disconnected"),
    }
    thread::sleep(PAUSE);
    match rx.recv_timeout(Duration::ZERO) {
        Ok(value) => println!("ok {value}"),
        Err(RecvTimeoutError::Timeout) => println!("timeout"),
        Err(RecvTimeoutError::Disconnected) => println!("disconnected"),
    }
    for _ in 0..3 {
        match rx.recv() {
            Ok(value) => println!("ok {value}"),
            Err(_) => println!("disconnected"),
        }
    }
    println!("{}", worker.join().unwrap());
}
