use std::time::Duration;
use tokio::sync::mpsc::{self, error::TryRecvError};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (tx, rx) = mpsc::channel(1);
    let waiting = tokio::spawn(async move {
        let mut results = Vec::new();
        for value in [1, 2, 3] {
            let sent = tx.send(value).await;
            results.push(if sent.is_ok() { "sent" } else { "disconnected" });
        }
        results.join(" ")
    });
    sleep(Duration::from_millis(5)).await;
    drop(rx);
    println!("{}", waiting.await.unwrap());

    let (many, mut all) = mpsc::unbounded_channel();
    let second = many.clone();
    many.send(1).unwrap();
    second.send(2).unwrap();
    drop(many);
    tokio::spawn(async move {
        sleep(Duration::from_millis(10)).await;
        second.send(3).unwrap();
    });
    while let Some(next) = all.recv().await {
        println!("{next}");
    }
    match all.try_recv() {
        Ok(value) => println!("{value}"),
        Err(TryRecvError::Empty) => println!("empty"),
        Err(TryRecvError::Disconnected) => println!("disconnected"),
    }
}
