use std::sync::Arc;
use std::time::Duration;
use tokio::sync::RwLock;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let shared = Arc::new(RwLock::new(Vec::new()));
    let first = shared.read().await;
    let second = shared.try_read();
    println!("{} {}", second.is_ok(), shared.try_write().is_ok());
    let own = shared.clone();
    let writer = tokio::spawn(async move { own.write().await.push("writer") });
    sleep(Duration::from_millis(1)).await;
    println!("{}", shared.try_read().is_ok());
    let own = shared.clone();
    let reader = tokio::spawn(async move { own.read().await.join(" ") });
    sleep(Duration::from_millis(1)).await;
    drop(first);
    drop(second);
    writer.await.unwrap();
    println!("{}", reader.await.unwrap());
    let again = shared.read().await;
    let impatient = timeout(Duration::from_millis(5), shared.write()).await;
    println!("{}", impatient.is_ok());
    drop(impatient);
    let more = shared.try_read();
    println!("{}", more.is_ok());
    drop(more);
    drop(again);
    println!("{}", shared.try_write().is_ok());
}
