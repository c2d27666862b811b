use std::time::Duration;
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::time::sleep;

fn show(result: Result<(), TrySendError<&str>>) -> &'static str {
    match result {
        Ok(()) => "sent",
        Err(TrySendError::Full(_)) => "full",
        Err(TrySendError::Closed(_)) => "disconnected",
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (tx, mut rx) = mpsc::channel(1);
    tx.send("first").await.unwrap();
    println!("{}", show(tx.try_send("too many")));
    let own = tx.clone();
    let waiting = tokio::spawn(async move { own.send("second").await.is_ok() });
    sleep(Duration::from_millis(1)).await;
    println!("{}", rx.try_recv().unwrap());
    println!("{}", show(tx.try_send("pushed in")));
    waiting.await.unwrap();
    drop(tx);
    while let Some(next) = rx.recv().await {
        println!("{next}");
    }
}
