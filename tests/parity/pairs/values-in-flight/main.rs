use std::sync::mpsc::{channel, sync_channel, Receiver, Sender, TryRecvError, TrySendError};

fn peek(rx: &Receiver<i32>) -> &'static str {
    match rx.try_recv() {
        Ok(_) => "ok",
        Err(TryRecvError::Empty) => "empty",
        Err(TryRecvError::Disconnected) => "disconnected",
    }
}

fn main() {
    let (tx, rx) = channel::<Sender<i32>>();
    let (inner, inner_rx) = channel();
    inner.send(7).unwrap();
    tx.send(inner).unwrap();
    println!("{}", inner_rx.recv().is_ok());
    println!("{}", peek(&inner_rx));
    drop(rx);
    println!("{}", peek(&inner_rx));

    let (other, other_rx) = channel::<i32>();
    match tx.send(other) {
        Ok(()) => println!("ok"),
        Err(back) => {
            println!("disconnected");
            drop(back.0);
        }
    }
    println!("{}", peek(&other_rx));

    let (bounded, bounded_rx) = sync_channel(1);
    println!("{}", bounded.send(1).is_ok());
    drop(bounded_rx);
    println!(
        "{}",
        match bounded.try_send(2) {
            Ok(()) => "ok",
            Err(TrySendError::Full(_)) => "full",
            Err(TrySendError::Disconnected(_)) => "disconnected",
        }
    );
    println!("{}", bounded.send(3).map_or("disconnected", |()| "ok"));
}
