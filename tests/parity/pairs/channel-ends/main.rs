use std::sync::mpsc::{channel, TryRecvError};
use std::thread;

fn show(r: Result<i32, TryRecvError>) -> String {
    match r {
        Ok(v) => format!("ok {v}"),
        Err(TryRecvError::Empty) => "empty".into(),
        Err(TryRecvError::Disconnected) => "disconnected".into(),
    }
}

fn main() {
    let (tx, rx) = channel();
    let second = tx.clone();
    println!("{}", show(rx.try_recv()));
    thread::spawn(move || {
        tx.send(1).unwrap();
    })
    .join()
    .unwrap();
    second.send(2).unwrap();
    drop(second);
    for value in rx.iter() {
        println!("{value}");
    }
    println!("{}", show(rx.try_recv()));
    println!("{}", rx.recv().map_or("disconnected".to_string(), |v| format!("ok {v}")));
}
