use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

const SPAN: Duration = Duration::from_millis(10);

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (tx, mut rx) = mpsc::channel(1);
    let sender = tokio::spawn(async move {
        sleep(SPAN).await;
        tx.send(1).await.unwrap();
        sleep(SPAN).await;
    });
    let receiver = tokio::spawn(async move {
        let got = timeout(SPAN, rx.recv()).await;
        sleep(SPAN).await;
        if got.is_ok() { "in time" } else { "elapsed" }
    });
    let (_, told) = tokio::join!(sender, receiver);
    println!("{}", told.unwrap());
}
