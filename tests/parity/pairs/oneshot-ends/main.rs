use tokio::sync::oneshot::{self, error::TryRecvError};

fn show(result: Result<i32, TryRecvError>) -> String {
    match result {
        Ok(value) => format!("ok {value}"),
        Err(TryRecvError::Empty) => "empty".into(),
        Err(TryRecvError::Closed) => "disconnected".into(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = oneshot::channel();
    println!("{}", show(rx.try_recv()).as_str());
    println!("{}", tx.send(1).is_ok());
    println!("{}", show(rx.try_recv()));
    println!("{}", show(rx.try_recv()));

    let (unused, waits) = oneshot::channel::<i32>();
    drop(unused);
    println!("{}", waits.await.map_or("disconnected", |_| "ok"));

    let (mut refused, gone) = oneshot::channel();
    println!("{}", refused.is_closed());
    drop(gone);
    println!("{}", refused.is_closed());
    refused.closed().await;
    println!("{}", refused.send(2).is_ok());

    let (early, late) = oneshot::channel();
    early.send(3).unwrap();
    println!("{}", late.await.map_or("disconnected".to_string(), |v| format!("ok {v}")));
}
