use tokio::sync::broadcast::{self, error::RecvError, error::TryRecvError};

fn show(result: Result<i32, TryRecvError>) -> String {
    match result {
        Ok(value) => value.to_string(),
        Err(TryRecvError::Empty) => "empty".into(),
        Err(_) => "other".into(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, rx) = broadcast::channel(4);
    let second = tx.clone();
    println!("{}", tx.receiver_count());
    drop(rx);
    println!("{}", tx.receiver_count());
    println!("{}", tx.send(1).map_or("disconnected".to_string(), |n| n.to_string()));
    let mut fresh = tx.subscribe();
    println!("{}", show(fresh.try_recv()));
    tx.send(2).unwrap();
    drop(tx);
    println!("{}", fresh.recv().await.unwrap());
    println!("{}", show(fresh.try_recv()));
    drop(second);
    match fresh.recv().await {
        Ok(value) => println!("{value}"),
        Err(RecvError::Closed) => println!("disconnected"),
        Err(RecvError::Lagged(_)) => println!("other"),
    }
}
