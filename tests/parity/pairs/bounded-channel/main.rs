use std::sync::mpsc::{sync_channel, SyncSender, TrySendError};
use std::thread;
use std::time::Duration;

fn tried(tx: &SyncSender<i32>, value: i32) {
    match tx.try_send(value) {
        Ok(()) => println!("sent {value}"),
        Err(TrySendError::Full(_)) => println!("{value}: full"),
        Err(TrySendError::Disconnected(_)) => println!("{value}: disconnected"),
    }
}

fn main() {
    let (tx, rx) = sync_channel(2);
    tried(&tx, 1);
    tried(&tx, 2);
    tried(&tx, 3);
    let waiting = tx.clone();
    let worker = thread::spawn(move || waiting.send(4).is_ok());
    thread::sleep(Duration::from_millis(10));
    println!("{}", worker.is_finished());
    println!("{}", rx.recv().unwrap());
    println!("{}", worker.join().unwrap());
    tried(&tx, 5);
    drop(tx);
    println!("{}", rx.iter().map(|v| v.to_string()).collect::<Vec<_>>().join(" "));
}
