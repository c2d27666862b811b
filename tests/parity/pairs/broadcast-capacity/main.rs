use tokio::sync::broadcast::{self, error::TryRecvError};

fn main() {
    let (tx, mut rx) = broadcast::channel(3);
    for value in [1, 2, 3, 4, 5] {
        tx.send(value).unwrap();
    }
    match rx.try_recv() {
        Ok(value) => println!("{value}"),
        Err(TryRecvError::Lagged(n)) => println!("lagged {n}"),
        Err(TryRecvError::Empty) => println!("empty"),
        Err(TryRecvError::Closed) => println!("disconnected"),
    }
}
