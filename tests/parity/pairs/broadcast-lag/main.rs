use std::time::Duration;
use tokio::sync::broadcast::{
    self,
    error::{RecvError, TryRecvError},
};
use tokio::time::sleep;

async fn rest(name: &str, rx: &mut broadcast::Receiver<i32>) {
    let mut seen = Vec::new();
    loop {
        match rx.recv().await {
            Ok(value) => seen.push(value.to_string()),
            Err(RecvError::Closed) => break,
            Err(RecvError::Lagged(n)) => seen.push(format!("lagged {n}")),
        }
    }
    println!("{name}: {}", seen.join(", "));
}

fn show(result: Result<i32, TryRecvError>) -> String {
    match result {
        Ok(value) => value.to_string(),
        Err(TryRecvError::Empty) => "empty".into(),
        Err(TryRecvError::Closed) => "disconnected".into(),
        Err(TryRecvError::Lagged(n)) => format!("lagged {n}"),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (tx, mut slow) = broadcast::channel(2);
    println!("{}", show(slow.try_recv()));
    let mut quick = tx.subscribe();
    let reader = tokio::spawn(async move { rest("quick", &mut quick).await });
    for value in 1..=5 {
        match tx.send(value) {
            Ok(n) => println!("seen by {n}"),
            Err(_) => println!("disconnected"),
        }
        sleep(Duration::from_millis(1)).await;
    }
    let mut late = slow.resubscribe();
    println!("{}", show(slow.try_recv()));
    println!("{}", show(slow.try_recv()));
    tx.send(6).unwrap();
    tx.send(7).unwrap();
    drop(tx);
    rest("slow", &mut slow).await;
    rest("late", &mut late).await;
    reader.await.unwrap();
    println!("{}", show(late.try_recv()));
}
