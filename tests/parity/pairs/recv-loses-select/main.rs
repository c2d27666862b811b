use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (tx, mut rx) = mpsc::channel(4);
    tokio::spawn(async move {
        for value in [1, 2, 3] {
            sleep(Duration::from_millis(15)).await;
            tx.send(value).await.unwrap();
        }
    });
    loop {
        tokio::select! {
            biased;
            _ = sleep(Duration::from_millis(10)) => println!("tick"),
            value = rx.recv() => match value {
                Some(value) => println!("{value}"),
                None => break,
            },
        }
    }
    println!("end");
}
