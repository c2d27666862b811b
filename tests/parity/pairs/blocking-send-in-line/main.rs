use std::time::Duration;
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

fn show(result: Result<(), TrySendError<&str>>) -> &'static str {
    match result {
        Ok(()) => "sent",
        Err(TrySendError::Full(_)) => "full",
        Err(TrySendError::Closed(_)) => "disconnected",
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(1);
    tx.send("first").await.unwrap();
    let (own, other) = (tx.clone(), tx.clone());
    let task = tokio::spawn(async move { own.send("the task's").await.unwrap() });
    sleep(Duration::from_millis(20)).await;
    let job = spawn_blocking(move || other.blocking_send("the thread's").is_ok());
    sleep(Duration::from_millis(100)).await;
    println!("{}", show(tx.try_send("pushed in")));
    println!("{}", rx.try_recv().unwrap());
    println!("{}", show(tx.try_send("pushed in")));
    drop(tx);
    while let Some(next) = rx.recv().await {
        println!("{next}");
    }
    task.await.unwrap();
    println!("{}", job.await.unwrap());
}
