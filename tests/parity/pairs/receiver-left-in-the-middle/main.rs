use std::sync::mpsc::{channel, RecvTimeoutError};
use std::time::Duration;

fn main() {
    let (tx, rx) = channel();
    for value in [1, 2, 3, 4] {
        tx.send(value).unwrap();
    }
    for value in &rx {
        println!("loop {value}");
        if value == 2 {
            break;
        }
    }
    println!("left {}", rx.try_iter().map(|v| v.to_string()).collect::<Vec<_>>().join(" "));
    println!("{}", tx.send(5).is_ok());
    drop(tx);
    for _ in 0..2 {
        match rx.recv_timeout(Duration::ZERO) {
            Ok(value) => println!("ok {value}"),
            Err(RecvTimeoutError::Timeout) => println!("timeout"),
            Err(RecvTimeoutError::Disconnected) => println!("disconnected"),
        }
    }
}
