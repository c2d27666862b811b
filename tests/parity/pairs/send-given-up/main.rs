use std::time::Duration;
use tokio::sync::mpsc::{self, error::TryRecvError};
use tokio::time::{sleep, timeout};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (tx, mut rx) = mpsc::channel(1);
    tx.send("first").await.unwrap();
    let (impatient, patient) = (tx.clone(), tx.clone());
    let gave_up = tokio::spawn(async move {
        match timeout(ms(5), impatient.send("given up")).await {
            Ok(_) => "sent",
            Err(_) => "elapsed",
        }
    });
    sleep(ms(1)).await;
    let sent = tokio::spawn(async move {
        match patient.send("behind it").await {
            Ok(()) => "sent",
            Err(_) => "disconnected",
        }
    });
    sleep(ms(10)).await;
    println!("{}", rx.recv().await.unwrap());
    println!("{}", gave_up.await.unwrap());
    println!("{}", sent.await.unwrap());
    println!("{}", rx.recv().await.unwrap());
    match rx.try_recv() {
        Ok(value) => println!("{value}"),
        Err(TryRecvError::Empty) => println!("empty"),
        Err(TryRecvError::Disconnected) => println!("disconnected"),
    }
}
